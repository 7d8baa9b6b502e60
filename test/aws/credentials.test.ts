// Credentials while labs run: kept while they are good, renewed once for all that wait, never another account's. Real SDK, real STS of a sandbox.
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Credentials } from '../../src/aws/clients.ts';
import type { Expired } from '../../src/aws/credentialsRenewal.ts';
import { openTarget, type TargetHelp } from '../../src/aws/openTarget.ts';
import { clock } from '../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
beforeEach(async () => void (sandbox = await startTestSandbox()));
afterEach(async () => {
  vi.unstubAllEnvs();
  await sandbox.stop();
});

async function temporary(seconds = 900): Promise<Credentials> {
  const answer = await sandbox.client(STSClient).send(new GetSessionTokenCommand({ DurationSeconds: seconds }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  // As a learner lab gives them: without their end.
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

const opened = (credentials: Credentials, help: TargetHelp = {}) =>
  openTarget({ kind: 'endpoint', url: sandbox.endpoint, region: 'us-east-1', credentials }, clock, undefined, help);

describe('credentials that expire', () => {
  test('without anybody to ask, the call fails and says so', async () => {
    const target = await opened(await temporary());
    expect(target.expires()).toBe('unknown');
    await sandbox.advance('16m');
    await expect(target.send('sqs.ListQueues', {})).rejects.toMatchObject({ kind: 'credentials-expired' });
  });

  test('all that wait are asked for once, and then go on; what was created is there once', async () => {
    const asked: Expired[] = [];
    const answer = Promise.withResolvers<void>();
    const target = await opened(await temporary(), {
      renew: async (expired) => {
        asked.push(expired);
        await answer.promise;
        const fresh = await temporary();
        return async () => fresh;
      },
    });
    await sandbox.advance('16m');
    const names = ['A', 'B', 'C'];
    const calls = [
      ...names.map((QueueName) => target.send('sqs.CreateQueue', { QueueName })),
      target.send('sns.CreateTopic', { Name: 'T' }),
      target.send('s3.ListBuckets', {}),
    ];
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    answer.resolve();
    await Promise.all(calls);
    expect(asked).toMatchObject([{ account: '123456789012', failure: { kind: 'credentials-expired' } }]);
    const { QueueUrls = [] } = await target.send('sqs.ListQueues', {});
    expect(QueueUrls).toHaveLength(3);
    expect(asked).toHaveLength(1);
    target.dispose();
  });

  test('from where they came: a provider that has new ones is read anew', async () => {
    let now = await temporary();
    vi.stubEnv('AWS_ENDPOINT_URL', sandbox.endpoint);
    const pasted = await openTarget(
      { kind: 'aws', pasted: 'Learner Lab', region: 'us-east-1', credentials: async () => now },
      clock,
      undefined,
      {
        renew: async () => {
          now = await temporary();
          return true;
        },
      },
    );
    expect(pasted.label).toBe('AWS (pasted Learner Lab)');
    await sandbox.advance('16m');
    await pasted.send('sqs.ListQueues', {});
    pasted.dispose();
  });

  test('nobody gives any: each that waited fails with what happened', async () => {
    const renew = vi.fn(async () => false);
    const target = await opened(await temporary(), { renew });
    await sandbox.advance('16m');
    const calls = ['A', 'B'].map((QueueName) => target.send('sqs.CreateQueue', { QueueName }));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes).toMatchObject([1, 2].map(() => ({ reason: { kind: 'credentials-expired' } })));
  });

  test('those of another account are refused, and no call goes there', async () => {
    // Here a key of twelve digits is its account.
    const both = await startTestSandbox({ anyCredentials: true });
    const keys = (account: string): Credentials => ({ accessKeyId: account, secretAccessKey: 'x' });
    const target = await openTarget(
      { kind: 'endpoint', url: both.endpoint, region: 'us-east-1', credentials: keys('111111111111') },
      clock,
      undefined,
      { renew: async () => async () => keys('222222222222') },
    );
    const expired = { kind: 'error', code: 'ExpiredToken', status: 400, times: 1 };
    await both.admin('faults', { rules: [{ operation: 'sqs.CreateQueue', ...expired }] });
    await expect(target.send('sqs.CreateQueue', { QueueName: 'Q' })).rejects.toMatchObject({
      kind: 'wrong-account',
      what: 'The credentials now belong to account 222222222222, but this session is in account 111111111111.',
    });
    expect(await both.admin('state')).toEqual({ resources: [] });
    await both.stop();
  });

  test('who stops does not wait any longer', async () => {
    const target = await opened(await temporary(), { renew: () => new Promise(() => undefined) });
    await sandbox.advance('16m');
    const stop = new AbortController();
    const call = target.send('sqs.ListQueues', {}, { signal: stop.signal });
    setImmediate(() => stop.abort());
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a role behind MFA', () => {
  const serial = 'arn:aws:iam::123456789012:mfa/me';
  beforeEach(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aws-mfa-'));
    const { accessKeyId, secretAccessKey } = sandbox.credentials;
    writeFileSync(
      join(dir, 'config'),
      `[profile admin]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = me\nmfa_serial = ${serial}\n`,
    );
    writeFileSync(
      join(dir, 'credentials'),
      `[me]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dir, 'credentials'));
    vi.stubEnv('AWS_ENDPOINT_URL', sandbox.endpoint);
    const trust = { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    await sandbox.client(IAMClient).send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument }));
  });

  const admin = (help: TargetHelp) => openTarget({ kind: 'aws', profile: 'admin' }, clock, undefined, help);

  test('asks once, names the device, and keeps what came of it over targets', async () => {
    const askMfa = vi.fn(async () => '123456');
    const kept = new Map<string, Credentials>();
    const target = await admin({ askMfa, kept });
    await Promise.all([target.send('sts.GetCallerIdentity', {}), target.send('sns.ListTopics', {}).catch(() => 0)]);
    expect(target.facts.caller).toMatch(/assumed-role\/Admin/);
    expect(target.expires()).toBeInstanceOf(Date);
    await admin({ askMfa, kept });
    expect(askMfa.mock.calls).toEqual([[serial]]);
  });

  test('no code, or nobody to give one: a sentence', async () => {
    await expect(admin({ askMfa: async () => undefined })).rejects.toMatchObject({
      kind: 'credentials-missing',
      what: `The code of the MFA device ${serial} is needed, and none was given.`,
    });
    await expect(admin({})).rejects.toMatchObject({
      what: `The code of the MFA device ${serial} is needed, and nobody can be asked for it here.`,
    });
  });
});
