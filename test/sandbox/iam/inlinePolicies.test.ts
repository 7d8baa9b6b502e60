import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allow,
  conflict,
  malformed,
  noRole,
  noSuchEntity,
  openIam,
  overLimit,
  policy,
  refusal,
  type OpenIam,
} from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
  await open.role('r');
});
afterAll(() => open.aws.stop());

const put = (PolicyName: string, PolicyDocument: string, RoleName = 'r') =>
  open.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
const get = (PolicyName: string) => open.iam.send(new GetRolePolicyCommand({ RoleName: 'r', PolicyName }));
const names = async () => (await open.iam.send(new ListRolePoliciesCommand({ RoleName: 'r' }))).PolicyNames;

it('are put, read as they were written, listed and deleted', async () => {
  const document = policy(allow('s3:ListBucket', 'arn:aws:s3:::b*'));
  await put('two', document);
  await put('one', document);
  const found = await get('one');
  expect(found).toMatchObject({ RoleName: 'r', PolicyName: 'one' });
  expect(found.PolicyDocument).not.toMatch(/[*"{ ]/);
  expect(decodeURIComponent(found.PolicyDocument ?? '')).toBe(document);
  expect(await names()).toEqual(['one', 'two']);
  expect(await refusal(open.iam.send(new DeleteRoleCommand({ RoleName: 'r' })))).toEqual(
    conflict('Cannot delete entity, must delete policies first.'),
  );
  for (const PolicyName of ['one', 'two'])
    await open.iam.send(new DeleteRolePolicyCommand({ RoleName: 'r', PolicyName }));
  expect(await names()).toEqual([]);
  expect(await refusal(get('one'))).toEqual(noSuchEntity('The role policy with name one cannot be found.'));
});

it('belong to roles that are there', async () => {
  expect(await refusal(put('p', policy(allow('s3:*')), 'nobody'))).toEqual(noRole('nobody'));
});

it('have 10240 characters together, without white space', async () => {
  const long = (size: number) => policy(allow('s3:GetObject', `arn:aws:s3:::${'b'.repeat(size)}`));
  await put('long', long(6000));
  expect(await refusal(put('more', long(6000)))).toEqual(
    overLimit('Maximum policy size of 10240 bytes exceeded for role r'),
  );
});

describe('a document is refused', () => {
  const statement = { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' };
  it.each([
    ['that is no JSON', 'This is not a json document', 'Syntax errors in policy.'],
    ['without a statement', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
    ['with unknown fields', policy({ ...statement, Extra: 1 }), 'Syntax errors in policy.'],
    ['of another effect', policy({ ...statement, Effect: 'invalid' }), 'Syntax errors in policy.'],
    [
      'of an old version',
      JSON.stringify({ Statement: statement }),
      'Policy document must be version 2012-10-17 or greater.',
    ],
    ['without actions', policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['without resources', policy({ Effect: 'Allow', Action: 's3:*' }), 'Policy statement must contain resources.'],
    [
      'with actions of no service',
      policy({ ...statement, Action: 'invalid' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'with two colons in an action',
      policy({ ...statement, Action: 's3:List:Bucket' }),
      'Actions/Condition can contain only one colon.',
    ],
    [
      'with resources that are no ARNs',
      policy({ ...statement, Resource: 'bucket' }),
      'Resource bucket must be in ARN format or "*".',
    ],
    [
      'with a short ARN',
      policy({ ...statement, Resource: 'arn:aws:s3::example_bucket' }),
      'The policy failed legacy parsing',
    ],
    [
      'with an unknown partition',
      policy({ ...statement, Resource: 'arn:error:s3:::example_bucket' }),
      'Partition "error" is not valid for resource "arn:error:s3:::example_bucket".',
    ],
    ['with principals', policy({ ...statement, Principal: '*' }), 'Policy document should not specify a principal.'],
    [
      'with the same Sid twice',
      policy({ ...statement, Sid: 'S' }, { ...statement, Sid: 'S' }),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
  ])('%s', async (_what, document, message) => {
    expect(await refusal(put('refused', document))).toEqual(malformed(message));
  });
});
