// Every lab, with a fault at every call: it goes on, or can be run again, or is cleaned up, and nothing is left.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Bench, labFolders } from './bench.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const faults = ['throttle', 'error', 'drop-before', 'drop-after'] as const;
/** More than anything tries again by itself. */
const outage = 40;

describe.each(labFolders)('%s', (folder) => {
  let bench: Bench;
  let calls = 0;
  beforeAll(async () => {
    bench = await Bench.start(folder);
    await bench.fresh();
    const stop = bench.target.onCall(() => void calls++);
    const run = await bench.open().run;
    await bench.finish(run);
    await bench.cleanUp(run);
    stop();
  });
  afterAll(() => bench.stop());

  async function breakAt(kind: string, skip: number, times: number): Promise<void> {
    await bench.fresh();
    await bench.sandbox.admin('faults', { rules: [{ operation: '*', kind, skip, times }] });
  }

  describe.each(faults)('%s', (kind) => {
    test('once, at each call: the lab goes on', async () => {
      for (let call = 0; call < calls; call++) {
        await breakAt(kind, call, 1);
        const run = await bench.open().run;
        await bench.finish(run);
        await bench.cleanUp(run);
        await bench.expectAsBefore();
      }
    });

  });

  // Throttled or dropped before they arrive, calls have had no effect: these two are the ones that leave doubt.
  describe.each(['error', 'drop-after'])('%s', (kind) => {
    async function runThroughOutage(call: number): Promise<void> {
      await breakAt(kind, call, outage);
      const run = await bench.open().run;
      const { ok } = await run.runAll({ answers: 'sandbox' });
      if (ok) await run.teardown().catch(() => undefined);
      run.dispose();
      await bench.sandbox.admin('faults', undefined, 'DELETE');
    }

    test('from each call on, for long: the lab resumes once it is over', async () => {
      for (let call = 0; call < calls; call++) {
        await runThroughOutage(call);
        const run = await bench.open().run;
        await bench.finish(run);
        await bench.cleanUp(run);
        await bench.expectAsBefore();
      }
    });

    test('from each call on, for long: it is cleaned up once it is over', async () => {
      for (let call = 0; call < calls; call++) {
        await runThroughOutage(call);
        await bench.cleanUp(await bench.open().run);
        await bench.expectAsBefore();
      }
    });
  });

  test('there were calls to break', () => expect(calls).toBeGreaterThan(10));
});
