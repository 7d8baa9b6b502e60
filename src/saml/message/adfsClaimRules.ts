// The claim rules that AD FS needs for AWS, to be copied into the relying party's issuance rules.
import { attributePrefix } from './awsAttributes.ts';

export interface ClaimRuleWish {
  /** The name of the IAM SAML provider. */
  readonly providerName: string;
  /** AWS unless told: 'aws-cn' and 'aws-us-gov' are the others. */
  readonly partition?: string;
  /** Groups are named `<prefix>-<account>-<role>`; `AWS` unless told. */
  readonly groupPrefix?: string;
  /** Where the session name comes from; the mail address unless told. */
  readonly sessionName?: 'mail' | 'sAMAccountName';
}

const account = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname';
const nameIdentifier = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier';
const format = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claimproperties/format';

/**
 * Four rules. Mind `[\d]{12}`: one page of AWS's prints `[^d]{12}`, which would match twelve of anything but the letter d.
 */
export function adfsClaimRules(wish: ClaimRuleWish): string {
  const { providerName, partition = 'aws', groupPrefix = 'AWS', sessionName = 'mail' } = wish;
  if (!/^[\w.-]{1,128}$/.test(providerName))
    throw new Error('The name of the provider may have letters, digits and _ . - only.');
  if (!/^[\w.]{1,40}$/.test(groupPrefix))
    throw new Error('The prefix of the groups may have letters, digits and _ . only.');
  const provider = `arn:${partition}:iam::$1:saml-provider/${providerName},arn:${partition}:iam::$1:role/`;
  return `@RuleName = "NameID"
c:[Type == "${account}"]
 => issue(Type = "${nameIdentifier}", Issuer = c.Issuer, OriginalIssuer = c.OriginalIssuer, Value = c.Value, ValueType = c.ValueType, Properties["${format}"] = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");

@RuleName = "RoleSessionName"
c:[Type == "${account}", Issuer == "AD AUTHORITY"]
 => issue(store = "Active Directory", types = ("${attributePrefix}RoleSessionName"), query = ";${sessionName};{0}", param = c.Value);

@RuleName = "Get AD Groups"
c:[Type == "${account}", Issuer == "AD AUTHORITY"]
 => add(store = "Active Directory", types = ("http://temp/variable"), query = ";tokenGroups;{0}", param = c.Value);

@RuleName = "Roles"
c:[Type == "http://temp/variable", Value =~ "(?i)^${groupPrefix.replaceAll('.', '\\.')}-([\\d]{12})"]
 => issue(Type = "${attributePrefix}Role", Value = RegExReplace(c.Value, "${groupPrefix.replaceAll('.', '\\.')}-([\\d]{12})-", "${provider}"));
`;
}
