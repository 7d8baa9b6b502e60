// A user pool as signing in through it wants to know it: its domain, and the attributes its users have or must have.
import { AwsFailure } from '../errors.ts';
import type { Look } from '../resources/kind.ts';
import { partitionOf, sendOptions } from '../resources/lookup.ts';
import { providersOf } from '../resources/userPoolReads.ts';
import type { Target } from '../target.ts';

export interface PoolFacts {
  readonly id: string;
  readonly name: string;
  /** Where its pages are, without a path; absent where it has no domain. */
  readonly address?: string;
  /** Names, also those of its own: `custom:department`. */
  readonly attributes: readonly string[];
  /** Those that every user must have. */
  readonly required: readonly string[];
}

/** Of a pool that is yet to be made: Cognito's own that an identity provider may fill. */
export const standardAttributes = [
  'email',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'phone_number',
  'profile',
  'address',
  'birthdate',
  'gender',
  'locale',
  'middle_name',
  'nickname',
  'picture',
  'website',
  'zoneinfo',
] as const;

const ownWork: ReadonlySet<string> = new Set([
  'sub',
  'identities',
  'updated_at',
  'email_verified',
  'phone_number_verified',
]);

export async function poolFacts(look: Look, id: string): Promise<PoolFacts> {
  const { UserPool: pool } = await look.target.send(
    'cognito-idp.DescribeUserPool',
    { UserPoolId: id },
    sendOptions(look),
  );
  if (!pool)
    throw new AwsFailure('not-sent', {
      code: 'NoPool',
      what: `There is no user pool ${id} here.`,
      advice: 'Is the region the right one?',
    });
  const schema = (pool.SchemaAttributes ?? []).filter(
    ({ Name = '' }) => !ownWork.has(Name) && !Name.startsWith('dev:'),
  );
  const names = (list: typeof schema) => list.flatMap(({ Name }) => Name ?? []);
  const domain = pool.CustomDomain ?? pool.Domain;
  return {
    id,
    name: pool.Name ?? id,
    ...(domain !== undefined && { address: poolAddress(look.target, domain, pool.CustomDomain !== undefined) }),
    attributes: names(schema),
    required: names(schema.filter(({ Required }) => Required)),
  };
}

/** `custom`: a whole host name, not a prefix. The sandbox's hosts are names of this machine. */
export function poolAddress(
  { region, kind, endpoint }: Pick<Target, 'region' | 'kind' | 'endpoint'>,
  domain: string,
  custom = false,
): string {
  if (kind === 'sandbox' && endpoint !== undefined) {
    const { port } = new URL(endpoint);
    return `http://${custom ? domain : `${domain}.auth.${region}`}.localhost:${port}`;
  }
  if (custom) return `https://${domain}`;
  const { name, suffix } = partitionOf(region);
  const host = name === 'aws-us-gov' ? 'auth-fips' : 'auth';
  return `https://${domain}.${host}.${region}.${suffix.replace('amazonaws', 'amazoncognito')}`;
}

export interface PoolKeys {
  /** Certificate in base64: the pool signs its requests to one of its providers. */
  readonly signing?: string;
  /** One of its providers is to encrypt its assertions for the pool. */
  readonly encryption?: string;
}

/** Told only where they are in use: whoever reads metadata with them in it demands signatures, and encrypts. */
export async function samlKeysOf(look: Look, id: string): Promise<PoolKeys> {
  const details: Readonly<Record<string, string>>[] = [];
  for (const { ProviderName, ProviderType } of await providersOf(look, id)) {
    if (ProviderType !== 'SAML') continue;
    const input = { UserPoolId: id, ProviderName };
    const { IdentityProvider } = await look.target.send(
      'cognito-idp.DescribeIdentityProvider',
      input,
      sendOptions(look),
    );
    details.push(IdentityProvider?.ProviderDetails ?? {});
  }
  const encryption = details.find((each) => each['EncryptedResponses'] === 'true')?.['ActiveEncryptionCertificate'];
  const signs = details.some((each) => each['RequestSigningAlgorithm'] !== undefined);
  const signing = signs
    ? (await look.target.send('cognito-idp.GetSigningCertificate', { UserPoolId: id }, sendOptions(look))).Certificate
    : undefined;
  return { ...(signing !== undefined && { signing }), ...(encryption !== undefined && { encryption }) };
}
