import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allow,
  conflict,
  invalid,
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
});
afterAll(() => open.aws.stop());

const document = policy(allow('s3:ListBucket'));
const create = async (PolicyName: string, more: object = {}): Promise<string> => {
  const { Policy } = await open.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: document, ...more }));
  return Policy?.Arn ?? '';
};
const addVersion = (PolicyArn: string, SetAsDefault = false) =>
  open.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document, SetAsDefault }));
const versions = async (PolicyArn: string) =>
  (await open.iam.send(new ListPolicyVersionsCommand({ PolicyArn }))).Versions?.map(
    ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? '*' : ''}`,
  );

it('a policy is made, found, listed and deleted', async () => {
  const PolicyArn = await create('p', { Path: '/x/', Description: 'says' });
  expect(PolicyArn).toBe('arn:aws:iam::123456789012:policy/x/p');
  const { Policy } = await open.iam.send(new GetPolicyCommand({ PolicyArn }));
  expect(Policy).toMatchObject({
    PolicyName: 'p',
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    IsAttachable: true,
    Description: 'says',
    Tags: [],
  });
  const { Policies } = await open.iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  expect(Policies?.map(({ Arn }) => Arn)).toEqual([PolicyArn]);
  await open.iam.send(new DeletePolicyCommand({ PolicyArn }));
  expect(await refusal(open.iam.send(new GetPolicyCommand({ PolicyArn })))).toEqual(
    noSuchEntity(`Policy ${PolicyArn} was not found.`),
  );
});

it('names are taken once, whatever the path', async () => {
  await create('once');
  expect(await refusal(create('once', { Path: '/other/' }))).toEqual({
    code: 'EntityAlreadyExists',
    message: 'A policy called once already exists. Duplicate names are not allowed.',
    status: 409,
  });
});

it.each([
  ['longpolicynamebutnoarn', 'Invalid ARN:  Could not be parsed!'],
  ['arn:aws:iam::123456789012:role/none', 'ARN arn:aws:iam::123456789012:role/none is not valid.'],
])('%s is no ARN of a policy', async (PolicyArn, message) => {
  expect(await refusal(open.iam.send(new GetPolicyCommand({ PolicyArn })))).toEqual(invalid(message));
});

it('policies have 6144 characters', async () => {
  const PolicyDocument = policy(allow('s3:GetObject', `arn:aws:s3:::${'b'.repeat(6144)}`));
  expect(await refusal(create('long', { PolicyDocument }))).toEqual(
    overLimit('Cannot exceed quota for PolicySize: 6144'),
  );
});

describe('versions', () => {
  it('are counted on, newest first, one of them the default', async () => {
    const PolicyArn = await create('versions');
    await addVersion(PolicyArn, true);
    await addVersion(PolicyArn);
    expect(await versions(PolicyArn)).toEqual(['v3', 'v2*', 'v1']);
    await open.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    await open.iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v3' }));
    await addVersion(PolicyArn);
    expect(await versions(PolicyArn)).toEqual(['v4', 'v2', 'v1*']);
    const found = await open.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v4' }));
    expect(decodeURIComponent(found.PolicyVersion?.Document ?? '')).toBe(document);
    expect(await refusal(open.iam.send(new DeletePolicyCommand({ PolicyArn })))).toMatchObject({
      code: 'DeleteConflict',
      message: expect.stringMatching(/^This policy has more than one version\. /),
    });
  });

  it('are five at most', async () => {
    const PolicyArn = await create('five');
    for (let count = 1; count < 5; count++) await addVersion(PolicyArn);
    expect(await refusal(addVersion(PolicyArn))).toEqual(
      overLimit(
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      ),
    );
  });

  it('are refused where they are not there, are the default or are no versions', async () => {
    const PolicyArn = await create('wrong');
    const missing = noSuchEntity(`Policy ${PolicyArn} version v9 does not exist or is not attachable.`);
    for (const Command of [GetPolicyVersionCommand, SetDefaultPolicyVersionCommand, DeletePolicyVersionCommand]) {
      expect(
        await refusal(open.iam.send(new Command({ PolicyArn, VersionId: 'v9' }) as GetPolicyVersionCommand)),
      ).toEqual(missing);
    }
    expect(await refusal(open.iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' })))).toEqual(
      conflict('Cannot delete the default version of a policy.'),
    );
    expect(await refusal(open.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: '1' })))).toEqual(
      invalid(
        "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
      ),
    );
  });
});
