// User pools and what belongs to them, as Cognito lists and describes them: all pages of it. What is gone is undefined, or none.
import type {
  ProviderDescription,
  UserPoolClientDescription,
  UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Description, Found, Look, Page, ResourceKey } from './kind.ts';
import { arnOf, sendOptions, unlessMissing } from './lookup.ts';
import type { Target } from '../target.ts';
import { poolOf } from './userPoolPlace.ts';

/** No pool, or nothing of that name in it. */
export const missing = ['ResourceNotFoundException'] as const;

export const poolArn = (id: string, target: Pick<Target, 'region' | 'account'>): string =>
  arnOf(target, 'cognito-idp', `userpool/${id}`);

/** Facts of what belongs to a pool. */
export const within = (look: Look, key: ResourceKey, facts: object): Description['facts'] => ({
  ...facts,
  UserPoolArn: poolArn(poolOf(key), look.target),
});

export interface PoolPage {
  readonly entries: readonly { readonly id: string; readonly name: string }[];
  readonly next?: string;
}

export async function listPools(look: Look, next?: string): Promise<PoolPage> {
  const input = { MaxResults: 60, ...(next !== undefined && { NextToken: next }) };
  const { UserPools = [], NextToken } = await look.target.send('cognito-idp.ListUserPools', input, sendOptions(look));
  return {
    entries: UserPools.flatMap(({ Id: id, Name: name = '' }) => (id === undefined ? [] : [{ id, name }])),
    ...(NextToken !== undefined && { next: NextToken }),
  };
}

export async function poolWith(look: Look, UserPoolId: string): Promise<UserPoolType | undefined> {
  const answer = await unlessMissing(
    (options) => look.target.send('cognito-idp.DescribeUserPool', { UserPoolId }, options),
    look,
    missing,
  );
  return answer?.UserPool;
}

export async function clientsOf(look: Look, UserPoolId: string): Promise<readonly UserPoolClientDescription[]> {
  const all: UserPoolClientDescription[] = [];
  let NextToken: string | undefined;
  do {
    const input = { UserPoolId, MaxResults: 60, ...(NextToken !== undefined && { NextToken }) };
    const page = await unlessMissing(
      (options) => look.target.send('cognito-idp.ListUserPoolClients', input, options),
      look,
      missing,
    );
    all.push(...(page?.UserPoolClients ?? []));
    NextToken = page?.NextToken;
  } while (NextToken !== undefined);
  return all;
}

export async function providersOf(look: Look, UserPoolId: string): Promise<readonly ProviderDescription[]> {
  const all: ProviderDescription[] = [];
  let NextToken: string | undefined;
  do {
    const input = { UserPoolId, MaxResults: 60, ...(NextToken !== undefined && { NextToken }) };
    const page = await unlessMissing(
      (options) => look.target.send('cognito-idp.ListIdentityProviders', input, options),
      look,
      missing,
    );
    all.push(...(page?.Providers ?? []));
    NextToken = page?.NextToken;
  } while (NextToken !== undefined);
  return all;
}

export async function childrenOf(look: Look, id: string): Promise<{ clients: number; providers: number }> {
  return { clients: (await clientsOf(look, id)).length, providers: (await providersOf(look, id)).length };
}

/** What each pool of a page has, one pool after the other: Cognito takes few calls a second. */
export async function listOfPools(
  look: Look,
  next: string | undefined,
  of: (poolId: string) => Promise<readonly Found[]>,
): Promise<Page> {
  const { entries: pools, next: more } = await listPools(look, next);
  const entries: Found[] = [];
  for (const { id } of pools) entries.push(...(await of(id)));
  return { entries, ...(more !== undefined && { next: more }) };
}
