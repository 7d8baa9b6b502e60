// The condition keys that a SAML response brings to a trust policy, and the facts that AssumeRoleWithSAML answers with.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
import { createHash } from 'node:crypto';
import type { AssertionFacts } from '../../saml/message/assertion.ts';
import type { SamlProviderFacts } from '../ports.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

export interface SubjectFacts {
  readonly Subject: string;
  readonly SubjectType: string;
  readonly Issuer: string;
  /** The Recipient, which AWS calls the audience. */
  readonly Audience: string;
  readonly NameQualifier: string;
}

const saml2Format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

export function subjectFacts(assertion: AssertionFacts, provider: SamlProviderFacts): SubjectFacts {
  const format = assertion.nameId?.format ?? 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
  const issuer = assertion.issuer;
  return {
    Subject: assertion.nameId?.value ?? '',
    SubjectType: format.startsWith(saml2Format) ? format.slice(saml2Format.length) : format,
    Issuer: issuer,
    Audience: assertion.confirmations[0]?.recipient ?? '',
    NameQualifier: createHash('sha1').update(`${issuer}${provider.account}/${provider.name}`).digest('base64'),
  };
}

/** Attributes of people that have a condition key of their own. */
const personKeys: Readonly<Record<string, string>> = {
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': 'saml:edupersonaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.5': 'saml:edupersonprimaryaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'saml:edupersonprincipalname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': 'saml:edupersonentitlement',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9': 'saml:edupersonscopedaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.10': 'saml:edupersontargetedid',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.11': 'saml:edupersonassurance',
  'urn:oid:0.9.2342.19200300.100.1.1': 'saml:uid',
  'urn:oid:0.9.2342.19200300.100.1.3': 'saml:mail',
  'urn:oid:2.5.4.3': 'saml:cn',
  'urn:oid:2.5.4.4': 'saml:surname',
  'urn:oid:2.5.4.42': 'saml:givenname',
  'http://schemas.xmlsoap.org/claims/CommonName': 'saml:commonname',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name': 'saml:name',
};

export function samlContext(facts: SubjectFacts, assertion: AssertionFacts, provider: SamlProviderFacts): Context {
  const person = assertion.attributes.flatMap(({ name, values }) => {
    const key = Object.hasOwn(personKeys, name) ? personKeys[name] : undefined;
    return key === undefined ? [] : [[key, values] as const];
  });
  return {
    'saml:aud': facts.Audience,
    'saml:iss': facts.Issuer,
    'saml:sub': facts.Subject,
    'saml:sub_type': facts.SubjectType,
    'saml:namequalifier': facts.NameQualifier,
    'saml:doc': `${provider.account}/${provider.name}`,
    ...Object.fromEntries(person),
  };
}
