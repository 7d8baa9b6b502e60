// One window's target as its credentials come, change and go. Real SDK, real files, real sandbox; only the editor is absent.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sayExpiry } from '../../src/host/credentialsExpiry.ts';
import { Renewals } from '../../src/host/credentialsRenewals.ts';
import { CredentialsStore, secretKey } from '../../src/host/credentialsStore.ts';
import { watchCredentials } from '../../src/host/credentialsWatch.ts';
import type { Log } from '../../src/host/log.ts';
import { credentialsFiles } from '../../src/host/profiles.ts';
import type { SandboxKeeper } from '../../src/host/sandboxKeeper.ts';
import { Targets, type TargetCredentials } from '../../src/host/targets.ts';
import { AwsFailure } from '../../src/aws/errors.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const secret = 'SecretThatMustNeverBeLogged0123456789abc';
const [first, second] = ['111111111111', '222222222222'];

let sandbox: TestSandbox;
let home: string;
let logged: string[];
const kept = new Map<string, string>();
const store = new CredentialsStore({
  get: async (key) => kept.get(key),
  store: async (key, value) => void kept.set(key, value),
});

beforeEach(async () => {
  // Here a key of twelve digits is its account.
  sandbox = await startTestSandbox({ anyCredentials: true });
  home = mkdtempSync(join(tmpdir(), 'aws-home-'));
  mkdirSync(join(home, '.aws'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, '.aws', 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, '.aws', 'credentials'));
  vi.stubEnv('AWS_ENDPOINT_URL', sandbox.endpoint);
  writeFileSync(join(home, '.aws', 'config'), '[profile work]\nregion = eu-central-1\n');
  writeKeys(first);
  logged = [];
  kept.clear();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await sandbox.stop();
  rmSync(home, { recursive: true });
});

const writeKeys = (account: string, more = '') =>
  writeFileSync(
    join(home, '.aws', 'credentials'),
    `[work]\naws_access_key_id = ${account}\naws_secret_access_key = ${secret}\n${more}`,
  );

function windowOn(target: string, changes: Partial<TargetCredentials> = {}): Targets {
  const write = (line: string | Error) => void logged.push(String(line));
  const log: Log = { info: write, warn: write, error: write, debug: write };
  return new Targets({
    // None of these windows is on the editor's own sandbox.
    sandbox: {} as SandboxKeeper,
    memory: { get: () => undefined, update: () => undefined },
    log,
    defaults: () => ({ target, region: undefined, logCalls: 'all' }),
    credentials: {
      read: (name) => store.read(name),
      askMfa: async () => undefined,
      renew: async () => false,
      watch: (changed) => watchCredentials(credentialsFiles(process.env, home), changed, 20),
      ...changes,
    },
  });
}

