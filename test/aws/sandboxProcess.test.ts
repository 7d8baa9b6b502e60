// The sandbox as a process: started once, shared, noticed when it is killed, and started again with its state.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTarget } from '../../src/aws/openTarget.ts';
import { connectSandbox, type SandboxConnection } from '../../src/aws/sandboxProcess.ts';
import { clock } from '../labs/bench.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
const connections: SandboxConnection[] = [];
beforeAll(() => void execFileSync('node', ['esbuild.mjs', '--fresh']));
afterAll(() => {
  for (const connection of connections) connection.dispose();
  const pid = connections.at(-1)?.pid;
  if (pid !== undefined) process.kill(pid);
  rmSync(dataDir, { recursive: true, force: true });
});

async function connect(): Promise<SandboxConnection> {
  const connection = await connectSandbox({ script: 'dist/sandbox.js', dataDir });
  connections.push(connection);
  return connection;
}

const targetOf = ({ endpoint, region, accessKeyId, secretAccessKey }: SandboxConnection) =>
  openTarget({ kind: 'sandbox', endpoint, region, credentials: { accessKeyId, secretAccessKey } }, clock);

test('started, shared, killed, restarted with its state', async () => {
  const first = await connect();
  expect(first).toMatchObject({ started: true, region: 'us-east-1' });
  expect(await connect()).toMatchObject({ started: false, pid: first.pid, endpoint: first.endpoint });

  const target = await targetOf(first);
  await target.send('sqs.CreateQueue', { QueueName: 'Q' });
  await clock.sleep(1500);
  const ended = new Promise<void>((resolve) => first.onExit(resolve));
  process.kill(first.pid, 'SIGKILL');
  await ended;
  await expect(target.send('sqs.ListQueues', {})).rejects.toMatchObject({ kind: 'network' });
  target.dispose();

  const second = await connect();
  expect(second).toMatchObject({ started: true, accessKeyId: first.accessKeyId });
  const again = await targetOf(second);
  expect((await again.send('sqs.GetQueueUrl', { QueueName: 'Q' })).QueueUrl).toContain('/Q');
  again.dispose();
});

test('what keeps it from starting is said', async () => {
  await expect(connectSandbox({ script: 'dist/no-such.js', dataDir: join(dataDir, 'other') })).rejects.toThrow(
    /Cannot find module/,
  );
  await expect(
    connectSandbox({ script: 'dist/sandbox.js', dataDir: join(dataDir, 'other'), args: ['--region', 'moon'] }),
  ).rejects.toThrow(/moon is no region/);
});

test('a stranger at the address of one that was killed is not taken for it', async () => {
  const folder = join(dataDir, 'strange');
  const asked: string[] = [];
  const stranger = createServer((request, answer) => {
    asked.push(request.url ?? '');
    answer.end(request.url === '/_sandbox/lease' ? '<html>' : '{}');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  const facts = { accessKeyId: 'a', secretAccessKey: 'b', region: 'us-east-1', account: '123456789012', pid: 1 };
  for (const endpoint of [`http://127.0.0.1:${port}`, `http://localhost.:${port}`, 'http://192.0.2.1']) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'sandbox.json'), JSON.stringify({ ...facts, endpoint }));
    const connection = await connectSandbox({ script: 'dist/sandbox.js', dataDir: folder });
    expect(connection).toMatchObject({ started: true });
    expect(connection.endpoint).not.toBe(endpoint);
    connection.dispose();
    process.kill(connection.pid, 'SIGKILL');
  }
  // The one that looked like ours was asked once; the others not at all.
  expect(asked).toEqual(['/_sandbox/lease']);
  stranger.close();
});

test('a script that says something else is told in a sentence, without what it said', async () => {
  const script = join(dataDir, 'other.mjs');
  writeFileSync(script, `console.log('secretAccessKey=hidden'); setTimeout(() => undefined, 60_000);`);
  const failed: unknown = await connectSandbox({ script, dataDir: join(dataDir, 'none') }).catch(
    (error: unknown) => error,
  );
  expect(String(failed)).toMatch(/does not say where/);
  expect(String(failed)).not.toMatch(/hidden/);
});
