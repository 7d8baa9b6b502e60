import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleSandbox, startProcess, temporaryFolder, type SandboxProcess } from './startProcess.ts';

let script: string;
let remove: () => void;
let dir: string;
let running: SandboxProcess[] = [];
beforeAll(async () => {
  ({ script, remove } = await bundleSandbox());
}, 60_000);
afterAll(() => remove());
beforeEach(() => {
  dir = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.end('SIGKILL')));
  running = [];
  rmSync(dir, { recursive: true, force: true });
});

const start = async (...args: string[]): Promise<SandboxProcess> => {
  const one = await startProcess(script, ...args);
  running.push(one);
  return one;
};
const clientOf = (kind: typeof SQSClient, { line }: SandboxProcess): SQSClient =>
  new kind({ ...line, maxAttempts: 1, credentials: { ...line } });
const queues = async (of: SandboxProcess): Promise<string[]> => {
  const { QueueUrls = [] } = await clientOf(SQSClient, of).send(new ListQueuesCommand({}));
  return QueueUrls.map((url) => url.split('/').at(-1) ?? '');
};
const create = (of: SandboxProcess, QueueName: string) =>
  clientOf(SQSClient, of).send(new CreateQueueCommand({ QueueName }));
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

it('answers within 400 ms of its start', async () => {
  const times: number[] = [];
  // Of several, the best: other work on the machine slows the one or the other.
  for (let tries = 0; tries < 12 && !times.some((ms) => ms < 400); tries++) {
    const began = performance.now();
    const one = await start();
    await new STSClient({ ...one.line, credentials: { ...one.line } }).send(new GetCallerIdentityCommand({}));
    times.push(performance.now() - began);
    await one.end('SIGTERM');
  }
  expect(Math.min(...times)).toBeLessThan(400);
}, 60_000);

it('says what to do about a busy port, and ends with 1', async () => {
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const { port } = busy.address() as AddressInfo;
  await expect(startProcess(script, '--port', String(port))).rejects.toThrow(
    new RegExp(`^ended with 1: Port ${port} is in use by another program\\..*--port N`),
  );
  busy.close();
});

it('says what is wrong with its options', async () => {
  await expect(startProcess(script, '--port', 'many')).rejects.toThrow(/many is no port/);
  await expect(startProcess(script, '--account', '12')).rejects.toThrow(/12 digits/);
  await expect(startProcess(script, '--colour')).rejects.toThrow(/ended with 1: Unknown option/);
});

describe('with a data folder', () => {
  it('keeps keys and state over SIGTERM, in files of its own', async () => {
    const first = await start('--data-dir', dir);
    await create(first, 'kept');
    expect(readdirSync(dir).toSorted()).toContain('sandbox.json');
    expect(JSON.parse(readFileSync(join(dir, 'sandbox.json'), 'utf8'))).toEqual(first.line);
    expect(await first.end('SIGTERM')).toBe(0);
    expect(readdirSync(dir).toSorted()).toEqual(['keys.json', 'port', 'state.bin']);
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    const second = await start('--data-dir', dir);
    expect(second.line.accessKeyId).toBe(first.line.accessKeyId);
    expect(await queues(second)).toEqual(['kept']);
  });

  it('answers at the same address again, or at another where that is taken', async () => {
    const first = await start('--data-dir', dir);
    await first.end('SIGKILL');
    const second = await start('--data-dir', dir);
    expect(second.line.endpoint).toBe(first.line.endpoint);
    await second.end('SIGTERM');
    const other = createServer().listen(Number(new URL(first.line.endpoint).port), '127.0.0.1');
    await once(other, 'listening');
    const third = await start('--data-dir', dir);
    expect(third.line.endpoint).not.toBe(first.line.endpoint);
    other.close();
  });

  it('loses no more than a second when it is killed', async () => {
    const first = await start('--data-dir', dir);
    await create(first, 'early');
    await pause(1000);
    await create(first, 'late');
    await first.end('SIGKILL');
    const second = await start('--data-dir', dir);
    expect(await queues(second)).toContain('early');
  });

  it('never leaves half a state, whenever it is killed', async () => {
    let count = 0;
    for (let round = 0; round < 6; round++) {
      const one = await start('--data-dir', dir);
      expect(one.complaints()).toBe('');
      const kept = (await queues(one)).length;
      expect(kept).toBeGreaterThanOrEqual(count);
      count = kept;
      const creating = Promise.allSettled(Array.from({ length: 60 }, (_, index) => create(one, `q-${round}-${index}`)));
      await pause(90 + round * 25);
      await one.end('SIGKILL');
      await creating;
    }
    expect(readdirSync(dir).filter((name) => name.includes('broken'))).toEqual([]);
  }, 30_000);

  it('puts a broken state aside and starts empty', async () => {
    const first = await start('--data-dir', dir);
    await create(first, 'gone');
    await first.end('SIGTERM');
    const state = readFileSync(join(dir, 'state.bin'));
    for (const broken of [state.subarray(0, state.length - 9), Buffer.from('nonsense'), Buffer.alloc(0)]) {
      writeFileSync(join(dir, 'state.bin'), broken);
      const next = await start('--data-dir', dir);
      expect(await queues(next)).toEqual([]);
      expect(next.complaints()).toMatch(
        /saved state could not be read, so it starts empty\. The file was kept as .*state\.bin\.broken-/,
      );
      await next.end('SIGTERM');
    }
    expect(readdirSync(dir).filter((name) => name.includes('broken'))).toHaveLength(3);
  });

  it('is shared: a second start tells of the first', async () => {
    const first = await start('--data-dir', dir);
    const second = await start('--data-dir', dir);
    expect(second.line).toEqual(first.line);
    expect(await second.end('SIGCONT')).toBe(0);
  });

  it('is taken over from one that was killed, even with its files there', async () => {
    const first = await start('--data-dir', dir);
    await first.end('SIGKILL');
    expect(existsSync(join(dir, 'sandbox.json'))).toBe(true);
    const second = await start('--data-dir', dir);
    expect(second.line.pid).not.toBe(first.line.pid);
  });
});

it('ends when its last user has gone', async () => {
  const one = await start('--exit-when-unused', '--data-dir', dir);
  const lease = new AbortController();
  const response = await fetch(`${one.line.endpoint}/_sandbox/lease`, { signal: lease.signal });
  await response.body?.getReader().read();
  await create(one, 'kept');
  await pause(200);
  expect(one.child.exitCode).toBeNull();
  lease.abort();
  await once(one.child, 'exit');
  expect(one.child.exitCode).toBe(0);
  expect(existsSync(join(dir, 'sandbox.json'))).toBe(false);
}, 15_000);
