// ProviderDetails of a SAML identity provider -> what is kept and described: the metadata, and the addresses found in it.
import type { Endpoint } from '../../saml/metadata.ts';
import type { Cognito } from './cognito.ts';
import { fetchMetadata } from './fetchMetadata.ts';
import { invalid } from './refusals.ts';
import type { IdentityProvider } from './state.ts';

type Details = Readonly<Record<string, string>>;

const known = [
  'MetadataFile',
  'MetadataURL',
  'IDPSignout',
  'IDPInit',
  'RequestSigningAlgorithm',
  'EncryptedResponses',
  // Told by Describe, and taken back without being read.
  'SSORedirectBindingURI',
  'SLORedirectBindingURI',
  'ActiveEncryptionCertificate',
];

/** @throws InvalidParameterException */
export async function readSamlDetails(
  cognito: Cognito,
  given: Details,
): Promise<{ readonly details: Details; readonly metadata: string }> {
  checkDetails(given);
  const { MetadataFile: file, MetadataURL: url } = given;
  const metadata = file ?? (url === undefined ? undefined : await fetchMetadata(url));
  if (metadata === undefined) throw invalid('At least one of the MetadataURL or MetadataFile should be provided.');
  const found = await readMetadata(metadata, cognito.world.clock.now());
  const kept = Object.entries(given).filter(([name]) => !/^(SSO|SLO)Redirect|^ActiveEnc/.test(name));
  return { details: { IDPSignout: 'false', ...Object.fromEntries(kept), ...found }, metadata };
}

function checkDetails(given: Details): void {
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger !== undefined) throw invalid(`Invalid ProviderDetails key: ${stranger}`);
  for (const name of ['IDPSignout', 'IDPInit', 'EncryptedResponses'])
    if (given[name] !== undefined && !/^(true|false)$/.test(given[name]))
      throw invalid(`Invalid value for ${name}: it should be true or false.`);
  const algorithm = given['RequestSigningAlgorithm'];
  if (algorithm !== undefined && algorithm !== 'rsa-sha256')
    throw invalid('Invalid value for RequestSigningAlgorithm: it should be rsa-sha256.');
  const { MetadataFile: file } = given;
  if (file !== undefined && file.length > 131_072)
    throw invalid(
      "1 validation error detected: Value at 'providerDetails' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 131072, Member must have length greater than or equal to 0]",
    );
}

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** @throws InvalidParameterException */
async function readMetadata(text: string, now: number): Promise<Details> {
  const { validate } = await import('../../saml/validate.ts');
  const { findingsFor } = await import('../../saml/finding.ts');
  const { identityProviders } = await import('../../saml/metadata.ts');
  const read = validate(text, { now });
  const endpoints = read.metadata ? identityProviders(read.metadata).flatMap((role) => role.endpoints) : [];
  const signOn = locationOf(endpoints, 'SingleSignOnService');
  if (read.metadata && signOn === undefined && endpoints.length > 0)
    throw invalid('No SingleSignOn Http redirect binding location found in metadata.');
  const first = findingsFor(read.findings, 'cognito').find(({ severity }) => severity === 'error');
  if (!read.accepts.cognito) throw invalid(`Unable to parse SAML metadata. ${first?.message ?? ''}`.trim());
  const signOut = locationOf(endpoints, 'SingleLogoutService');
  return {
    ...(signOn !== undefined && { SSORedirectBindingURI: signOn }),
    ...(signOut !== undefined && { SLORedirectBindingURI: signOut }),
  };
}

const locationOf = (endpoints: readonly Endpoint[], service: string): string | undefined =>
  endpoints.find((one) => one.service === service && one.binding?.value === redirect)?.location?.value;

/** As often as Cognito looks at an address again. */
const renewal = 6 * 3600_000;

/** Before a response is verified: at a rollover the new key comes in by itself, though not at once. */
export async function renewMetadata({ world }: Cognito, provider: IdentityProvider): Promise<void> {
  const url = provider.details['MetadataURL'];
  const now = world.clock.now();
  if (url === undefined || now - provider.fetched < renewal) return;
  provider.fetched = now;
  const read = await fetchMetadata(url)
    .then((metadata) => readMetadata(metadata, now).then((found) => ({ metadata, found })))
    .catch((error: unknown) => world.log(`Metadata of ${provider.name} was not renewed: ${String(error)}`));
  if (!read) return;
  provider.metadata = read.metadata;
  provider.details = { ...provider.details, ...read.found };
  world.changed();
}
