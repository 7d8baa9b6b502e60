// Tags of user pools.
import { poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { checkConstraints, invalid, notFound } from './refusals.ts';
import type { Call } from '../service.ts';
import type { Pool } from './state.ts';

export const tagHandlers = (cognito: Cognito) =>
  ({
    TagResource({ ResourceArn, Tags }, call) {
      const { tags } = taggedPool(cognito, ResourceArn, call);
      for (const [key, value] of readTags(Tags)) tags.set(key, value);
      cognito.world.changed();
      return {};
    },
    UntagResource({ ResourceArn, TagKeys }, call) {
      const { tags } = taggedPool(cognito, ResourceArn, call);
      for (const key of TagKeys) tags.delete(key);
      cognito.world.changed();
      return {};
    },
    ListTagsForResource: ({ ResourceArn }, call) => ({
      Tags: Object.fromEntries(taggedPool(cognito, ResourceArn, call).tags),
    }),
  }) satisfies CognitoHandlers;

function taggedPool(cognito: Cognito, arn: string, call: Call): Pool {
  const id = /^arn:aws[\w-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/(.+)$/.exec(arn)?.[1];
  if (id === undefined) throw invalid(`Invalid ARN: ${arn}`);
  const pool = poolFor(cognito, id, call);
  if (pool.arn !== arn) throw notFound(`Resource ${arn} does not exist.`);
  return pool;
}

/** @throws InvalidParameterException */
export function readTags(given: Readonly<Record<string, string>> = {}): Map<string, string> {
  const tags = Object.entries(given);
  if (tags.length > 50) throw invalid('Too many tags: a user pool has 50 at most.');
  for (const [key, value] of tags) {
    checkConstraints([
      ['tagKeys', key, { min: 1, max: 128 }],
      ['tagValues', value, { max: 256 }],
    ]);
    if (/^aws:/i.test(key)) throw invalid('Tag keys starting with aws: are reserved.');
  }
  return new Map(tags);
}
