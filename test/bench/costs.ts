// What the sandbox costs besides its speed: start, memory, reset, snapshot.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, openClient, type Way } from './compare.ts';
import { rawSend } from './fill.ts';
import { memoryMb, sandboxWith, start, type Launch, type Running } from './servers.ts';

export interface Cost {
  readonly what: string;
  readonly sandbox: number | undefined;
  readonly peer?: number | undefined;
  readonly unit: 'ms' | 'MB' | '/s' | '%';
  /** What the project asks for, if it does. */
  readonly bar?: string;
}

export async function startCost(sandbox: Launch, peer: Launch, times: number): Promise<Cost[]> {
  const taken: Record<'sandbox' | 'peer', Running[]> = { sandbox: [], peer: [] };
  for (let time = 0; time < times; time++) {
    for (const [side, launch] of [
      ['sandbox', sandbox],
      ['peer', peer],
    ] as const) {
      const running = await start(launch);
      taken[side].push(running);
      await running.stop();
    }
  }
  const wall = (side: readonly Running[]): number => median(side.map((running) => running.startMs));
  const cpu = (side: readonly Running[]): number => median(side.map((running) => running.startCpuMs ?? NaN));
  const what = 'start to first answer';
  return [
    { what, sandbox: wall(taken.sandbox), peer: wall(taken.peer), unit: 'ms', bar: '< 400' },
    { what: `${what}, processor time`, sandbox: cpu(taken.sandbox), peer: cpu(taken.peer), unit: 'ms' },
  ];
}

const way = (count: number): Way => ({ mode: 'raw', inFlight: 32, count });

/** All are sent before the first is received: the most that so many messages can take. */
export async function memoryCost(sandbox: Launch, peer: Launch, count: number): Promise<Cost[]> {
  const read: Record<'sandbox' | 'peer', ReturnType<typeof memoryMb>> = { sandbox: {}, peer: {} };
  for (const [side, launch] of [
    ['sandbox', sandbox],
    ['peer', peer],
  ] as const) {
    const running = await start(launch);
    const client = openClient(running, way(count), ['send', 'receive', 'delete']);
    await client.round();
    client.close();
    await sleep(1000);
    read[side] = memoryMb(running.pid);
    await running.stop();
  }
  const what = `${count} sent, received, deleted: memory`;
  return [
    { what, sandbox: read.sandbox.now, peer: read.peer.now, unit: 'MB', bar: '< 150' },
    { what: `${what} at its highest`, sandbox: read.sandbox.highest, peer: read.peer.highest, unit: 'MB' },
  ];
}

export async function resetCost(launch: Launch, count: number): Promise<Cost> {
  const running = await start(launch);
  const taken: number[] = [];
  for (let time = 0; time < 3; time++) {
    await rawSend(running, count);
    await fetch(`${running.endpoint}/_sandbox/health`); // the connection is open
    const begun = performance.now();
    const answer = await fetch(`${running.endpoint}/_sandbox/reset`, { method: 'POST' });
    await answer.text();
    taken.push(performance.now() - begun);
    if (answer.status !== 200) throw new Error(`reset: ${answer.status}`);
  }
  await running.stop();
  return { what: `reset with ${count} messages`, sandbox: median(taken), unit: 'ms', bar: '<= 5' };
}

/** How much slower sending is while every change is kept on disk; and ending, which saves all. */
export async function snapshotCost(count: number): Promise<Cost[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-labs-bench-'));
  const kept = await start(sandboxWith('--data-dir', folder));
  const perSecond = await rawSend(kept, count);
  const stopMs = await kept.stop();
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  const again = await start(sandboxWith('--data-dir', folder));
  await again.stop();
  await rm(folder, { recursive: true });
  const plain = await start(sandboxWith());
  const plainPerSecond = await rawSend(plain, count);
  await plain.stop();
  return [
    { what: `send ${count}, state in memory only`, sandbox: plainPerSecond, unit: '/s' },
    { what: `send ${count}, state kept on disk`, sandbox: perSecond, unit: '/s' },
    { what: `end and save ${count} messages`, sandbox: stopMs, unit: 'ms' },
    { what: `size of ${count} messages on disk`, sandbox: sizes.reduce((a, b) => a + b, 0) / 1e6, unit: 'MB' },
    { what: `start with ${count} messages on disk`, sandbox: again.startMs, unit: 'ms' },
  ];
}
