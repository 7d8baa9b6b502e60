import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/aws/target.ts';
import { explain } from '../../src/host/explain.ts';
import type { LabEntry } from '../../src/host/labCatalog.ts';
import { LabSession } from '../../src/host/labSession.ts';
import type { SessionRim } from '../../src/host/sessionRim.ts';
import type { LabRunContract } from '../../src/lab/labRun.ts';
import type { Lab } from '../../src/lab/model.ts';
import type { ActOptions, OpenOptions, StepResult } from '../../src/lab/runOptions.ts';
import type { RunSnapshot } from '../../src/lab/snapshot.ts';

// The session of a lab in a window, with an engine that does what the test says.

const lab: Lab = {
  id: 'x',
  title: 'X',
  summary: '',
  minutes: 1,
  services: [],
  covers: [],
  corrections: [],
  inputs: [],
  names: [],
  intro: [],
  steps: [],
};
const entry: LabEntry = {
  id: 'x',
  labId: 'x',
  file: '/x/lab.md',
  origin: 'bundled',
  title: 'X',
  lab,
  problems: [],
  thorough: true,
};

function start(
  change: Partial<SessionRim> = {},
  act: (options?: ActOptions) => Promise<unknown> = async () => undefined,
  outcome: StepResult = { ok: true, status: 'done', sentence: '' },
) {
  const done: string[] = [];
  const opened: OpenOptions[] = [];
  const contents = [{ what: 'messages', count: 2 }];
  const waves = [[{ id: 'r1', kindLabel: 'queue', name: 'Q', contents, canEmpty: true }]];
  const snapshot = {
    labId: 'x',
    closed: false,
    resources: [],
    steps: [],
    teardown: { waves },
  } as unknown as RunSnapshot;
  const step = (name: string) => async (_step: string, options?: ActOptions) => {
    done.push(name);
    await act(options);
    return outcome;
  };
  const engine = {
    snapshot: () => snapshot,
    onChange: () => () => undefined,
    runStep: step('runStep'),
    undoStep: step('undoStep'),
    reset: async () => void done.push('reset'),
    planTeardown: async () => void done.push('plan'),
    teardown: async () => void done.push('teardown'),
    empty: async () => (done.push('empty'), { ok: false, sentence: 'Once in 60 seconds.' }),
    dispose: () => void done.push('dispose'),
  } as unknown as LabRunContract;
  const ask = { now: (): void => undefined };
  const rim: SessionRim = {
    entry: async () => entry,
    trusted: () => true,
    openTarget: async () => ({}) as Target,
    isReal: () => false,
    openRun: async (options) => {
      opened.push(options);
      return engine;
    },
    whenAskedFor: (_session, asked) => {
      ask.now = asked;
      return () => (ask.now = () => undefined);
    },
    findUnfinished: async () => undefined,
    settings: () => ({ dataDir: '/d', clock: { now: () => 0, sleep: async () => undefined }, id: () => 'id' }),
    confirm: async () => undefined,
    sure: async () => true,
    explain: (error) => explain(error, true),
    ...change,
  };
  return { session: new LabSession(rim), done, opened, ask };
}

