// The command line as people and scripts use it: the bundle, as a process of its own, with its own sandbox.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'labs-cli-'));
beforeAll(() => void execFileSync('node', ['esbuild.mjs', '--fresh']), 120_000);
afterAll(() => {
  try {
    const { pid }: { pid: number } = JSON.parse(readFileSync(join(dataDir, 'sandbox', 'sandbox.json'), 'utf8'));
    process.kill(pid);
  } catch {
    // It has ended by itself.
  }
  rmSync(dataDir, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function cli(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile('node', ['dist/cli.js', ...args, '--data-dir', dataDir], (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** 1 on a machine at rest; on one that is busy with other things, how much longer an empty Node needs than it should. */
function slownessOfMachine(): number {
  const began = performance.now();
  execFileSync('node', ['-e', '0']);
  return Math.max(1, (performance.now() - began) / 100);
}

describe('run', { timeout: 60_000 }, () => {
  test('does the lab in under 3 seconds and leaves nothing', async () => {
    await cli('list');
    const slowness = slownessOfMachine();
    const began = performance.now();
    const { code, out } = await cli('run', 'sns-sqs');
    expect(performance.now() - began).toBeLessThan(3000 * slowness);
    expect(code).toBe(0);
    expect(out).toContain('0 left.');
    expect(out.split('\n').filter((line) => / ✓ /.test(line)).length).toBe(13);
  });

  test('--json: one object, with the keys that scripts rely on', async () => {
    const { code, out, err } = await cli('run', 'sns-sqs', '--json');
    expect(code).toBe(0);
    expect(err).toContain('0 left.');
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      lab: 'sns-sqs',
      target: {
        kind: 'sandbox',
        account: expect.stringMatching(/^\d{12}$/),
        region: 'us-east-1',
        endpoint: expect.stringContaining('http://127.0.0.1:'),
      },
      ok: true,
      teardown: { planned: 5, removed: 5, left: [] },
      ms: expect.any(Number),
    });
    expect(Object.keys(report ?? {})).toEqual(['lab', 'target', 'ok', 'steps', 'teardown', 'ms']);
    expect(report).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({
          id: 'topic',
          title: 'Create the topic',
          status: 'done',
          checks: [{ ok: true, hint: null }],
          calls: expect.arrayContaining([{ operation: 'sns.CreateTopic', ms: expect.any(Number), error: null }]),
        }),
      ]),
    });
  });

  test('--step and --keep, then list, check, and cleanup', async () => {
    const kept = await cli('run', 'sns-sqs', '--step', 'queue', '--keep', '--input', 'queue=Orders');
    expect(kept).toMatchObject({
      code: 0,
      out: expect.stringContaining('Kept 2 resources. `aws-labs cleanup sns-sqs` removes them.'),
    });
    expect((await cli('list')).out).toMatch(/session \w+: 3 of 13 steps done, 2 resources in Sandbox/);
    const checked = await cli('check', 'sns-sqs');
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/ 3\/13 ✓ Create the queue for orders/);
    expect(checked.out).toMatch(/ 4\/13 ✗ /);
    const cleaned = await cli('cleanup', 'sns-sqs', '--json');
    expect(cleaned.code).toBe(0);
    expect(JSON.parse(cleaned.out)).toMatchObject({ ok: true, sessions: [{ planned: 2, removed: 2, left: [] }] });
    expect((await cli('cleanup')).out).toContain('Nothing to clean up: 0 left.');
  });

  test('sweep finds by tag what a lost journal knew', async () => {
    await cli('run', 'sns-sqs', '--step', 'queue', '--keep');
    rmSync(join(dataDir, 'sessions'), { recursive: true });
    const looked = await cli('sweep', '--dry-run');
    expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('2 found; nothing was removed.') });
    expect(looked.out).toMatch(/queue ContentQ \(lab sns-sqs, session \w+\)/);
    expect(await cli('sweep')).toMatchObject({ code: 0, out: expect.stringContaining('0 left.') });
    expect((await cli('sweep')).out).not.toContain('ContentQ');
  });

  test('broken off by Ctrl-C it cleans up', async () => {
    const child = spawn('node', ['dist/cli.js', 'run', 'sns-sqs', '--data-dir', dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (/ 5\/13/.test(out) && !child.killed) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, out }).toMatchObject({ code: 130, out: expect.stringContaining('0 left.') });
  });

  test('goes on to its end, and cleans up, when nobody reads any more', async () => {
    const child = spawn('node', ['dist/cli.js', 'run', 'sns-sqs', '--data-dir', dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err }).toMatchObject({ code: 0, err: expect.not.stringContaining('EPIPE') });
    expect((await cli('sweep', '--dry-run')).out).not.toContain('ContentQ');
  });

  test('killed hard it resumes', async () => {
    const child = spawn('node', ['dist/cli.js', 'run', 'sns-sqs', '--data-dir', dataDir], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (/ 6\/13/.test(out)) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.on('close', resolve));
    const { code, out: resumed } = await cli('run', 'sns-sqs');
    expect(resumed).toMatch(/Resumed: \d+ of 13 steps done/);
    expect(code).toBe(0);
  });
});

describe('usage', { timeout: 30_000 }, () => {
  test('help and version', async () => {
    expect(await cli('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') });
    expect((await cli('--version')).out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test.each([
    [['rnu', 'x'], 'There is no command rnu. Did you mean run?'],
    [['run', 'sns-sq'], 'There is no lab sns-sq. Did you mean sns-sqs?'],
    [['run', 'sns-sqs', '--kep'], 'There is no option --kep. Did you mean --keep?'],
    [['run'], 'Say which lab to run'],
    [['run', 'sns-sqs', '--target', 'moon'], '--target is sandbox, aws or an address'],
    [['run', 'sns-sqs', '--input', 'emial=x'], 'This lab has no input emial. Did you mean email?'],
    [['run', 'sns-sqs', '--target', 'http://127.0.0.1:9'], 'Nothing answers at http://127.0.0.1:9.'],
  ])('%j', async (args, said) => {
    const { code, err, out } = await cli(...args);
    expect({ code, out: out.includes('✓') }).toEqual({ code: 2, out: false });
    expect(err).toContain(said.replace('--kep. Did you mean --keep', '--kep. Did you mean keep'));
  });

  test('a lab with errors: each with its place, and nothing runs', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lab-'));
    const path = join(dir, 'lab.md');
    writeFileSync(
      path,
      readFileSync('test/fixtures/labs/small/lab.md', 'utf8')
        .replace('sqs.CreateQueue', 'sqs.CreateQueu')
        .replace('queue.QueueUrl', 'queu.QueueUrl'),
    );
    const { code, err } = await cli('run', path);
    expect(code).toBe(2);
    expect(err).toContain(`${path}:26:9: error: A lab cannot call sqs.CreateQueu. Did you mean sqs.CreateQueue?`);
    expect(err).toMatch(/The lab has \d+ problems; nothing was run\./);
  });
});
