// Sandbox and peer, round about, so that whatever else the machine is doing meets both alike.
import { fork } from 'node:child_process';
import type { Measure, RoundAnswer, RoundOrder } from './client.ts';
import type { Running } from './servers.ts';
import type { Operation } from './shop.ts';

export interface Way {
  readonly mode: 'raw' | 'sdk';
  readonly inFlight: number;
  readonly count: number;
}
export interface Comparison extends Way {
  readonly operation: Operation;
  /** Medians over the rounds. */
  readonly sandbox: Side;
  readonly peer: Side;
  /** Median of the ratios of neighbouring rounds; above 1 the sandbox is faster. */
  readonly ratio: number;
  /** Of the servers' processor time for one request; above 1 the sandbox needs less. Hardly disturbed by other load. */
  readonly cpuRatio?: number;
  readonly bottleneck: 'server' | 'client' | 'neither';
}
export interface Side {
  readonly perSecond: number;
  readonly serverCpuUs?: number;
  readonly serverBusy?: number;
  readonly clientBusy: number;
}

export async function compare(sandbox: Running, peer: Running, way: Way, rounds: number): Promise<Comparison[]> {
  const sides = [openClient(sandbox, way), openClient(peer, way)] as const;
  try {
    return await compareSides(sides[0], sides[1], way, rounds);
  } finally {
    sides.forEach((side) => side.close());
  }
}

async function compareSides(sandbox: Client, peer: Client, way: Way, rounds: number): Promise<Comparison[]> {
  const results: { sandbox: readonly Measure[]; peer: readonly Measure[] }[] = [];
  await sandbox.round(); // warm, and not counted
  await peer.round();
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) results.push({ sandbox: await sandbox.round(), peer: await peer.round() });
    else {
      const measured = await peer.round();
      results.push({ sandbox: await sandbox.round(), peer: measured });
    }
  }
  return (results[0]?.sandbox ?? []).map(({ operation }, index) => {
    const pairs = results.flatMap((result) => {
      const pair = { sandbox: result.sandbox[index], peer: result.peer[index] };
      return pair.sandbox === undefined || pair.peer === undefined ? [] : [{ sandbox: pair.sandbox, peer: pair.peer }];
    });
    return { ...way, operation, ...summarise(pairs) };
  });
}

type Pair = { readonly sandbox: Measure; readonly peer: Measure };

function summarise(pairs: readonly Pair[]): Omit<Comparison, keyof Way | 'operation'> {
  const sandbox = side(pairs.map((pair) => pair.sandbox));
  const peer = side(pairs.map((pair) => pair.peer));
  const cpu = pairs.flatMap(({ sandbox, peer }) =>
    sandbox.serverCpuUs && peer.serverCpuUs ? [peer.serverCpuUs / sandbox.serverCpuUs] : [],
  );
  return {
    sandbox,
    peer,
    ratio: median(pairs.map((pair) => pair.sandbox.perSecond / pair.peer.perSecond)),
    ...(cpu.length > 0 && { cpuRatio: median(cpu) }),
    bottleneck: bottleneck(sandbox),
  };
}

function bottleneck({ serverBusy = 0, clientBusy }: Side): Comparison['bottleneck'] {
  if (Math.max(serverBusy, clientBusy) < 0.6) return 'neither';
  return serverBusy >= clientBusy ? 'server' : 'client';
}

function side(measures: readonly Measure[]): Side {
  const cpu = measures.flatMap(({ serverCpuUs }) => serverCpuUs ?? []);
  const busy = measures.flatMap(({ serverBusy }) => serverBusy ?? []);
  return {
    perSecond: median(measures.map((measure) => measure.perSecond)),
    clientBusy: median(measures.map((measure) => measure.clientBusy)),
    ...(cpu.length > 0 && { serverCpuUs: median(cpu), serverBusy: median(busy) }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

interface Client {
  round(): Promise<readonly Measure[]>;
  close(): void;
}

export function openClient(server: Running, way: Way, only?: readonly Operation[]): Client {
  const child = fork(new URL('client.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const order: RoundOrder = {
    ...way,
    endpoint: server.endpoint,
    serverPid: server.pid,
    ...(only !== undefined && { only }),
  };
  return {
    round: () =>
      new Promise((done, failed) => {
        child.once('exit', () => failed(new Error('the client ended')));
        child.once('message', (answer: RoundAnswer) => {
          child.removeAllListeners('exit');
          if ('error' in answer) failed(new Error(`${server.name}: ${answer.error}`));
          else done(answer.measures);
        });
        child.send(order);
      }),
    close: () => void child.kill(),
  };
}
