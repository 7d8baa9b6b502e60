// The client's process: asked by its parent for one round on one server, answers with times. A process of its own, so that neither
// the server nor the parent shares its thread.
import { cpuMs } from './servers.ts';
import { openShop, operationNames, type Operation } from './shop.ts';

export interface RoundOrder {
  readonly mode: 'raw' | 'sdk';
  readonly endpoint: string;
  readonly serverPid: number;
  readonly inFlight: number;
  readonly count: number;
  readonly only?: readonly Operation[];
}
export interface Measure {
  readonly operation: Operation;
  readonly perSecond: number;
  /** Of one request, in microseconds; absent where the system does not tell. */
  readonly serverCpuUs?: number;
  readonly clientCpuUs: number;
  /** Shares of the wall time in which each side was computing. */
  readonly serverBusy?: number;
  readonly clientBusy: number;
}
export type RoundAnswer = { readonly measures: readonly Measure[] } | { readonly error: string };

async function round(order: RoundOrder): Promise<readonly Measure[]> {
  const shop = await openShop(order.mode, order.endpoint, order.inFlight);
  const measures: Measure[] = [];
  for (const operation of order.only ?? operationNames) {
    const count = operation === 'publish' ? Math.ceil(order.count / 3) : order.count;
    measures.push({ operation, ...(await measure(shop.operations[operation], count, order)) });
  }
  await shop.close();
  return measures;
}

async function measure(
  act: (worker: number) => Promise<void>,
  count: number,
  { inFlight, serverPid }: RoundOrder,
): Promise<Omit<Measure, 'operation'>> {
  let left = count;
  const work = async (worker: number): Promise<void> => {
    while (left-- > 0) await act(worker);
  };
  const serverBefore = cpuMs(serverPid);
  const clientBefore = process.cpuUsage();
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, (_, worker) => work(worker)));
  const ms = performance.now() - begun;
  const client = process.cpuUsage(clientBefore);
  const clientMs = (client.user + client.system) / 1000;
  const serverAfter = cpuMs(serverPid);
  const common = { perSecond: (count / ms) * 1000, clientCpuUs: (clientMs / count) * 1000, clientBusy: clientMs / ms };
  if (serverBefore === undefined || serverAfter === undefined) return common;
  const serverMs = serverAfter - serverBefore;
  return { ...common, serverCpuUs: (serverMs / count) * 1000, serverBusy: serverMs / ms };
}

process.on('message', (order: RoundOrder) => {
  round(order).then(
    (measures) => process.send?.({ measures } satisfies RoundAnswer),
    (error: unknown) => process.send?.({ error: String(error) } satisfies RoundAnswer),
  );
});

process.on('disconnect', () => process.exit());
