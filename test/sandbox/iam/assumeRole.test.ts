import { DeleteRoleCommand, UpdateRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, openIam, refusal, trusts, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
});
afterAll(() => open.aws.stop());

const assume = (RoleArn: string, more: object = {}, client = open.sts) =>
  client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...more }));
const denied = (roleArn: string, action = 'sts:AssumeRole') => ({
  code: 'AccessDenied',
  message: `User: arn:aws:iam::123456789012:user/learner is not authorized to perform: ${action} on resource: ${roleArn}`,
  status: 403,
});

describe('the trust policy decides', () => {
  it.each([
    ['the account', { AWS: '123456789012' }],
    ['its root', { AWS: 'arn:aws:iam::123456789012:root' }],
    ['the user', { AWS: 'arn:aws:iam::123456789012:user/learner' }],
    ['anybody', { AWS: '*' }],
  ])('for %s', async (who, principal) => {
    const role = await open.role(`for-${who.replaceAll(' ', '-')}`, [], trusts(principal));
    expect((await assume(role)).AssumedRoleUser?.Arn).toMatch(/\/me$/);
  });

  it('against all others', async () => {
    const role = await open.role('for-ec2', [], trusts({ Service: 'ec2.amazonaws.com' }));
    expect(await refusal(assume(role))).toEqual(denied(role));
    const nobody = 'arn:aws:iam::123456789012:role/not-there';
    expect(await refusal(assume(nobody))).toEqual(denied(nobody));
  });

  it('by conditions', async () => {
    const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } };
    const role = await open.role('external', [], trusts({ AWS: '123456789012' }, condition));
    expect(await refusal(assume(role))).toEqual(denied(role));
    await assume(role, { ExternalId: 'secret' });
  });
});

it('a session has the id of its role, which a new role of that name has not', async () => {
  const role = await open.role('named');
  const { AssumedRoleUser } = await assume(role);
  expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:me$/);
  const session = await open.as(role, STSClient);
  expect((await session.send(new GetCallerIdentityCommand({}))).UserId).toBe(AssumedRoleUser?.AssumedRoleId);
  await open.iam.send(new DeleteRoleCommand({ RoleName: 'named' }));
  const again = await assume(await open.role('named'));
  expect(again.AssumedRoleUser?.AssumedRoleId).not.toBe(AssumedRoleUser?.AssumedRoleId);
});

it('a session lasts as long as the role lets it', async () => {
  const role = await open.role('long');
  expect(await refusal(assume(role, { DurationSeconds: 3601 }))).toMatchObject({
    code: 'ValidationError',
    message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  });
  await open.iam.send(new UpdateRoleCommand({ RoleName: 'long', MaxSessionDuration: 7200 }));
  await assume(role, { DurationSeconds: 7200 });
});

it('a role assumes another if its own policies let it, or the other names it', async () => {
  const target = await open.role('target');
  const first = await open.role('first', [allow('sts:AssumeRole', target)]);
  const plain = await open.role('plain');
  const named = await open.role('naming', [], trusts({ AWS: plain }));
  await assume(target, {}, await open.as(first, STSClient));
  const session = await open.as(plain, STSClient);
  await assume(named, {}, session);
  expect(await refusal(assume(target, {}, session))).toMatchObject({
    code: 'AccessDenied',
    message:
      'User: arn:aws:sts::123456789012:assumed-role/plain/me is not authorized to perform: sts:AssumeRole on resource: ' +
      `${target} because no identity-based policy allows the sts:AssumeRole action`,
  });
});

describe('tags of a session', () => {
  const tagged = trusts({ AWS: '123456789012' }, { Action: ['sts:AssumeRole', 'sts:TagSession'] });
  const Tags = [{ Key: 'team', Value: 'a' }];

  it('need permission', async () => {
    const role = await open.role('untagged');
    expect(await refusal(assume(role, { Tags }))).toEqual(denied(role, 'sts:TagSession'));
  });

  it('go on where they are transitive', async () => {
    const one = await open.role('tags-one', [allow('sts:*')], tagged);
    const two = await open.role('tags-two', [], tagged);
    const session = await open.as(one, STSClient, { Tags, TransitiveTagKeys: ['team'] });
    expect(await refusal(assume(two, { Tags }, session))).toEqual({
      code: 'InvalidParameterValue',
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      status: 400,
    });
    expect(await refusal(assume(two, { TransitiveTagKeys: ['other'] }))).toMatchObject({
      message: 'The specified transitive tag key must be included in the requested tags.',
    });
  });
});
