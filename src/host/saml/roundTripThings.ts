// What a round trip needs in the sandbox: a SAML provider and a role in IAM; a user pool with a domain, an identity provider and an app client.
// In: the target and its local identity provider. Out: what is there. Found by name and tag, so it is never made twice; never takes what
// somebody else has made under the same name.
import { trustPolicyText } from '../../aws/actions/samlTrust.ts';
import type { Found, Look } from '../../aws/resources/kind.ts';
import { kinds, type KindName } from '../../aws/resources/kinds.ts';
import { labTag, sessionTag } from '../../aws/resources/labTags.ts';
import { globalArnOf } from '../../aws/resources/lookup.ts';
import type { Target } from '../../aws/target.ts';
import { signInUrl } from '../../saml/message/buildMetadata.ts';
import { Refusal } from '../explain.ts';

const owner = 'saml-round-trip';
const tags = { [sessionTag]: owner, [labTag]: owner };
const name = 'labs-round-trip';

export const names = {
  samlProvider: name,
  role: 'LabsRoundTrip',
  userPool: name,
  identityProvider: 'LocalProvider',
  appClient: 'sample-app',
  /** Nobody else in the region may have it, and no pool of another region of the sandbox. */
  domain: (region: string): string => `round-trip-${region}`,
} as const;

/** In the order in which they are made; removed from the end. */
export const thingKinds = [
  'samlProvider',
  'role',
  'userPool',
  'userPoolDomain',
  'identityProvider',
  'appClient',
] as const satisfies readonly KindName[];

export type ThingKind = (typeof thingKinds)[number];
export type Things = Readonly<Partial<Record<ThingKind, Found>>>;

export const nameOfThing = (kind: ThingKind, region: string): string =>
  kind === 'userPoolDomain' ? names.domain(region) : names[kind];

export async function findThings(look: Look): Promise<Things> {
  const { region } = look.target;
  const [samlProvider, role, userPool] = await Promise.all([
    own(look, await kinds.samlProvider.find(look, { name: names.samlProvider })),
    own(look, await kinds.role.find(look, { name: names.role })),
    kinds.userPool.find(look, { name: names.userPool, session: owner }),
  ]);
  const userPoolId = userPool?.ref;
  if (userPoolId === undefined) return defined({ samlProvider, role });
  const [userPoolDomain, identityProvider, appClient] = await Promise.all([
    kinds.userPoolDomain.find(look, { userPoolId, domain: names.domain(region) }),
    kinds.identityProvider.find(look, { userPoolId, name: names.identityProvider }),
    kinds.appClient.find(look, { userPoolId, name: names.appClient }),
  ]);
  return defined({ samlProvider, role, userPool, userPoolDomain, identityProvider, appClient });
}

/** @throws Refusal where the name is somebody else's */
async function own(look: Look, found: Found | undefined): Promise<Found | undefined> {
  if (!found) return undefined;
  const { [sessionTag]: session } = await kinds[found.kind].tags(look, found);
  if (session === owner) return found;
  throw new Refusal({
    what: `The ${kinds[found.kind].label} ${found.name} is there already, and is not this panel's.`,
    advice: 'Remove or rename it, then set up again. Nothing was changed.',
  });
}

const defined = (things: { readonly [Kind in ThingKind]?: Found | undefined }): Things =>
  // Only entries that are there are left.
  Object.fromEntries(Object.entries(things).filter(([, found]) => found !== undefined)) as Things;

export interface Making {
  readonly metadata: string;
  /** Where the sample app is. */
  readonly appUrl: string;
}

export const callbackOf = (appUrl: string): string => `${appUrl}/callback`;
export const byeOf = (appUrl: string): string => `${appUrl}/bye`;

/** Makes what is missing, one after the other, and tells each before it is made. */
export async function makeThings(look: Look, making: Making, told: (kind: ThingKind) => void): Promise<void> {
  let things = await findThings(look);
  for (const kind of thingKinds) {
    if (things[kind]) continue;
    told(kind);
    await makers[kind](look.target, making, things.userPool?.ref ?? '');
    things = await findThings(look);
  }
  await bringUpToDate(look.target, making, things);
}

type Maker = (target: Target, making: Making, pool: string) => Promise<unknown>;