describe('files that change while a profile is the target', () => {
  it('give new keys of the same account quietly: nothing moves, and what runs goes on', async () => {
    const targets = windowOn('profile:work');
    const moved = vi.fn();
    targets.moved.on(moved);
    const target = await targets.open();
    expect(targets.view).toMatchObject({ label: 'AWS (profile work)', account: first, region: 'eu-central-1' });
    const running = target.send('sqs.CreateQueue', { QueueName: 'Q' });
    writeKeys(first, 'aws_session_token = new\n');
    await vi.waitFor(() => expect(logged.join('\n')).toContain('read anew'), 5000);
    await running;
    expect(await targets.open()).toBe(target);
    await vi.waitFor(() => expect(targets.expires).toBe('unknown'));
    expect(moved).not.toHaveBeenCalled();
    targets.dispose();
  });

  it.each([
    ['another account', () => writeKeys(second), second, 'eu-central-1'],
    [
      'another region',
      () => writeFileSync(join(home, '.aws', 'config'), '[profile work]\nregion = us-west-2\n'),
      first,
      'us-west-2',
    ],
  ])('to %s: the window moves, and what was open stays where it was', async (_, change, account, region) => {
    const targets = windowOn('profile:work');
    const moved = vi.fn();
    targets.moved.on(moved);
    const target = await targets.open();
    change();
    await vi.waitFor(() => expect(moved).toHaveBeenCalled(), 5000);
    expect(await targets.open()).toMatchObject({ account, region });
    expect(target.account).toBe(first);
    targets.dispose();
  });

  it('but cannot be used: all stays as it was', async () => {
    const targets = windowOn('profile:work');
    const target = await targets.open();
    writeFileSync(join(home, '.aws', 'credentials'), '[wo');
    await vi.waitFor(() => expect(logged.join('\n')).toContain('not taken up'), 5000);
    await target.send('sqs.ListQueues', {});
    targets.dispose();
  });

  it('are not watched once the target is another', async () => {
    const ended = vi.fn();
    const targets = windowOn('profile:work', { watch: () => ({ dispose: ended }) });
    await targets.open();
    targets.switchTo({ kind: 'endpoint', url: sandbox.endpoint });
    expect(ended).toHaveBeenCalledOnce();
  });

  it('may come into being later, in a folder that is not there yet', async () => {
    const changed = vi.fn();
    const watching = watchCredentials(credentialsFiles({}, home), changed, 10);
    mkdirSync(join(home, '.aws', 'sso'));
    await vi.waitFor(() => expect(changed.mock.calls.length).toBe(0));
    mkdirSync(join(home, '.aws', 'sso', 'cache'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(join(home, '.aws', 'sso', 'cache', 'token.json'), '{}');
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 5000);
    watching.dispose();
  });
});

describe('pasted credentials', () => {
  const pasted = {
    name: 'Learner Lab',
    accessKeyId: first,
    secretAccessKey: secret,
    account: first,
    region: 'us-west-2',
  };

  it('are kept in secret storage, listed without secrets, and used by name', async () => {
    await store.put({ ...pasted, sessionToken: 'token' });
    await store.put({ ...pasted, name: 'Other', expiration: new Date('2030-01-01') });
    expect([...kept.keys()]).toEqual([secretKey]);
    const listed = await store.list();
    expect(listed).toEqual([
      { name: 'Learner Lab', account: first, region: 'us-west-2', expires: 'unknown' },
      { name: 'Other', account: first, region: 'us-west-2', expires: new Date('2030-01-01') },
    ]);
    const targets = windowOn('pasted:Learner Lab');
    targets.switchTo({ kind: 'aws', pasted: 'Learner Lab', region: 'us-west-2' });
    const target = await targets.open();
    expect(targets.view).toEqual({
      label: 'AWS (pasted Learner Lab)',
      real: false,
      sandbox: false,
      account: first,
      region: 'us-west-2',
    });
    expect(target.expires()).toBe('unknown');
    expect(logged.join('\n')).not.toContain(secret);
  });

  it('replace those of the same name, and can be forgotten', async () => {
    await Promise.all([
      store.put(pasted),
      store.put({ ...pasted, name: 'B' }),
      store.put({ ...pasted, account: second }),
    ]);
    expect((await store.list()).map(({ name, account }) => [name, account])).toEqual([
      ['B', first],
      ['Learner Lab', second],
    ]);
    await store.remove('Learner Lab');
    const targets = windowOn('pasted:Learner Lab');
    targets.switchTo({ kind: 'aws', pasted: 'Learner Lab', region: 'us-west-2' });
    await expect(targets.open()).rejects.toMatchObject({
      kind: 'credentials-missing',
      what: 'There are no pasted credentials “Learner Lab” any more.',
    });
  });

  it('that cannot be read are as if they were not there', async () => {
    for (const text of ['{', '{}', '[1]', '[{"name":"a"}]']) {
      kept.set(secretKey, text);
      expect(await store.list()).toEqual([]);
    }
  });

  it('go on with what was interrupted when they expire, and the window says so', async () => {
    await store.put(pasted);
    const targets = windowOn('pasted:Learner Lab', {
      renew: async () => {
        expect(targets.expires).toEqual(new Date(0));
        await store.put({ ...pasted, name: 'New', sessionToken: 'new' });
        targets.adopt({ kind: 'aws', pasted: 'New', region: 'us-west-2' });
        return () => store.read('New');
      },
    });
    targets.switchTo({ kind: 'aws', pasted: 'Learner Lab', region: 'us-west-2' });
    const target = await targets.open();
    const moved = vi.fn();
    targets.moved.on(moved);
    const rule = { operation: 'sqs.CreateQueue', kind: 'error', code: 'ExpiredToken', status: 400, times: 1 };
    await sandbox.admin('faults', { rules: [rule] });
    await target.send('sqs.CreateQueue', { QueueName: 'Q' });
    expect(targets.view.label).toBe('AWS (pasted New)');
    expect(targets.expires).toBe('unknown');
    expect(moved).not.toHaveBeenCalled();
    expect(logged.join('\n')).not.toContain(secret);
  });
});

it('one question for all that wait; who said no is not asked again until something was done', async () => {
  const expired = {
    failure: new AwsFailure('credentials-expired', { code: 'E', what: '', advice: '' }),
    account: first,
  };
  const answers = [false, true];
  const ask = vi.fn(async () => answers.shift() ?? true);
  const renewals = new Renewals(ask);
  const all = (count: number) => Promise.all(Array.from({ length: count }, () => renewals.renew(expired)));
  expect(await all(3)).toEqual([false, false, false]);
  expect(await all(2)).toEqual([false, false]);
  expect(ask).toHaveBeenCalledTimes(1);
  renewals.askAgain();
  expect(await all(2)).toEqual([true, true]);
  expect(ask).toHaveBeenCalledTimes(2);
});

describe('when they end', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    [undefined, undefined],
    ['unknown' as const, { text: 'expires unknown', level: 'calm' }],
    [-1, { text: 'expired', level: 'over' }],
    [30, { text: 'expires in less than 1 min', level: 'soon', next: 30_000 }],
    [299, { text: 'expires in 4 min', level: 'soon', next: 60_000 }],
    [12 * 60 + 59, { text: 'expires in 12 min', level: 'calm', next: 60_000 }],
    [119 * 60, { text: 'expires in 119 min', level: 'calm', next: 60_000 }],
    [4 * 3600 + 1800, { text: 'expires in 4 h', level: 'calm', next: 1_800_001 }],
  ])('%s', (seconds, said) => {
    const expires = typeof seconds === 'number' ? new Date(now + seconds * 1000) : seconds;
    expect(sayExpiry(expires, now)).toEqual(said);
  });
});
