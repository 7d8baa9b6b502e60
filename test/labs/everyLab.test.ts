// Every lab, whatever it teaches: run in the sandbox, checked, torn down, and the sandbox is as it was before. No lab needs code of its own here.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Bench, labFolders } from './bench.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

describe.each(labFolders)('%s', (folder) => {
  let bench: Bench;
  beforeAll(async () => void (bench = await Bench.start(folder)));
  beforeEach(() => bench.fresh());
  afterAll(() => bench.stop());

  test('runs to its end, and cleaning up leaves nothing', async () => {
    const run = await bench.open().run;
    expect(await bench.finish(run)).toBe(0);
    const { steps } = run.snapshot();
    expect(steps.map(({ status }) => status)).toEqual(steps.map(() => 'done'));
    expect(steps.flatMap(({ checks }) => checks).every(({ ok }) => ok)).toBe(true);
    const plan = await run.planTeardown();
    expect(await run.teardown()).toEqual({ planned: plan.total, removed: plan.total, left: [], sentence: '0 left.' });
    await bench.expectAsBefore();
  });

  test('can be done over, and every step twice', async () => {
    const run = await bench.open().run;
    for (const { id } of bench.lab.steps) {
      for (const time of ['first', 'second']) {
        const { ok, sentence } = await run.runStep(id, { answers: 'sandbox' });
        expect({ id, time, ok, sentence }).toMatchObject({ ok: true });
      }
    }
    expect((await run.reset()).left).toEqual([]);
    expect(await bench.finish(run)).toBe(0);
    await bench.cleanUp(run);
    await bench.expectAsBefore();
  });

  test('each step can be run with those before it, then undone', async () => {
    const run = await bench.open().run;
    for (const { id } of bench.lab.steps) {
      expect(await run.runTo(id, { answers: 'sandbox' })).toMatchObject({ ok: true });
      expect(await run.undoStep(id)).toMatchObject({ ok: true });
      expect(await run.runTo(id, { answers: 'sandbox' })).toMatchObject({ ok: true });
    }
    await bench.cleanUp(run);
    await bench.expectAsBefore();
  });
});
