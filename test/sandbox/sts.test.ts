import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from './start.ts';

let aws: TestSandbox;
let sts: STSClient;
beforeAll(async () => {
  aws = await startTestSandbox();
  sts = aws.client(STSClient);
  const trust = { Effect: 'Allow', Principal: { AWS: aws.account }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const iam = aws.client(IAMClient);
  await iam.send(new CreateRoleCommand({ RoleName: 'reader', Path: '/service/', AssumeRolePolicyDocument }));
  const chain = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [chain] });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'chain', PolicyDocument }));
});
afterAll(() => aws.stop());

const role = 'arn:aws:iam::123456789012:role/service/reader';

const withCredentials = (given: Credentials | undefined): STSClient =>
  aws.client(STSClient, {
    credentials: {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      ...(given?.SessionToken && { sessionToken: given.SessionToken }),
    },
  });

describe('who one is', () => {
  it('is the learner, by the own key', async () => {
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Account, Arn }).toEqual({ Account: aws.account, Arn: 'arn:aws:iam::123456789012:user/learner' });
    expect(UserId).toMatch(/^AIDA[A-Z0-9]{17}$/);
  });

  it('is the session, by a role', async () => {
    const assumed = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'me@home' }));
    expect(assumed.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const { Arn, UserId } = await withCredentials(assumed.Credentials).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:sts::123456789012:assumed-role/reader/me@home');
    expect(Arn).toBe(assumed.AssumedRoleUser?.Arn);
    expect(UserId).toBe(assumed.AssumedRoleUser?.AssumedRoleId);
    expect(UserId).toMatch(/^AROA[A-Z2-7]{17}:me@home$/);
  });

  it('gives the same role the same id', async () => {
    const ids = await Promise.all(
      ['one', 'two'].map(async (name) => {
        const { AssumedRoleUser } = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: name }));
        return AssumedRoleUser?.AssumedRoleId?.split(':')[0];
      }),
    );
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('what AssumeRole refuses', () => {
  const refused: [string, object, RegExp][] = [
    ['a short ARN', { RoleArn: 'nothing' }, /Value 'nothing' at 'roleArn' .* length greater than or equal to 20$/],
    [
      'what is no role',
      { RoleArn: 'arn:aws:iam::123456789012:user/somebody' },
      /^arn:aws:iam::123456789012:user\/somebody is invalid$/,
    ],
    ['a colon in the session name', { RoleSessionName: 'a:b' }, /'roleSessionName' .* pattern: \[\\w\+=,\.@-\]\*$/],
    ['a short session name', { RoleSessionName: 'a' }, /length greater than or equal to 2$/],
    [
      'less than 15 minutes',
      { DurationSeconds: 899 },
      /Value '899' at 'durationSeconds' .* value greater than or equal to 900$/,
    ],
    ['two at once', { RoleSessionName: 'a', DurationSeconds: 1 }, /^2 validation errors detected: .*; .*/],
  ];
  it.each(refused)('%s', async (_what, changes, message) => {
    const sent = sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'session', ...changes }));
    await expect(sent).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringMatching(message) });
  });

  it('a role of an account that is not here', async () => {
    const foreign = 'arn:aws:iam::999999999999:role/reader';
    await expect(sts.send(new AssumeRoleCommand({ RoleArn: foreign, RoleSessionName: 'me' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::123456789012:user/learner is not authorized to perform: sts:AssumeRole on resource: ${foreign}`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('more than an hour of a role by a role', async () => {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'first' }));
    const chained = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'second', DurationSeconds: 3601 });
    await expect(withCredentials(Credentials).send(chained)).rejects.toThrow(/role chaining/);
  });
});

describe('other temporary credentials', () => {
  it('GetSessionToken keeps the identity, and cannot be chained', async () => {
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const session = withCredentials(Credentials);
    expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::123456789012:user/learner');
    await expect(session.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('GetFederationToken makes a federated user', async () => {
    const { Credentials, FederatedUser } = await sts.send(new GetFederationTokenCommand({ Name: 'guest' }));
    const { Arn } = await withCredentials(Credentials).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:sts::123456789012:federated-user/guest');
    expect(FederatedUser?.Arn).toBe(Arn);
  });

  it('are over when the clock says so', async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'me', DurationSeconds: 900 }),
    );
    const session = withCredentials(Credentials);
    await aws.advance('14m');
    await session.send(new GetCallerIdentityCommand({}));
    await aws.advance('2m');
    await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
  });

  it('need their token', async () => {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'me' }));
    for (const SessionToken of [undefined, 'IQoJforged']) {
      const session = withCredentials({ ...Credentials, SessionToken } as Credentials);
      await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
        Code: 'InvalidClientTokenId',
      });
    }
  });
});

it('knows the account of a key', async () => {
  const { Account } = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: aws.credentials.accessKeyId }));
  expect(Account).toBe(aws.account);
});

it('decodes nothing, as it encodes nothing', async () => {
  await expect(sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' }))).rejects.toMatchObject({
    name: 'InvalidAuthorizationMessageException',
  });
});
