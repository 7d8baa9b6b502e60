// Cognito user pools. Key: the id, or, for one that is yet to be created, its name and the session it is tagged with: Cognito gives
// the id, and makes as many pools of one name as one asks for. Removing one takes its domain off it first, as Cognito wants.
import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import { sessionTag } from './labTags.ts';
import type { ResourceKind } from './kind.ts';
import { lateTagged } from './late.ts';
import { text } from './lookup.ts';
import { poolUrl } from './userPoolPlace.ts';

const load = async () => (await import('./calls/userPool.ts')).userPoolCalls;

const tagged = lateTagged(
  {
    kind: 'userPool',
    label: 'user pool',
    plural: 'user pools',
    goesAfter: ['userPoolDomain', 'appClient', 'identityProvider'],
    costPerHour: 0,

    keyOf(_operation, input) {
      const name = text(input['PoolName']);
      const { UserPoolTags: tags = {} }: { UserPoolTags?: Readonly<Record<string, string>> } = input;
      const session = tags[sessionTag];
      return name === undefined ? undefined : { name, ...(session !== undefined && { session }) };
    },

    nameOf: (key) => key['name'] ?? key['id'] ?? '',

    withTags: (input, tags) => {
      const given: { UserPoolTags?: Readonly<Record<string, string>> } = input;
      return { ...input, UserPoolTags: { ...given.UserPoolTags, ...tags } };
    },

    made(output) {
      const { UserPool: { Id: ref = '', Arn: arn } = {} }: { UserPool?: UserPoolType } = output;
      return { ref, key: { id: ref }, ...(arn !== undefined && { arn }) };
    },

    /** What belongs to it says so itself. */
    relations: () => [],
    consoleUrl: ({ arn }, region) => (arn === undefined ? undefined : poolUrl(arn.split('/')[1] ?? '', region)),
  },
  load,
);

export const userPool: ResourceKind = {
  ...tagged,
  namesake: async (...given) => (await load()).namesake(...given),
};
