// Targets: who one is, where calls go, and what is said when that fails. Real SDK, real sandbox, real configuration files.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { classifyError } from '../../src/aws/classifyError.ts';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { CallRecord } from '../../src/aws/target.ts';
import { clock } from '../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
const before = { ...process.env };
beforeAll(async () => void (sandbox = await startTestSandbox()));
afterAll(() => sandbox.stop());
afterEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, before);
});

/** A machine with just these files and no other way to credentials. */
function configured(config: string, credentials = ''): void {
  const dir = mkdtempSync(join(tmpdir(), 'aws-'));
  writeFileSync(join(dir, 'config'), config);
  writeFileSync(join(dir, 'credentials'), credentials);
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_CONFIG_FILE: join(dir, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(dir, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}

test('the sandbox: account and region from STS, every call told without secrets', async () => {
  const { endpoint, credentials, region } = sandbox;
  const target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
  expect(target.facts).toMatchObject({ kind: 'sandbox', account: '123456789012', region: 'us-east-1', endpoint });
  const calls: CallRecord[] = [];
  target.onCall((call) => calls.push(call));
  await target.send('sqs.CreateQueue', { QueueName: 'Q' });
  await target.send('sqs.GetQueueUrl', { QueueName: 'none' }).catch(() => undefined);
  expect(calls).toMatchObject([
    { operation: 'sqs.CreateQueue', attempt: 1, requestId: expect.any(String) },
    { operation: 'sqs.GetQueueUrl', attempt: 1, error: { code: 'QueueDoesNotExist' } },
  ]);
  expect(JSON.stringify(calls)).not.toContain(credentials.secretAccessKey);
  target.dispose();
});

test('a profile: its keys, region and endpoint_url', async () => {
  const { credentials } = sandbox;
  configured(
    `[profile work]\nregion = eu-west-1\nendpoint_url = ${sandbox.endpoint}\n`,
    `[work]\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}\n`,
  );
  const target = await openTarget({ kind: 'aws', profile: 'work' }, clock);
  expect(target.facts).toMatchObject({
    kind: 'aws',
    label: 'AWS (profile work)',
    account: '123456789012',
    region: 'eu-west-1',
    endpoint: sandbox.endpoint,
    profile: 'work',
  });
  await target.verify();
  target.dispose();
});

test('an endpoint, with credentials of the environment', async () => {
  configured('');
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
  });
  const target = await openTarget({ kind: 'endpoint', url: sandbox.endpoint, region: 'us-east-1' }, clock);
  expect(target.facts).toMatchObject({ kind: 'endpoint', label: sandbox.endpoint, account: '123456789012' });
  target.dispose();
});

