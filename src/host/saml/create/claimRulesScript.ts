// AD FS's claim rules as a script for its server. The rules themselves have no place for comments; a script has.

/** Said beside the rules, too. */
export const trapInClaimRules =
  'Mind [\\d]{12} in the last rule: it takes the 12 digits of an account. A page of AWS prints [^d]{12}, which takes 12 of anything but the letter d.';

const metadata: Readonly<Record<string, string>> = {
  aws: 'https://signin.aws.amazon.com/static/saml-metadata.xml',
  'aws-cn': 'https://signin.amazonaws.cn/static/saml-metadata.xml',
  'aws-us-gov': 'https://signin.amazonaws-us-gov.com/static/saml-metadata.xml',
};

export function claimRulesScript(rules: string, partition: string): string {
  return `# Claim rules of the relying party trust for AWS, for PowerShell on the AD FS server.
#
# 1. NameID: who it is, the same at every sign-in.
# 2. RoleSessionName: how the session is called in CloudTrail.
# 3. Groups of the user go into a variable of the rules; they are not sent.
# 4. Each group named PREFIX-ACCOUNT-ROLE becomes a pair of role and provider.
#
# Mind [\\d]{12} in rule 4: it takes the 12 digits of an account. A page of AWS prints
# [^d]{12} there, which takes 12 of anything but the letter d: groups that name no
# account would be sent as roles, which AWS refuses.

$rules = @'
${rules.trimEnd()}
'@

# Where there is no such trust yet:
# Add-AdfsRelyingPartyTrust -Name 'Amazon Web Services' -MetadataUrl '${metadata[partition] ?? metadata['aws'] ?? ''}' -MonitoringEnabled $true -AutoUpdateEnabled $true

# All rules of the trust are replaced:
Set-AdfsRelyingPartyTrust -TargetName 'Amazon Web Services' -IssuanceTransformRules $rules

# People who begin at AD FS need its own sign-in page, which is off since Windows Server 2016:
# Set-AdfsProperties -EnableIdPInitiatedSignonPage $true
`;
}
