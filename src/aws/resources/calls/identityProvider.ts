// What Cognito is asked about identity providers.
import type { IdentityProviderType } from '@aws-sdk/client-cognito-identity-provider';
import type { Found, Look, ResourceKey } from '../kind.ts';
import { unlessMissing } from '../lookup.ts';
import { listOfPools, missing, providersOf, within } from '../userPoolReads.ts';
import type { Calls } from '../late.ts';
import { poolOf } from '../userPoolPlace.ts';

function found(userPoolId: string, name: string): Found {
  return { kind: 'identityProvider', key: { userPoolId, name }, name, ref: name };
}

const whole = (key: ResourceKey, provider: IdentityProviderType): Found => ({
  ...found(poolOf(key), key['name'] ?? ''),
  output: { IdentityProvider: provider },
});

export const identityProviderCalls: Calls = {
  list: (look, next) =>
    listOfPools(look, next, async (id) =>
      (await providersOf(look, id)).map(({ ProviderName = '', ...facts }) => ({ ...found(id, ProviderName), facts })),
    ),

  async find(look, key) {
    const there = await providerOf(look, key);
    return there && whole(key, there);
  },

  async describe(look, { key }) {
    const there = await providerOf(look, key);
    return there && { ...whole(key, there), facts: within(look, key, there) };
  },

  tags: async () => ({}),
  contents: async () => [],

  async remove(look, { key }) {
    const input = { UserPoolId: poolOf(key), ProviderName: key['name'] };
    await unlessMissing(
      (options) => look.target.send('cognito-idp.DeleteIdentityProvider', input, options),
      look,
      missing,
    );
    return { state: 'gone' };
  },
};

async function providerOf(look: Look, key: ResourceKey): Promise<IdentityProviderType | undefined> {
  const input = { UserPoolId: poolOf(key), ProviderName: key['name'] };
  const answer = await unlessMissing(
    (options) => look.target.send('cognito-idp.DescribeIdentityProvider', input, options),
    look,
    missing,
  );
  return answer?.IdentityProvider;
}
