// App clients of a Cognito user pool. Key: pool and id, or, for one that is yet to be created, pool and name: Cognito gives the id, and
// makes as many clients of one name as one asks for. Of a client's secret no fact tells.
import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import { late } from './late.ts';
import { keyIn, partOfPool } from './userPoolPlace.ts';

export const appClient = late(
  {
    ...partOfPool,
    kind: 'appClient',
    label: 'app client',
    plural: 'app clients',
    goesAfter: [],
    keyOf: keyIn('ClientName'),
    nameOf: (key) => key['name'] ?? key['id'] ?? '',

    made(output) {
      const { UserPoolClient: made = {} }: { UserPoolClient?: UserPoolClientType } = output;
      const { ClientId: id = '', UserPoolId: userPoolId = '' } = made;
      return { ref: id, key: { userPoolId, id } };
    },
  },
  async () => (await import('./calls/appClient.ts')).appClientCalls,
);
