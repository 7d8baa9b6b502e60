// What Cognito is asked about app clients.
import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import type { Found, Look } from '../kind.ts';
import { unlessMissing } from '../lookup.ts';
import { clientsOf, listOfPools, missing, within } from '../userPoolReads.ts';
import type { Calls } from '../late.ts';
import { poolOf } from '../userPoolPlace.ts';

function found(userPoolId: string, name: string, id: string): Found {
  return { kind: 'appClient', key: { userPoolId, id }, name, ref: id };
}

const whole = (client: UserPoolClientType): Found => ({
  ...found(client.UserPoolId ?? '', client.ClientName ?? '', client.ClientId ?? ''),
  output: { UserPoolClient: client },
});

export const appClientCalls: Calls = {
  list: (look, next) =>
    listOfPools(look, next, async (pool) =>
      (await clientsOf(look, pool)).map(({ ClientName = '', ClientId = '' }) => found(pool, ClientName, ClientId)),
    ),

  async find(look, key) {
    const pool = poolOf(key);
    const id = key['id'] ?? (await idNamed(look, pool, key['name']));
    const there = id === undefined ? undefined : await clientWith(look, pool, id);
    return there && whole(there);
  },

  async describe(look, { key, ref }) {
    const there = await clientWith(look, poolOf(key), ref);
    if (!there) return undefined;
    const { ClientSecret: _secret, ...facts } = there;
    return { ...whole(there), facts: within(look, key, facts) };
  },

  tags: async () => ({}),
  contents: async () => [],

  async remove(look, { key, ref }) {
    const input = { UserPoolId: poolOf(key), ClientId: ref };
    await unlessMissing(
      (options) => look.target.send('cognito-idp.DeleteUserPoolClient', input, options),
      look,
      missing,
    );
    return { state: 'gone' };
  },
};

async function idNamed(look: Look, pool: string, name: string | undefined): Promise<string | undefined> {
  return (await clientsOf(look, pool)).find(({ ClientName }) => ClientName === name)?.ClientId;
}

async function clientWith(look: Look, UserPoolId: string, ClientId: string): Promise<UserPoolClientType | undefined> {
  const answer = await unlessMissing(
    (options) => look.target.send('cognito-idp.DescribeUserPoolClient', { UserPoolId, ClientId }, options),
    look,
    missing,
  );
  return answer?.UserPoolClient;
}
