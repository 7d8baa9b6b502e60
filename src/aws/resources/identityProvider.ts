// Identity providers of a Cognito user pool. Key: pool and name.
import type { IdentityProviderType } from '@aws-sdk/client-cognito-identity-provider';
import { late } from './late.ts';
import { keyIn, partOfPool } from './userPoolPlace.ts';

export const identityProvider = late(
  {
    ...partOfPool,
    kind: 'identityProvider',
    label: 'identity provider',
    plural: 'identity providers',
    /** App clients name the providers that their users may come from. */
    goesAfter: ['appClient'],
    keyOf: keyIn('ProviderName'),
    nameOf: (key) => key['name'] ?? '',

    made(output) {
      const { IdentityProvider: made = {} }: { IdentityProvider?: IdentityProviderType } = output;
      return { ref: made.ProviderName ?? '' };
    },
  },
  async () => (await import('./calls/identityProvider.ts')).identityProviderCalls,
);
