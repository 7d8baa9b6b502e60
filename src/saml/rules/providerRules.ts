// Rules of an identity provider as IAM and Cognito want one: its role, keys, sign-on services, formats, and how long the file is.
import { identityProviders, saml2Protocol, signingPlaces, type Role } from '../metadata.ts';
import { textOf, type Range } from '../xml/document.ts';
import { bindingIn, frontChannel, redirect, post } from './bindings.ts';
import type { RuleContext } from './ruleContext.ts';

const aws = ['iam', 'cognito'] as const;

export function providerRules(context: RuleContext): void {
  const providers = identityProviders(context.metadata);
  const modern = providers.filter(({ protocols }) => protocols.includes(saml2Protocol));
  lengthRules(context);
  roleRule(providers, context);
  // Where one speaks SAML 2.0, those that do not are none of AWS's business.
  for (const provider of modern.length > 0 ? modern : providers) {
    keyRule(provider, context);
    signOnRules(provider, context);
    formatRules(provider, context);
  }
}

/** An emoji is one. */
function charactersIn(text: string): number {
  let pairs = 0;
  for (let at = text.search(/[\ud800-\udbff]/); at >= 0 && at < text.length; at += 1)
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) pairs += 1;
  return text.length - pairs;
}

function lengthRules({ document: { text }, findings }: RuleContext): void {
  const range: Range = { start: 0, end: 0 };
  const length = charactersIn(text);
  if (length < 1000)
    findings.error('R32', range, `The document has ${length} characters; IAM wants 1,000 at least.`, {
      profiles: ['iam'],
    });
  if (length > 10_000_000)
    findings.error('R32', range, `The document has ${length} characters; IAM takes 10,000,000.`, { profiles: ['iam'] });
  if (length > 131_072)
    findings.error('R34', range, `The document has ${length} characters; Cognito takes 131,072 as MetadataFile.`, {
      profiles: ['cognito'],
    });
}

function roleRule(providers: readonly Role[], { metadata, document, findings }: RuleContext): void {
  const [first] = providers;
  if (!first) {
    const services = metadata.entities.some(({ roles }) => roles.some(({ kind }) => kind === 'SPSSODescriptor'));
    const amazon = metadata.entities.some(({ entityID }) => entityID?.value.startsWith('urn:amazon:'));
    const message = services
      ? `This is the metadata of a service provider${amazon ? ' (AWS itself)' : ''}, not of an identity provider. Get the file from the side where users sign in.`
      : 'There is no IDPSSODescriptor: the document describes no identity provider for browsers.';
    return findings.error('R10', document.root.nameRange, message, { profiles: aws });
  }
  const speaks = ({ kind, protocols }: Role) => kind === 'IDPSSODescriptor' && protocols.includes(saml2Protocol);
  if (!providers.some(speaks))
    findings.error(
      'R10',
      first.element.nameRange,
      `${first.element.name} does not speak SAML 2.0: protocolSupportEnumeration lacks ${saml2Protocol}.`,
      { profiles: aws },
    );
  for (const { roles } of metadata.entities) {
    const second = roles.filter(speaks)[1];
    if (second)
      findings.error(
        'R10',
        second.element.nameRange,
        'There is a second IDPSSODescriptor in one entity; one is wanted.',
        { profiles: aws },
      );
  }
}

function keyRule(provider: Role, { findings }: RuleContext): void {
  if (signingPlaces(provider).length > 0) return;
  const only =
    provider.keys.length > 0
      ? 'There are keys, but none for signing with a certificate.'
      : 'There is no KeyDescriptor.';
  findings.error('R11', provider.element.nameRange, `The identity provider has no signing certificate. ${only}`, {
    profiles: aws,
  });
}

function signOnRules({ element, endpoints }: Role, { findings }: RuleContext): void {
  const signOns = endpoints.filter(({ service }) => service === 'SingleSignOnService');
  const has = (binding: string) => signOns.some((one) => bindingIn(one) === binding);
  if (!has(redirect)) {
    const message = 'There is no SingleSignOnService with HTTP-Redirect.';
    findings.error('R17', element.nameRange, message, { profiles: ['cognito'] });
    findings.inform('R17', element.nameRange, message);
  }
  if (!has(post))
    findings.inform(
      'R18',
      element.nameRange,
      'There is no SingleSignOnService with HTTP-POST; the AWS console needs none.',
      { profiles: ['iam'] },
    );
  const seen = new Set<string>();
  for (const one of signOns) {
    const binding = bindingIn(one);
    if (seen.has(binding) && frontChannel.has(binding))
      findings.warn(
        'R19',
        one.element.nameRange,
        `There are two SingleSignOnService with ${binding.split(':').at(-1) ?? binding}.`,
      );
    seen.add(binding);
  }
  if (!endpoints.some(({ service }) => service === 'SingleLogoutService'))
    findings.warn(
      'R37',
      element.nameRange,
      'There is no SingleLogoutService: signing out of Cognito cannot sign out here (IDPSignout).',
      {
        profiles: ['cognito'],
      },
    );
}

const saml1 = 'urn:oasis:names:tc:SAML:1.1:nameid-format:';
const saml2 = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

/** The eight that AWS lists in its own metadata. */
export const acceptedFormats: readonly string[] = [
  `${saml2}transient`,
  `${saml2}persistent`,
  `${saml1}emailAddress`,
  `${saml1}unspecified`,
  `${saml1}X509SubjectName`,
  `${saml1}WindowsDomainQualifiedName`,
  `${saml2}kerberos`,
  `${saml2}entity`,
];

function formatRules({ element, nameIdFormats }: Role, { findings }: RuleContext): void {
  if (nameIdFormats.length === 0)
    findings.inform('R24', element.nameRange, 'The identity provider does not say which NameIDFormats it sends.');
  for (const format of nameIdFormats) {
    const value = textOf(format).trim();
    if (!acceptedFormats.includes(value))
      findings.inform(
        'R24',
        format.contentRange,
        `${value.slice(0, 100)} is none of the eight formats that AWS names.`,
        { profiles: aws },
      );
  }
}
