import {
  CreatePolicyCommand,
  GetRoleCommand,
  ListPolicyTagsCommand,
  ListRoleTagsCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  type Tag,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, invalid, noRole, openIam, policy, refusal, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
  await open.role('r');
});
afterAll(() => open.aws.stop());

const tag = (Tags: Tag[], RoleName = 'r') => open.iam.send(new TagRoleCommand({ RoleName, Tags }));
const tags = async () => (await open.iam.send(new ListRoleTagsCommand({ RoleName: 'r' }))).Tags;

it('are given, changed and taken', async () => {
  await tag([
    { Key: 'team', Value: 'a' },
    { Key: 'cost', Value: '' },
  ]);
  await tag([{ Key: 'team', Value: 'b' }]);
  const both = [
    { Key: 'cost', Value: '' },
    { Key: 'team', Value: 'b' },
  ];
  expect(await tags()).toEqual(both);
  expect((await open.iam.send(new GetRoleCommand({ RoleName: 'r' }))).Role?.Tags).toHaveLength(2);
  await open.iam.send(new UntagRoleCommand({ RoleName: 'r', TagKeys: ['cost', 'unknown'] }));
  expect(await tags()).toEqual([{ Key: 'team', Value: 'b' }]);
  expect(await refusal(tag([], 'nobody'))).toEqual(noRole('nobody'));
});

it('differ by case for policies only', async () => {
  const { Policy } = await open.iam.send(
    new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: policy(allow('s3:*')) }),
  );
  const PolicyArn = Policy?.Arn;
  const Tags = ['a', 'A'].map((Key) => ({ Key, Value: Key }));
  await open.iam.send(new TagPolicyCommand({ PolicyArn, Tags }));
  const listed = await open.iam.send(new ListPolicyTagsCommand({ PolicyArn }));
  expect(listed.Tags?.map(({ Key }) => Key)).toEqual(['A', 'a']);
  expect(await refusal(tag(Tags))).toEqual({
    code: 'InvalidInput',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    status: 400,
  });
});

describe('are refused', () => {
  const failed = (name: string, rule: string) =>
    invalid(`1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must ${rule}`);
  it.each([
    [
      'beyond 50',
      Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
      failed('tags', 'have length less than or equal to 50'),
    ],
    [
      'with long keys',
      [{ Key: 'k'.repeat(129), Value: '' }],
      failed('tags.1.member.key', 'have length less than or equal to 128'),
    ],
    [
      'with long values',
      [{ Key: 'k', Value: 'v'.repeat(257) }],
      failed('tags.1.member.value', 'have length less than or equal to 256'),
    ],
    [
      'with other characters',
      [{ Key: 'some#key', Value: '' }],
      failed('tags.1.member.key', 'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+'),
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await refusal(tag(given))).toEqual(expected);
  });
});
