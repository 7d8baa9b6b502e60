// Every lab, killed at every line of its journal: opened again it goes on to its end, or is cleaned up at once, and nothing is left.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Bench, Killed, labFolders, type Kill } from './bench.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

describe.each(labFolders)('%s', (folder) => {
  let bench: Bench;
  let lines = 0;
  beforeAll(async () => {
    bench = await Bench.start(folder);
    await bench.fresh();
    const whole = bench.open();
    await bench.finish(await whole.run);
    await bench.cleanUp(await whole.run);
    lines = whole.lines();
  });
  afterAll(() => bench.stop());

  async function runUntilKilled(kill: Kill): Promise<void> {
    await bench.fresh();
    const { run, signal } = bench.open(kill);
    const live = async () => {
      const alive = await run;
      await bench.finish(alive, signal);
      await bench.cleanUp(alive, signal);
    };
    await expect(live(), `line ${kill.line} of ${lines}`).rejects.toThrow(Killed);
  }

  for (const written of ['whole', 'half'] as const) {
    test(`the last line ${written}: resumed to the end`, async () => {
      for (let line = 1; line <= lines; line++) {
        await runUntilKilled({ line, written });
        const run = await bench.open().run;
        await bench.finish(run);
        await bench.cleanUp(run);
        await bench.expectAsBefore();
      }
    });

    test(`the last line ${written}: cleaned up at once`, async () => {
      for (let line = 1; line <= lines; line++) {
        await runUntilKilled({ line, written });
        await bench.cleanUp(await bench.open().run);
        await bench.expectAsBefore();
      }
    });
  }
});
