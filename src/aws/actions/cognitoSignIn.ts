// Signing in through a Cognito user pool with a SAML identity provider: pool, domain, provider and app client.
// In: what is wanted. Out: each thing that would be made, by name, before; and what was made, also where it ended half way.
// Never: makes a second pool, domain or client of a name that is there, or goes on after a failure.
import { AwsFailure } from '../errors.ts';
import type { Found, Look, Removal } from '../resources/kind.ts';
import { kinds, type KindName } from '../resources/kinds.ts';
import { sendOptions } from '../resources/lookup.ts';
import { settled } from './settled.ts';

export interface SignInWish {
  readonly pool: { readonly id: string; readonly name: string } | { readonly create: string };
  /** Prefix of a domain to make; absent where the pool has one. */
  readonly domain?: string;
  readonly provider: {
    readonly name: string;
    /** MetadataFile or MetadataURL, and the like. */
    readonly details: Readonly<Record<string, string>>;
    /** Attribute of the pool -> name in assertions. */
    readonly mapping: Readonly<Record<string, string>>;
    /** One of this name is there and is brought up to date. */
    readonly update: boolean;
  };
  readonly client?: {
    readonly name: string;
    readonly callbacks: readonly string[];
    readonly logouts: readonly string[];
  };
}

export interface SignInPart {
  readonly kind: KindName;
  readonly name: string;
  readonly act: 'keep' | 'create' | 'update';
}

export function partsOf({ pool, domain, provider, client }: SignInWish): readonly SignInPart[] {
  const create = (kind: KindName, name: string | undefined): SignInPart[] =>
    name === undefined ? [] : [{ kind, name, act: 'create' }];
  return [
    'create' in pool
      ? { kind: 'userPool', name: pool.create, act: 'create' }
      : { kind: 'userPool', name: pool.name, act: 'keep' },
    ...create('userPoolDomain', domain),
    { kind: 'identityProvider', name: provider.name, act: provider.update ? 'update' : 'create' },
    ...create('appClient', client?.name),
  ];
}

export interface SignInOutcome {
  /** In the order they were made. */
  readonly made: readonly Found[];
  readonly poolId: string | undefined;
  /** Where it ended before all was done. */
  readonly failure?: { readonly part: SignInPart; readonly error: unknown };
}

/** The signal ends it between two parts: a call that is under way is waited for, so that it is known what was made. */
export async function makeSignIn(
  { target, signal }: Look,
  wish: SignInWish,
  report: (part: SignInPart) => void,
): Promise<SignInOutcome> {
  const made: Found[] = [];
  let poolId = 'id' in wish.pool ? wish.pool.id : undefined;
  for (const part of partsOf(wish)) {
    try {
      signal?.throwIfAborted();
      if (part.act !== 'keep') report(part);
      const found = part.act === 'keep' ? undefined : await makePart({ target }, part, wish, poolId ?? '');
      if (found) made.push(found);
      if (found?.kind === 'userPool') poolId = found.ref;
    } catch (error) {
      return { made, poolId, failure: { part, error } };
    }
  }
  return { made, poolId };
}

async function makePart(
  look: Look,
  { kind }: SignInPart,
  wish: SignInWish,
  poolId: string,
): Promise<Found | undefined> {
  switch (kind) {
    case 'userPool':
      return makePool(look, 'create' in wish.pool ? wish.pool.create : '');
    case 'userPoolDomain':
      return makeDomain(look, poolId, wish.domain ?? '');
    case 'identityProvider':
      return makeProvider(look, poolId, wish.provider);
    default:
      return makeClient(look, poolId, wish);
  }
}

async function makePool(look: Look, PoolName: string): Promise<Found> {
  if (await poolNamed(look, PoolName)) throw there('a user pool', PoolName);
  // Whoever comes, comes through the identity provider: nobody signs up here.
  const input = { PoolName, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } };
  const find = async () => poolNamed(look, PoolName);
  return here(
    await settled(find, () => look.target.send('cognito-idp.CreateUserPool', input, sendOptions(look))),
    `The user pool ${PoolName}`,
  );
}

