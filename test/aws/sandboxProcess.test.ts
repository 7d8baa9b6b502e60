// The sandbox as a process: started once, shared, noticed when it is killed, and started again with its state.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
