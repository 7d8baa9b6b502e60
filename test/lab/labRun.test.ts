// What a learner may meet: things that are there already, work done by hand, cancelling, locks, another account. Through the real SDK and sandbox.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { Target } from '../../src/aws/target.ts';
import { isAskedFor, openOrAskFor } from '../../src/lab/handOver.ts';
import { LabRun } from '../../src/lab/labRun.ts';
import type { Lab } from '../../src/lab/model.ts';
import type { Confirmation, OpenOptions } from '../../src/lab/runOptions.ts';
import { diskFiles, listSessions } from '../../src/lab/session.ts';
import { sweep } from '../../src/lab/sweep.ts';
import { clock, labIn } from '../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
let target: Target;
let lab: Lab;
let options: OpenOptions;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  target = await openAt(sandbox.region);
  lab = await labIn('test/fixtures/labs/small');
});
beforeEach(async () => {
  await sandbox.admin('faults', undefined, 'DELETE');
  await sandbox.admin('reset', {});
  const inputs = { email: 'a@example.com', queue: 'Q' };
  options = {
    lab,
    target,
    dataDir: mkdtempSync(join(tmpdir(), 'labs-')),
    inputs,
    clock,
    id: () => crypto.randomUUID().replaceAll('-', '').slice(0, 12),
  };
});
afterAll(async () => {
  target.dispose();
  await sandbox.stop();
});

function openAt(region: string): Promise<Target> {
  return openTarget({ kind: 'sandbox', endpoint: sandbox.endpoint, credentials: sandbox.credentials, region }, clock);
}

const answers = 'sandbox' as const;

describe('a resource that is there already', () => {
  beforeEach(
    async () => void (await target.send('sqs.CreateQueue', { QueueName: 'Q', Attributes: { VisibilityTimeout: '5' } })),
  );

  test('is not taken silently', async () => {
    const run = await LabRun.open(options);
    const result = await run.runStep('queue', { answers });
    expect(result).toMatchObject({ ok: false, status: 'failed' });
    expect(result.sentence).toContain('There is already a queue Q, and this session did not make it. Adopt it');
    expect(await run.teardown()).toMatchObject({ planned: 0, left: [] });
    expect(await target.send('sqs.GetQueueUrl', { QueueName: 'Q' })).toBeTruthy();
  });

  test('is adopted if the learner agrees, and then cleaned up', async () => {
    const run = await LabRun.open(options);
    const asked: Confirmation[] = [];
    const confirm = async (question: Confirmation) => (asked.push(question), 'adopt');
    expect(await run.runStep('queue', { answers, confirm })).toMatchObject({ ok: true });
    expect(asked).toMatchObject([{ kind: 'exists', stepId: 'queue', resources: [{ kind: 'queue', name: 'Q' }] }]);
    expect(run.snapshot().resources).toMatchObject([{ name: 'Q', adopted: true, state: 'alive' }]);
    expect(await run.teardown()).toMatchObject({ removed: 1, left: [] });
  });

  test('or another name is given', async () => {
    const run = await LabRun.open(options);
    await run.runStep('queue', { answers });
    run.setInputs({ queue: 'Another' });
    expect(await run.runStep('queue', { answers })).toMatchObject({ ok: true });
    expect(await run.teardown()).toMatchObject({ removed: 1, left: [] });
  });
});

describe('done by hand', () => {
  test('is found by Check, and later steps can use it; adopted only if the learner agrees', async () => {
    const { QueueUrl = '' } = await target.send('sqs.CreateQueue', {
      QueueName: 'Q',
      Attributes: { VisibilityTimeout: '5' },
    });
    const run = await LabRun.open(options);
    expect(await run.checkStep('queue', { confirm: async () => 'use' })).toMatchObject({ ok: true });
    expect(run.snapshot().steps[1]).toMatchObject({ status: 'done', byHand: true });
    expect(run.snapshot().resources).toEqual([]);
    expect(await run.runStep('message')).toMatchObject({ ok: true });
    expect(await run.teardown()).toMatchObject({ planned: 0 });
    expect(await target.send('sqs.GetQueueAttributes', { QueueUrl })).toBeTruthy();
  });

  test('adopted, it is cleaned up', async () => {
    await target.send('sqs.CreateQueue', { QueueName: 'Q', Attributes: { VisibilityTimeout: '5' } });
    const run = await LabRun.open(options);
    await run.checkStep('queue', { confirm: async () => 'adopt' });
    expect(run.snapshot().resources).toMatchObject([{ name: 'Q', adopted: true }]);
    expect(await run.teardown()).toMatchObject({ removed: 1 });
  });

  test('wrongly, the hint says what is wrong', async () => {
    await target.send('sqs.CreateQueue', { QueueName: 'Q', Attributes: { VisibilityTimeout: '9' } });
    const run = await LabRun.open(options);
    expect(await run.checkStep('queue')).toEqual({
      ok: false,
      status: 'waiting',
      sentence: 'The visibility timeout is not 5 seconds.',
    });
    expect(run.snapshot().steps[1]?.checks[0]).toMatchObject({
      ok: false,
      hint: 'The visibility timeout is not 5 seconds.',
    });
  });

  test('not at all, nothing is known', async () => {
    const run = await LabRun.open(options);
    expect(await run.checkStep('queue')).toMatchObject({ ok: false });
    expect(await run.runStep('message')).toMatchObject({
      ok: false,
      sentence: 'Nothing is known yet for ${queue.QueueUrl}. Run step 2, "A queue", first.',
    });
  });
});

