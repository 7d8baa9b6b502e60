// Which user pool a domain, an app client or an identity provider belongs to, and where that is shown.
import type { Description, Relation, ResourceKey } from './kind.ts';
import type { Facts } from './late.ts';
import { consoleUrl, text } from './lookup.ts';

export const poolUrl = (id: string, region: string): string =>
  consoleUrl(region, `cognito/v2/idp/user-pools/${encodeURIComponent(id)}?region=${region}`);

export const poolOf = (key: ResourceKey): string => key['userPoolId'] ?? '';

function belongsTo({ facts }: Description): readonly Relation[] {
  const arn = text(facts['UserPoolArn']);
  return arn === undefined ? [] : [{ to: 'userPool', arn, label: 'belongs to' }];
}

/** What all that belongs to a pool has in common. */
export const partOfPool = {
  costPerHour: 0,
  withTags: (input) => input,
  partOf: (key) => ({ kind: 'userPool', key: { id: poolOf(key) } }),
  relations: belongsTo,
  consoleUrl: ({ key }, region) => poolUrl(poolOf(key), region),
} as const satisfies Partial<Facts>;

/** The key of one that is yet to be created: its pool, and the name that the input gives under `parameter`. */
export const keyIn =
  (parameter: string, name = 'name'): Facts['keyOf'] =>
  (_operation, input) => {
    const userPoolId = text(input['UserPoolId']);
    const named = text(input[parameter]);
    return userPoolId === undefined || named === undefined ? undefined : { userPoolId, [name]: named };
  };