/** Cognito makes as many of one name as one asks for: which of them is meant could not be told afterwards. */
async function poolNamed(look: Look, name: string): Promise<Found | undefined> {
  let next: string | undefined;
  do {
    const page = await kinds.userPool.list(look, next);
    const found = page.entries.find((each) => each.name === name);
    if (found) return found;
    next = page.next;
  } while (next !== undefined);
  return undefined;
}

async function makeDomain(look: Look, userPoolId: string, domain: string): Promise<Found> {
  const find = () => kinds.userPoolDomain.find(look, { userPoolId, domain });
  const input = { UserPoolId: userPoolId, Domain: domain };
  return here(
    await settled(find, () => look.target.send('cognito-idp.CreateUserPoolDomain', input, sendOptions(look))),
    `The domain ${domain}`,
  );
}

async function makeProvider(
  look: Look,
  userPoolId: string,
  { name, details, mapping, update }: SignInWish['provider'],
): Promise<Found | undefined> {
  const input = {
    UserPoolId: userPoolId,
    ProviderName: name,
    ProviderDetails: { ...details },
    AttributeMapping: { ...mapping },
  };
  if (update) {
    await look.target.send('cognito-idp.UpdateIdentityProvider', input, sendOptions(look));
    return undefined;
  }
  const find = () => kinds.identityProvider.find(look, { userPoolId, name });
  const whole = { ...input, ProviderType: 'SAML' as const };
  return here(
    await settled(find, () => look.target.send('cognito-idp.CreateIdentityProvider', whole, sendOptions(look))),
    `The identity provider ${name}`,
  );
}

/** A public client: it has no secret, and proves itself by PKCE. */
async function makeClient(
  look: Look,
  userPoolId: string,
  { client, provider }: SignInWish,
): Promise<Found | undefined> {
  if (!client) return undefined;
  const { name, callbacks, logouts } = client;
  const find = () => kinds.appClient.find(look, { userPoolId, name });
  if (await find()) throw there('an app client', name);
  const input = {
    UserPoolId: userPoolId,
    ClientName: name,
    GenerateSecret: false,
    SupportedIdentityProviders: [provider.name],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code' as const],
    AllowedOAuthScopes: ['openid', 'email', 'profile'],
    CallbackURLs: [...callbacks],
    ...(logouts.length > 0 && { LogoutURLs: [...logouts] }),
  };
  return here(
    await settled(find, () => look.target.send('cognito-idp.CreateUserPoolClient', input, sendOptions(look))),
    `The app client ${name}`,
  );
}

function here(found: Found | undefined, what: string): Found {
  if (found) return found;
  throw new AwsFailure('service', {
    code: 'NotListedYet',
    what: `${what} was created, and Cognito does not tell of it yet.`,
    advice: 'Look for it in a moment.',
  });
}

function there(what: string, name: string): AwsFailure {
  const advice = 'It was left as it is. Choose another name.';
  return new AwsFailure('not-sent', {
    code: 'AlreadyExists',
    what: `There is ${what} ${name} here already.`,
    advice,
  });
}

export interface Leftover {
  readonly found: Found;
  readonly why: string;
}

/** Takes away what was made, the last first. One that stays does not keep the others. */
export async function removeMade(look: Look, made: readonly Found[]): Promise<readonly Leftover[]> {
  const left: Leftover[] = [];
  for (const found of made.toReversed()) {
    const removal: Removal = await kinds[found.kind]
      .remove(look, found)
      .catch((error: unknown) => ({ state: 'stays', why: error instanceof Error ? error.message : String(error) }));
    if (removal.state === 'stays') left.push({ found, why: removal.why });
  }
  return left;
}

/** Where a browser begins: signs in at the provider, and comes back to the app with a code. */
export function signInAddress(
  address: string,
  { client, provider, callback }: { readonly client: string; readonly provider: string; readonly callback: string },
): string {
  const query = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: callback,
    identity_provider: provider,
  });
  return `${address}/oauth2/authorize?${query.toString()}`;
}