describe('a queue that still holds messages', () => {
  const queueIn = (run: LabRun) =>
    run
      .snapshot()
      .teardown?.waves.flat()
      .find(({ kind }) => kind === 'queue');

  test('is emptied and kept, at most once in 60 seconds', async () => {
    const run = await LabRun.open(options);
    await run.runTo('message', { answers });
    const { QueueUrl } = await target.send('sqs.GetQueueUrl', { QueueName: 'Q' });
    await target.send('sqs.SendMessage', { QueueUrl, MessageBody: 'one' });
    await target.send('sqs.SendMessage', { QueueUrl, MessageBody: 'two' });
    const { messages } = await run.planTeardown();
    expect(messages).toBeGreaterThanOrEqual(2);
    const { id = '', ...planned } = queueIn(run) ?? {};
    expect(planned).toMatchObject({ canEmpty: true });

    expect(await run.empty(id)).toEqual({ ok: true, sentence: 'Q is emptied and still there.' });
    expect(run.snapshot().teardown).toMatchObject({ status: 'planned', messages: 0 });
    expect(queueIn(run)).toMatchObject({ contents: [], canEmpty: false });
    await target.send('sqs.SendMessage', { QueueUrl, MessageBody: 'three' });
    expect(await run.empty(id)).toMatchObject({ ok: false, sentence: expect.stringContaining('once in 60 seconds') });
    expect(queueIn(run)).toMatchObject({ contents: [{ what: 'message', count: 1 }], canEmpty: true });
    await target.wait(60_000);
    expect(await run.empty(id)).toMatchObject({ ok: true });
    expect(await run.empty('r99')).toMatchObject({ ok: false });
    expect(await run.teardown()).toMatchObject({ left: [], sentence: '0 left.' });
  });
});

describe('cancelled', () => {
  test('while it waits for a human: nothing is lost', async () => {
    const run = await LabRun.open(options);
    await run.runTo('queue', { answers });
    const cancel = new AbortController();
    const running = run.runStep('topic', { signal: cancel.signal });
    run.onChange(({ steps }) => void (steps[2]?.status === 'asking' && cancel.abort()));
    expect(await running).toMatchObject({
      ok: false,
      sentence: 'This was stopped. Run the step again when you like; nothing is lost.',
    });
    expect(await run.runStep('topic', { answers })).toMatchObject({ ok: true });
    expect(await run.teardown()).toMatchObject({ removed: 3, left: [] });
  });

  test('at any call: it can be run again, and nothing is left', async () => {
    for (let nth = 1; nth < 12; nth++) {
      const run = await LabRun.open(options);
      const cancel = new AbortController();
      let calls = 0;
      const stop = target.onCall(() => void (++calls === nth && cancel.abort()));
      await run.runTo('topic', { answers, signal: cancel.signal });
      stop();
      expect(await run.runTo('topic', { answers })).toMatchObject({ ok: true });
      expect((await run.teardown()).left).toEqual([]);
    }
    expect(await sweep({ target })).toEqual([]);
  });
});

