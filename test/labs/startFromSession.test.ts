// A lab that builds on another starts from what that one's session has left. Whichever session is then cleaned up first, whatever was
// broken off on the way, nothing is left, and nothing is removed that has come to belong to another.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { LabRun } from '../../src/lab/labRun.ts';
import type { Confirmation } from '../../src/lab/runOptions.ts';
import { listSessions } from '../../src/lab/session.ts';
import { Bench, Killed, labIn, type Kill } from './bench.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let first: Bench;
let second: Bench;
beforeAll(async () => {
  first = await Bench.start('labs/sns-sqs');
  second = first.withLab(await labIn('labs/s3-events'));
});
beforeEach(() => first.fresh());
afterAll(() => first.stop());

const answers = 'sandbox' as const;
const takeOver = async () => 'adopt';

/** Leaves the first lab as it stands after this step, its session open. */
async function leaveFirst(step: string): Promise<string> {
  const run = await first.open().run;
  expect(await run.runTo(step, { answers })).toMatchObject({ ok: true });
  run.dispose();
  return run.snapshot().sessionId;
}

async function finishSecond(run: LabRun, confirm: (question: Confirmation) => Promise<string> = takeOver): Promise<void> {
  expect(await run.runAll({ answers, confirm })).toMatchObject({ ok: true });
}

const adopted = (run: LabRun) => run.snapshot().resources.filter((resource) => resource.adopted);
const cleanFirst = async () => first.cleanUp(await first.open().run);

describe('from a finished session', () => {
  test('takes over all, asking once and naming each', async () => {
    await leaveFirst('finish');
    const run = await second.open().run;
    const asked: Confirmation[] = [];
    await finishSecond(run, async (question) => (asked.push(question), 'adopt'));
    expect(asked).toMatchObject([{ kind: 'take-over', stepId: 'base' }]);
    expect(asked[0]?.resources.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'topic Order',
      'queue ContentQ',
      'queue ContentRedriveQ',
      'subscription Order -> ContentQ',
      'subscription Order -> shop@example.com',
    ]);
    expect(adopted(run)).toHaveLength(5);
    const notes = run.snapshot().steps[1]?.actions.map(({ note }) => note);
    expect(notes).toContain('The topic Order is taken over from the lab sns-sqs.');
    await second.cleanUp(run);
    await cleanFirst();
    await first.expectAsBefore();
  });

  test('the first cleaned up first: it leaves alone what is no longer its own, and says so', async () => {
    await leaveFirst('finish');
    const run = await second.open().run;
    await finishSecond(run);
    const old = await first.open().run;
    const { left, sentence } = await old.teardown();
    expect(left).toEqual([]);
    expect(sentence).toBe(
      "0 left. 5 resources are no longer this session's: the lab s3-events took over and removes what it has.",
    );
    for (const { id, kind } of second.lab.steps)
      if (kind === 'do') expect(await run.checkStep(id), id).toMatchObject({ ok: true });
    await second.cleanUp(run);
    await first.expectAsBefore();
  });

  test('its inputs and names are those of the session it starts from', async () => {
    const { lab, dataDir, target } = first;
    const options = { ...first.settings(), lab, dataDir, target };
    const run = await LabRun.open({ ...options, inputs: { email: 'me@example.com', topic: 'Orders' } });
    await run.runTo('mail', { answers });
    run.dispose();
    const next = await second.open().run;
    expect(next.snapshot()).toMatchObject({ inputs: { email: 'me@example.com' }, names: { topic: 'Orders' } });
    await finishSecond(next);
    await second.cleanUp(next);
    await cleanFirst();
    await first.expectAsBefore();
  });

  test('not taken over without consent, and then cleaned up by its own session', async () => {
    await leaveFirst('finish');
    const run = await second.open().run;
    const { ok, sentence } = await run.runAll({ answers, confirm: async () => 'no' });
    expect(ok).toBe(false);
    expect(sentence).toMatch(/^The lab sns-sqs has left topic Order, .* clean that lab up first/);
    expect(run.snapshot().resources).toEqual([]);
    await second.cleanUp(run);
    await cleanFirst();
    await first.expectAsBefore();
  });

  test('found by Check, it is taken over too', async () => {
    await leaveFirst('finish');
    const run = await second.open().run;
    const asked: Confirmation[] = [];
    const confirm = async (question: Confirmation) => (asked.push(question), 'adopt');
    expect(await run.checkStep('base', { confirm })).toMatchObject({ ok: true });
    expect(asked).toMatchObject([{ kind: 'take-over', text: expect.stringContaining('The lab sns-sqs has left topic Order') }]);
    await finishSecond(run);
    await cleanFirst();
    await second.cleanUp(run);
    await first.expectAsBefore();
  });

  test('the first, gone on with, asks before it takes back', async () => {
    await leaveFirst('mail');
    const run = await second.open().run;
    await finishSecond(run);
    const old = await first.open().run;
    const asked: Confirmation[] = [];
    await old.runStep('queue', { answers, confirm: async (question) => (asked.push(question), 'adopt') });
    expect(asked).toMatchObject([{ kind: 'exists', resources: [{ name: 'ContentQ' }] }]);
    expect(asked[0]?.text).toContain('(the lab s3-events did, session');
    await second.cleanUp(run);
    expect(await first.target.send('sqs.GetQueueUrl', { QueueName: 'ContentQ' })).toBeTruthy();
    await first.cleanUp(old);
    await first.expectAsBefore();
  });
});