describe('what is said', () => {
  test('no credentials', async () => {
    configured('[default]\nregion = us-east-1\n');
    await expect(openTarget({ kind: 'aws' }, clock)).rejects.toMatchObject({
      kind: 'credentials-missing',
      what: 'No AWS credentials were found.',
    });
  });

  test('no such profile', async () => {
    configured('[default]\nregion = us-east-1\n');
    await expect(openTarget({ kind: 'aws', profile: 'nobody', region: 'us-east-1' }, clock)).rejects.toMatchObject({
      kind: 'credentials-missing',
      what: 'No credentials could be had from profile nobody.',
    });
  });

  test('no region', async () => {
    configured('[default]\n', '[default]\naws_access_key_id = a\naws_secret_access_key = b\n');
    await expect(openTarget({ kind: 'aws' }, clock)).rejects.toMatchObject({
      kind: 'wrong-region',
      what: 'No AWS region is set.',
    });
  });

  test('wrong keys', async () => {
    const credentials = { accessKeyId: 'AKIDNOBODY', secretAccessKey: 'x' };
    await expect(
      openTarget({ kind: 'sandbox', endpoint: sandbox.endpoint, region: 'us-east-1', credentials }, clock),
    ).rejects.toMatchObject({ kind: 'credentials-invalid' });
  });

  test('nobody listens', async () => {
    const port = await freePort();
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    await expect(
      openTarget({ kind: 'endpoint', url: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }, clock),
    ).rejects.toMatchObject({ kind: 'network', effect: 'none', what: `Nothing answers at http://127.0.0.1:${port}.` });
  });

  test('the sandbox has ended: at a call, at its clock, at its mailbox', async () => {
    const own = await startTestSandbox();
    const { endpoint, credentials, region } = own;
    const target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
    await own.stop();
    const gone = { kind: 'network', what: 'The sandbox does not answer: it has ended.' };
    await expect(target.send('sqs.ListQueues', {})).rejects.toMatchObject(gone);
    await expect(target.wait(1000)).rejects.toMatchObject(gone);
    await expect(target.mailbox?.list()).rejects.toMatchObject(gone);
    target.dispose();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const context = { operation: 'sqs.CreateQueue', region: 'us-east-1' };
const service = (name: string, status: number, more: object = {}) =>
  Object.assign(new Error(`said: ${name}`), { name, $fault: 'client', $metadata: { httpStatusCode: status }, ...more });

test.each([
  [service('ExpiredTokenException', 403), 'credentials-expired', 'none'],
  [
    Object.assign(new Error('The SSO session associated with this profile has expired.'), {
      name: 'CredentialsProviderError',
    }),
    'credentials-expired',
    'none',
  ],
  [service('InvalidClientTokenId', 403), 'credentials-invalid', 'none'],
  [
    service('SignatureDoesNotMatch', 403, { message: 'Signature expired: 2026 is now earlier than' }),
    'clock-skew',
    'none',
  ],
  [service('AccessDeniedException', 403), 'access-denied', 'none'],
  [service('QueueNameExists', 400, { Code: 'QueueAlreadyExists' }), 'refused', 'none'],
  [service('OverLimit', 403), 'refused', 'none'],
  [service('Anything', 400, { $retryable: { throttling: true } }), 'throttled', 'none'],
  [service('InternalFailure', 500), 'service', 'unknown'],
  [service('OptInRequired', 403), 'wrong-region', 'none'],
  [
    Object.assign(new Error('getaddrinfo ENOTFOUND sqs.us-esat-1.amazonaws.com'), { code: 'ENOTFOUND' }),
    'network',
    'none',
  ],
  [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'network', 'unknown'],
  [Object.assign(new Error('too slow'), { name: 'TimeoutError' }), 'network', 'unknown'],
])('%s is %s', (error, kind, effect) => {
  const failure = classifyError(error, context);
  expect(failure).toMatchObject({ kind, effect });
  expect(failure.what).toMatch(/\S/);
});

describe('IAM, Cognito and SAML', () => {
  const refused = (operation: string, name: string, Code = name, status = 400) =>
    classifyError(
      Object.assign(new Error('It says why.'), { name, Code, $fault: 'client', $metadata: { httpStatusCode: status } }),
      { ...context, operation },
    );

  test.each([
    ['iam.CreateSAMLProvider', 'EntityAlreadyExistsException', 'EntityAlreadyExists', /another name/],
    ['iam.GetRole', 'NoSuchEntityException', 'NoSuchEntity', /Check the name/],
    ['iam.DeleteRole', 'DeleteConflictException', 'DeleteConflict', /hangs on it/],
    ['iam.CreateSAMLProvider', 'LimitExceededException', 'LimitExceeded', /higher quota/],
    ['cognito-idp.CreateUserPool', 'LimitExceededException', 'LimitExceededException', /higher quota/],
    ['cognito-idp.DescribeUserPool', 'ResourceNotFoundException', 'ResourceNotFoundException', /in this region/],
    ['cognito-idp.CreateIdentityProvider', 'DuplicateProviderException', 'DuplicateProviderException', /another name/],
    ['sts.AssumeRoleWithSAML', 'InvalidIdentityTokenException', 'InvalidIdentityToken', /certificate, issuer/],
    ['sts.AssumeRoleWithSAML', 'ExpiredTokenException', 'ExpiredTokenException', /Sign in at the identity provider/],
    ['sts.AssumeRoleWithSAML', 'IDPRejectedClaimException', 'IDPRejectedClaim', /identity provider/],
  ])('%s: %s is refused, with advice', (operation, name, wireCode, advice) => {
    expect(refused(operation, name, wireCode)).toMatchObject({
      kind: 'refused',
      code: name,
      wireCode,
      what: 'It says why.',
      advice: expect.stringMatching(advice),
    });
  });

  test('a quota of Kinesis is one of calls, and waited for', () => {
    expect(refused('kinesis.CreateStream', 'LimitExceededException')).toMatchObject({ kind: 'throttled' });
    expect(refused('cognito-idp.ListUserPools', 'TooManyRequestsException')).toMatchObject({ kind: 'throttled' });
  });

  test('who may not take on a role is told to look at its trust policy', () => {
    expect(refused('sts.AssumeRoleWithSAML', 'AccessDenied', 'AccessDenied', 403)).toMatchObject({
      kind: 'access-denied',
      advice: expect.stringContaining("role's trust policy"),
    });
  });
});