describe('the session of a lab in a window', () => {
  it('does one thing at a time, and says what is going on', async () => {
    let finish: () => void = () => undefined;
    const { session } = start({}, () => new Promise<void>((resolve) => (finish = resolve)));
    const first = session.step('runStep', 'a');
    await expect.poll(() => session.busy).toEqual({ what: 'Running the step', step: 'a', stopping: false });
    await expect(session.step('runStep', 'b')).rejects.toThrow('Running the step: wait until that is done');
    await new Promise((resolve) => setTimeout(resolve, 1));
    finish();
    await first;
    expect(session.busy).toBeUndefined();
  });

  it('is stopped by a signal, and says so in a sentence', async () => {
    const { session } = start(
      {},
      (options) =>
        new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))),
    );
    const running = session.step('runStep', 'a');
    await new Promise((resolve) => setTimeout(resolve, 1));
    session.cancel();
    await running;
    expect(session.notice).toMatchObject({ severity: 'info', what: 'Stopped.' });
  });

  it('takes up the unfinished session of an earlier window', async () => {
    const { session, opened } = start({ findUnfinished: async () => 's1' });
    await session.resume();
    expect(opened[0]).toMatchObject({ sessionId: 's1' });
  });

  it('is let go of when another window asks for it, but not in the middle of something', async () => {
    let finish: () => void = () => undefined;
    const { session, done, ask } = start(
      { findUnfinished: async () => 's1' },
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await session.resume();
    const running = session.step('runStep', 'a');
    await expect.poll(() => done).toEqual(['runStep']);
    ask.now();
    expect(done).toEqual(['runStep']);
    finish();
    await running;
    ask.now();
    expect(done).toEqual(['runStep', 'dispose']);
    expect(session.run).toBeUndefined();
    expect(session.notice).toMatchObject({
      what: 'This lab goes on in another window.',
      offers: [{ id: 'continueHere' }],
    });
  });

  it('makes none where there is none', async () => {
    const { session, opened } = start();
    await session.resume();
    expect(opened).toEqual([]);
    expect(session.run).toBeUndefined();
  });

  it('asks for what the lab asks for, before it starts anything', async () => {
    const asking = { ...entry, lab: { ...lab, inputs: [{ name: 'email', label: 'E-mail', type: 'email' as const }] } };
    const { session, opened } = start({ entry: async () => asking });
    await session.step('runStep', 'a');
    expect(session.notice?.advice).toContain('E-mail');
    expect(opened).toEqual([]);
  });

  it('runs nothing of a workspace that is not trusted, and nothing of a text with errors', async () => {
    const untrusted = start({ trusted: () => false });
    await untrusted.session.start({});
    expect(untrusted.session.notice?.offers).toEqual([{ id: 'manageTrust', label: 'Manage trust' }]);
    const { lab: _none, ...broken } = entry;
    const wrong = start({ entry: async () => broken });
    await wrong.session.start({});
    expect(wrong.session.notice?.what).toContain('errors');
    expect([...untrusted.opened, ...wrong.opened]).toEqual([]);
  });

  it('removes nothing from a real account before its name was typed', async () => {
    const { session, done } = start({ isReal: () => true });
    await session.planTeardown();
    await session.teardown('');
    expect(done).toEqual(['plan']);
    expect(session.notice?.what).toBe('Nothing was removed.');
    await session.teardown('x');
    expect(done).toEqual(['plan', 'teardown']);
    expect(session.listedAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it('takes an agreement that came with a command only where nobody can be billed', async () => {
    const asked: string[] = [];
    const sure = async (question: string) => (asked.push(question), false);
    const sandbox = start({ sure });
    await sandbox.session.start({});
    await sandbox.session.reset(true);
    expect([asked, sandbox.done]).toEqual([[], ['reset']]);
    const real = start({ sure, isReal: () => true });
    await real.session.start({});
    await real.session.reset(true);
    expect(asked).toEqual(['Reset this lab and start afresh? The steps are forgotten.']);
    expect(real.done).toEqual([]);
  });

  it('empties a queue of the plan when the learner is sure, and says what came of it', async () => {
    const asked: string[] = [];
    const unsure = start({ sure: async (question) => (asked.push(question), false) });
    await unsure.session.empty('r1', '');
    expect(asked).toEqual(['Empty queue Q? 2 messages are deleted for good; the queue stays.']);
    expect(unsure.done).toEqual([]);
    const { session, done } = start();
    await session.empty('r1', '');
    expect(done).toEqual(['empty']);
    expect(session.notice).toMatchObject({ severity: 'warning', what: 'Once in 60 seconds.' });
  });

  it('empties nothing on a real account before its name was typed', async () => {
    const { session, done } = start({ isReal: () => true });
    await session.empty('r1', '');
    expect(session.notice?.what).toBe('Nothing was emptied.');
    await session.empty('r1', 'x');
    expect(done).toEqual(['empty']);
  });

  it('says why a step could not be undone: the step itself does not show it', async () => {
    const outcome = { ok: false, status: 'failed', sentence: '1 left. queue Q: in use.' } as const;
    const { session } = start({}, undefined, outcome);
    await session.step('undoStep', 'a');
    expect(session.notice).toMatchObject({ severity: 'warning', what: '1 left. queue Q: in use.' });
  });

  it('starts afresh without asking when what it made is gone', async () => {
    const { session, done } = start({ sure: async () => false });
    await session.startAfresh();
    expect(done).toEqual([]);
    await session.start({});
    await session.startAfresh();
    expect(done).toEqual(['reset']);
  });

  it('does not reset without being sure', async () => {
    const { session, done } = start({ sure: async () => false });
    await session.start({});
    await session.reset();
    expect(done).toEqual([]);
  });

  it('follows when the target went away and came back, after what was going on', async () => {
    const { session, done, opened } = start({ findUnfinished: async () => 's1' });
    await session.start({});
    await session.targetMoved();
    expect(done).toEqual(['dispose']);
    expect(opened.map(({ sessionId }) => sessionId)).toEqual([undefined, 's1']);
  });
});