test.each(['topic', 'queue', 'redrive-policy', 'mail'])('from a session that got as far as "%s": what is missing is made', async (step) => {
  await leaveFirst(step);
  const run = await second.open().run;
  await finishSecond(run);
  expect(adopted(run).length).toBe({ topic: 1, queue: 2, 'redrive-policy': 3, mail: 4 }[step]);
  await cleanFirst();
  await second.cleanUp(run);
  await first.expectAsBefore();
});

test('from a session whose mail nobody has confirmed', async () => {
  await leaveFirst('redrive-policy');
  const old = await first.open().run;
  const cancel = new AbortController();
  old.onChange(({ steps }) => void (steps.some(({ status }) => status === 'asking') && cancel.abort()));
  await old.runStep('mail', { signal: cancel.signal });
  old.dispose();
  const run = await second.open().run;
  await finishSecond(run);
  expect(adopted(run)).toHaveLength(4);
  await second.cleanUp(run);
  await cleanFirst();
  await first.expectAsBefore();
});

test('from a session that somebody else cleaned up: all is made, and stays when that session is cleaned up', async () => {
  await leaveFirst('finish');
  for (const name of ['ContentQ', 'ContentRedriveQ']) {
    const { QueueUrl } = await first.target.send('sqs.GetQueueUrl', { QueueName: name });
    await first.target.send('sqs.DeleteQueue', { QueueUrl });
  }
  const { Topics = [] } = await first.target.send('sns.ListTopics', {});
  for (const { TopicArn } of Topics) await first.target.send('sns.DeleteTopic', { TopicArn });
  await first.target.wait(61_000);
  const run = await second.open().run;
  await finishSecond(run, async () => expect.unreachable('there is nothing to ask'));
  expect(adopted(run)).toEqual([]);
  await cleanFirst();
  expect(await first.target.send('sqs.GetQueueUrl', { QueueName: 'ContentQ' })).toBeTruthy();
  await second.cleanUp(run);
  await first.expectAsBefore();
});

describe('broken off while it takes over', () => {
  async function takeOverUntil(kill: Kill): Promise<void> {
    await leaveFirst('finish');
    const { run } = second.open(kill);
    const live = async () => (await run).runStep('base', { answers, confirm: takeOver });
    await expect(live(), `line ${kill.line}`).rejects.toThrow(Killed);
  }

  async function linesOfTakingOver(): Promise<number> {
    await leaveFirst('finish');
    const { run, lines } = second.open();
    await (await run).runStep('base', { answers, confirm: takeOver });
    return lines();
  }

  test.each([
    ['the second cleaned up first', true],
    ['the first cleaned up first', false],
  ])('at each line of the journal: %s', async (_name, secondFirst) => {
    const lines = await linesOfTakingOver();
    for (let line = 2; line <= lines; line++) {
      await first.fresh();
      await takeOverUntil({ line, written: line % 2 === 0 ? 'half' : 'whole' });
      if (!secondFirst) await cleanFirst();
      await second.cleanUp(await second.open().run);
      if (secondFirst) await cleanFirst();
      await first.expectAsBefore();
    }
  });

  test('at each line of the journal: it can be gone on with', async () => {
    const lines = await linesOfTakingOver();
    for (let line = 2; line <= lines; line++) {
      await first.fresh();
      await takeOverUntil({ line, written: 'whole' });
      const run = await second.open().run;
      await finishSecond(run);
      await cleanFirst();
      await second.cleanUp(run);
      await first.expectAsBefore();
    }
  });

  test.each(['error', 'drop-after'])('by a fault (%s) at each call: nothing is left', async (kind) => {
    for (let skip = 0; skip < 36; skip++) {
      await first.fresh();
      await leaveFirst('finish');
      await first.sandbox.admin('faults', { rules: [{ operation: '*', kind, skip, times: 8 }] });
      const run = await second.open().run;
      await run.runStep('base', { answers, confirm: takeOver });
      await first.sandbox.admin('faults', undefined, 'DELETE');
      if (skip % 2 === 0) await cleanFirst();
      await second.cleanUp(run);
      await cleanFirst();
      await first.expectAsBefore();
    }
  });
});

test('sessions of both labs are listed with what they have', async () => {
  await leaveFirst('mail');
  const run = await second.open().run;
  await finishSecond(run);
  expect(listSessions(first.dataDir).map(({ lab, resources }) => `${lab} ${resources}`).sort()).toEqual(['s3-events 6', 'sns-sqs 4']);
  await second.cleanUp(run);
  await cleanFirst();
});