describe('a session', () => {
  test('is locked against a second process, which is told so', async () => {
    const run = await LabRun.open(options);
    await expect(LabRun.open(options)).rejects.toThrow(/in use by another process \(\d+\). Close the lab/);
    run.dispose();
    const again = await LabRun.open(options);
    expect(again.snapshot().sessionId).toBe(run.snapshot().sessionId);
  });

  test('is asked for by who comes, and goes on there once it is let go of', async () => {
    const run = await LabRun.open(options);
    const { sessionId } = run.snapshot();
    const coming = { ...diskFiles, pid: process.ppid };
    let tries = 0;
    const sleep = async () => {
      tries++;
      if (tries === 3 && isAskedFor(options.dataDir, sessionId)) run.dispose();
    };
    const taken = await openOrAskFor({ ...options, files: coming, clock: { ...options.clock, sleep } });
    expect(taken.snapshot().sessionId).toBe(sessionId);
    expect(tries).toBe(3);
    expect(isAskedFor(options.dataDir, sessionId)).toBe(false);
    taken.dispose();
  });

  test('stays where it is while nobody lets go of it; who died while asking is not heard', async () => {
    const run = await LabRun.open(options);
    const { sessionId } = run.snapshot();
    let now = Date.now();
    const clock = { now: () => now, sleep: async (ms: number) => void (now += ms) };
    await expect(openOrAskFor({ ...options, clock })).rejects.toThrow(/in use by another process/);
    const asked = join(options.dataDir, 'sessions', `${sessionId}.jsonl.asked`);
    writeFileSync(asked, '999999999');
    expect(isAskedFor(options.dataDir, sessionId)).toBe(false);
    writeFileSync(asked, '');
    expect(isAskedFor(options.dataDir, sessionId)).toBe(false);
    rmSync(asked);
    run.dispose();
  });

  test('pins account and region', async () => {
    const run = await LabRun.open(options);
    run.dispose();
    const elsewhere = await openAt('eu-west-1');
    const sessionId = run.snapshot().sessionId;
    await expect(LabRun.open({ ...options, target: elsewhere, sessionId })).rejects.toThrow(
      /This session belongs to Sandbox, account 123456789012, region us-east-1; the target is now/,
    );
    const other = await LabRun.open({ ...options, target: elsewhere });
    expect(other.snapshot().sessionId).not.toBe(sessionId);
    elsewhere.dispose();
  });

  test('does one thing at a time', async () => {
    const run = await LabRun.open(options);
    const running = run.runStep('queue', { answers });
    await expect(run.teardown()).rejects.toThrow('The lab is running "A queue" just now.');
    await running;
    expect(await run.teardown()).toMatchObject({ left: [] });
    await expect(run.runStep('queue')).rejects.toThrow(
      'This session was cleaned up and has ended. Begin the lab anew.',
    );
  });

  test('refuses inputs that do not fit, in words', async () => {
    await expect(LabRun.open({ ...options, inputs: {} })).rejects.toThrow(
      'The input email (E-mail address) has no value. Give one: --input email=...',
    );
    await expect(LabRun.open({ ...options, inputs: { email: 'nobody' } })).rejects.toThrow(
      'E-mail address: this is no e-mail address.',
    );
    await expect(LabRun.open({ ...options, inputs: { emial: 'a@b' } })).rejects.toThrow(
      'This lab has no input emial. Did you mean email?',
    );
  });

  test('whose journal is damaged finds by tag what the lost lines told', async () => {
    const run = await LabRun.open(options);
    await run.runTo('topic', { answers });
    run.dispose();
    const path = join(options.dataDir, 'sessions', `${run.snapshot().sessionId}.jsonl`);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, lines.map((line) => (/"t":"(intent|made)"/.test(line) ? line.slice(0, 20) : line)).join('\n'));
    const again = await LabRun.open(options);
    expect(again.snapshot().notice).toMatch(/6 damaged lines of its journal could not be used/);
    expect(await again.teardown()).toMatchObject({ removed: 2, left: [] });
    expect(await sandbox.admin('state')).toEqual({ resources: [] });
  });

  test('whose journal is lost is found by sweeping', async () => {
    const run = await LabRun.open(options);
    await run.runTo('topic', { answers });
    const found = await sweep({ target });
    expect(found.map(({ found: { kind, name }, session, lab: of }) => ({ kind, name, session, of }))).toEqual([
      { kind: 'topic', name: 'Small', session: run.snapshot().sessionId, of: 'small' },
      { kind: 'queue', name: 'Q', session: run.snapshot().sessionId, of: 'small' },
    ]);
  });
});

test('undoing a step removes what it made and makes later steps stale', async () => {
  const run = await LabRun.open(options);
  await run.runAll({ answers });
  expect(await run.undoStep('queue')).toMatchObject({
    ok: true,
    status: 'waiting',
    sentence: '"A queue" is undone: 1 removed.',
  });
  expect(run.snapshot().steps.map(({ id, status, stale }) => `${id} ${status}${stale ? ' stale' : ''}`)).toEqual([
    'read-first done',
    'queue waiting',
    'topic done',
    'message waiting stale',
  ]);
  expect(await run.runTo('message', { answers })).toMatchObject({ ok: true });
  expect(await run.teardown()).toMatchObject({ removed: 3, left: [] });
});

test('nothing of a key is ever written', async () => {
  const run = await LabRun.open(options);
  await run.runAll({ answers });
  const written = readFileSync(join(options.dataDir, 'sessions', `${run.snapshot().sessionId}.jsonl`), 'utf8');
  expect(written).not.toContain(sandbox.credentials.secretAccessKey);
  await run.teardown();
  expect(listSessions(options.dataDir)).toMatchObject([{ lab: 'small', closed: true, resources: 0 }]);
});

test('throttled, refused or failing for long: a sentence, and the step can be run again', async () => {
  const run = await LabRun.open(options);
  await sandbox.admin('faults', {
    rules: [{ operation: 'sqs.CreateQueue', kind: 'error', code: 'AccessDenied', status: 403, times: 1 }],
  });
  expect((await run.runStep('queue')).sentence).toMatch(/^Access denied for sqs.CreateQueue/);
  await sandbox.admin('faults', { rules: [{ operation: 'sqs.CreateQueue', kind: 'throttle', times: 9 }] });
  expect((await run.runStep('queue')).sentence).toBe(
    'sqs.CreateQueue was throttled: too many calls at once. Wait a moment and try again.',
  );
  await sandbox.admin('faults', undefined, 'DELETE');
  expect(await run.runStep('queue')).toMatchObject({ ok: true });
  expect(await run.teardown()).toMatchObject({ removed: 1, left: [] });
});