const makers: Readonly<Record<ThingKind, Maker>> = {
  samlProvider: (target, { metadata }) =>
    target.send(
      'iam.CreateSAMLProvider',
      tagged('samlProvider', { Name: names.samlProvider, SAMLMetadataDocument: metadata }),
    ),
  role: (target) =>
    target.send(
      'iam.CreateRole',
      tagged('role', {
        RoleName: names.role,
        AssumeRolePolicyDocument: trustPolicyText({
          providerArn: globalArnOf(target, 'iam', `saml-provider/${names.samlProvider}`),
          recipients: [...new Set([signInUrl('us-east-1'), signInUrl(target.region)])],
        }),
        Description: 'Taken by people who sign in at the local identity provider',
      }),
    ),
  userPool: (target) =>
    target.send(
      'cognito-idp.CreateUserPool',
      tagged('userPool', {
        PoolName: names.userPool,
        Schema: [{ Name: 'email', Required: true, Mutable: true }],
      }),
    ),
  userPoolDomain: (target, _making, UserPoolId) =>
    target.send('cognito-idp.CreateUserPoolDomain', { UserPoolId, Domain: names.domain(target.region) }),
  identityProvider: (target, { metadata }, UserPoolId) =>
    target.send('cognito-idp.CreateIdentityProvider', {
      UserPoolId,
      ProviderName: names.identityProvider,
      ProviderType: 'SAML',
      ProviderDetails: providerDetails(metadata),
      AttributeMapping: {
        email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
        name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
      },
    }),
  appClient: (target, { appUrl }, UserPoolId) =>
    target.send('cognito-idp.CreateUserPoolClient', {
      UserPoolId,
      ClientName: names.appClient,
      SupportedIdentityProviders: [names.identityProvider],
      ...clientSettings(appUrl),
    }),
};

/** The create call's input with our tags; the kind knows how its service wants them. */
const tagged = <Input extends object>(kind: ThingKind, input: Input): Input =>
  // The same input with tags added.
  kinds[kind].withTags(input, tags) as Input;

/** As a file, not as an address: after a rollover nobody looks it up by itself, which is the lesson. */
const providerDetails = (metadata: string) => ({
  MetadataFile: metadata,
  IDPSignout: 'true',
  IDPInit: 'true',
  RequestSigningAlgorithm: 'rsa-sha256',
});

const clientSettings = (appUrl: string) => ({
  CallbackURLs: [callbackOf(appUrl)],
  LogoutURLs: [byeOf(appUrl)],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code' as const],
  AllowedOAuthScopes: ['openid', 'email', 'profile'],
});

/** A sandbox that was started again may listen elsewhere: then the app is elsewhere, too. */
export async function bringUpToDate(
  target: Target,
  { appUrl }: Pick<Making, 'appUrl'>,
  { userPool, appClient }: Things,
): Promise<void> {
  if (!userPool || !appClient) return;
  const output: { UserPoolClient?: { CallbackURLs?: readonly string[] } } = appClient.output ?? {};
  if (output.UserPoolClient?.CallbackURLs?.includes(callbackOf(appUrl))) return;
  await target.send('cognito-idp.UpdateUserPoolClient', {
    UserPoolId: userPool.ref,
    ClientId: appClient.ref,
    SupportedIdentityProviders: [names.identityProvider],
    ...clientSettings(appUrl),
  });
}

/** Last made, first removed; then looks again. What is answered is still there. */
export async function removeThings(look: Look, told: (kind: ThingKind) => void): Promise<Things> {
  const things = await findThings(look);
  for (const kind of thingKinds.toReversed()) {
    const found = things[kind];
    if (!found) continue;
    told(kind);
    await kinds[kind].remove(look, found);
  }
  return findThings(look);
}

/** The metadata that IAM and Cognito have, as they were given it. */
export async function knownMetadata(look: Look, { samlProvider, identityProvider }: Things): Promise<string[]> {
  const iam = samlProvider && (await kinds.samlProvider.describe(look, samlProvider));
  const cognito = identityProvider && (await kinds.identityProvider.describe(look, identityProvider));
  const details = cognito?.facts['ProviderDetails'];
  const file = typeof details === 'object' && details !== null && 'MetadataFile' in details ? details.MetadataFile : '';
  const texts = [iam?.facts['SAMLMetadataDocument'], file];
  return texts.filter((text) => typeof text === 'string' && text !== '').map(String);
}

export async function updateMetadata({ target }: Look, metadata: string, things: Things): Promise<void> {
  const { samlProvider, userPool, identityProvider } = things;
  if (samlProvider) {
    const input = { SAMLProviderArn: samlProvider.ref, SAMLMetadataDocument: metadata };
    await target.send('iam.UpdateSAMLProvider', input);
  }
  if (userPool && identityProvider) {
    const ProviderDetails = providerDetails(metadata);
    const input = { UserPoolId: userPool.ref, ProviderName: names.identityProvider, ProviderDetails };
    await target.send('cognito-idp.UpdateIdentityProvider', input);
  }
}
