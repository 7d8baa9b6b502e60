// The sandbox's terminal: its `aws` is the installed AWS CLI, and whatever it is asked goes to the sandbox and to nobody's account.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { terminalEnvironment } from '../../src/host/environment.ts';
import { findCommand } from '../../src/host/findCommand.ts';
import { writeShim } from '../../src/host/terminalShim.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 });

let sandbox: TestSandbox;
beforeAll(async () => void (sandbox = await startTestSandbox()));
afterAll(() => sandbox.stop());

const folder = mkdtempSync(join(tmpdir(), 'aws-terminal-'));
const shim = writeShim(folder);
const windows = process.platform === 'win32';
const installed = spawnSync('aws', ['--version'], { encoding: 'utf8', shell: windows });
const cli = installed.status === 0;
if (!cli) console.warn('SKIPPED: the AWS CLI is not installed, so the terminal is not tried with it.');

/** What the terminal of somebody who is signed in elsewhere would have. */
const around = {
  ...process.env,
  AWS_PROFILE: 'work',
  AWS_SESSION_TOKEN: 'of-the-account',
  AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
};

function environment(changes: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const { endpoint, region, credentials } = sandbox;
  const set = terminalEnvironment({ endpoint, region, ...credentials }, shim, { ...around, ...changes });
  const merged = Object.entries({ ...around, ...changes, ...set }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as NodeJS.ProcessEnv;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function aws(args: readonly string[], env = environment()): Promise<Ran> {
  const file = join(shim.bin, windows ? 'aws.cmd' : 'aws');
  return new Promise((resolve) => {
    execFile(file, [...args], { env, encoding: 'utf8', shell: windows }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out, err });
    });
  });
}

describe.skipIf(!cli)('with the AWS CLI', () => {
  it('asks the sandbox, also for SQS, whatever the user is signed in to', async () => {
    expect(await aws(['sqs', 'create-queue', '--queue-name', 'from-the-terminal'])).toMatchObject({ code: 0, err: '' });
    const { out } = await aws(['sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']);
    expect(out.trim()).toBe(sandbox.account);
    expect(JSON.stringify(await sandbox.admin('state'))).toContain('from-the-terminal');
  });

  it('leaves an endpoint alone that was given', async () => {
    const { code, err } = await aws(['sqs', 'list-queues', '--endpoint-url=http://127.0.0.1:9']);
    expect(code).not.toBe(0);
    expect(err).toContain('127.0.0.1:9');
  });

  it('passes words on as they are', async () => {
    const body = `a "b" 'c' $HOME * \\ ;`;
    const { out } = await aws(['sqs', 'get-queue-url', '--queue-name', 'from-the-terminal', '--output', 'text']);
    const sent = await aws(['sqs', 'send-message', '--queue-url', out.trim(), '--message-body', body]);
    expect(JSON.parse(sent.out)).toMatchObject({ MD5OfMessageBody: createHash('md5').update(body).digest('hex') });
  });

  it('knows no profile of the user', async () => {
    const { out } = await aws(['configure', 'list-profiles']);
    expect(out.trim()).toBe('');
  });
});

describe('without the AWS CLI', () => {
  it.skipIf(windows)('says in one sentence what to install', async () => {
    // Only what a shell itself needs; and the shim a second time by a link, which is not taken for the CLI.
    const bare = mkdtempSync(join(tmpdir(), 'aws-bare-'));
    for (const tool of ['sh', 'env']) symlinkSync(`/bin/${tool}`, join(bare, tool));
    const twice = mkdtempSync(join(tmpdir(), 'aws-twice-'));
    symlinkSync(join(shim.bin, 'aws'), join(twice, 'aws'));
    const { code, err } = await aws(['s3', 'ls'], environment({ PATH: [twice, bare].join(delimiter) }));
    expect(code).toBe(127);
    expect(err.trim()).toBe(
      'The AWS CLI is not installed. Install it from https://aws.amazon.com/cli/ and open this terminal again.',
    );
  });

  it.skipIf(windows)('two windows, one started from the other, do not take each other for the CLI', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'aws-bare-'));
    for (const tool of ['sh', 'env']) symlinkSync(`/bin/${tool}`, join(bare, tool));
    const other = writeShim(mkdtempSync(join(tmpdir(), 'aws-other-')));
    const env = environment({ PATH: [other.bin, bare].join(delimiter) });
    const ran = spawnSync(join(shim.bin, 'aws'), ['s3', 'ls'], { env, encoding: 'utf8', timeout: 10_000 });
    expect(ran.status).toBe(127);
    expect(ran.stderr).toMatch(/^The AWS CLI is not installed/);
  });

  it('is found out before a sign-in is offered', () => {
    expect(findCommand('aws', { PATH: '/nowhere' })).toBeUndefined();
    expect(findCommand('aws', { PATH: `/nowhere${delimiter}${shim.bin}` }, 'linux')).toBe(join(shim.bin, 'aws'));
  });
});

it('is written anew each time, for its owner only', () => {
  writeFileSync(shim.config, '[profile leaked]\n');
  writeShim(folder);
  expect(readFileSync(shim.config, 'utf8')).toBe('');
  if (!windows) expect(statSync(join(shim.bin, 'aws')).mode & 0o022).toBe(0);
});

it('takes away what leads elsewhere', () => {
  const env = terminalEnvironment(
    { endpoint: 'http://127.0.0.1:1', accessKeyId: 'a', secretAccessKey: 'b', region: 'r' },
    shim,
    { Path: 'C:\\x', AWS_PROFILE: 'p', AWS_ROLE_ARN: 'r', AWS_ENDPOINT_URL_S3: 'x', NO_PROXY: 'intern', OTHER: '1' },
  );
  expect(env).toMatchObject({
    AWS_PROFILE: null,
    AWS_ROLE_ARN: null,
    AWS_ENDPOINT_URL_S3: null,
    AWS_SESSION_TOKEN: null,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: 'intern,127.0.0.1,localhost',
    VSCODE_ENV_PREPEND: `PATH=${shim.bin}\\x3a`,
    Path: `${shim.bin}${delimiter}C:\\x`,
  });
  expect(env).not.toHaveProperty('OTHER');
  expect(env).not.toHaveProperty('PATH');
});
