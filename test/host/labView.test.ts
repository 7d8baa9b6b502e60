import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LabEntry } from '../../src/host/labCatalog.ts';
import { copied } from '../../src/host/labRequests.ts';
import { labRow, stepRow, type LabState } from '../../src/host/labRows.ts';
import { labView, toJson, type LabViewSource } from '../../src/host/labView.ts';
import { teardownView } from '../../src/host/teardownView.ts';
import { LinkTable } from '../../src/host/webAddress.ts';
import { parseLab } from '../../src/lab/parse.ts';
import type { RunSnapshot, TeardownItem } from '../../src/lab/snapshot.ts';

const file = 'labs/sns-sqs/lab.md';
const { lab, problems } = parseLab(readFileSync(file, 'utf8'), { id: 'sns-sqs' });
const target = { label: 'Sandbox', real: false, sandbox: true };
const source: LabViewSource = {
  title: 'T',
  lab,
  problems,
  loading: false,
  fromWorkspace: false,
  trusted: true,
  target,
  planShown: false,
};

const step = (place: number) => {
  const found = lab?.steps[place];
  if (!found) throw new Error(`The lab has no step ${place}.`);
  return found;
};

const item = (change: Partial<TeardownItem>): TeardownItem => {
  return {
    id: 'i',
    kind: 'queue',
    kindLabel: 'queue',
    name: 'Q',
    contents: [{ what: 'message', count: 1 }],
    canEmpty: true,
    state: 'planned',
    ...change,
  };
};

/** A run with its second step done and its clean-up planned. */
const run = {
  labId: 'sns-sqs',
  steps: [
    {
      id: step(1).id,
      status: 'done',
      actions: [
        {
          id: step(1).actions[0]?.id,
          title: 'Made',
          status: 'done',
          request: {
            operation: 'sns.CreateTopic',
            input: { Name: 'Order' },
            cli: 'aws sns create-topic',
            unresolved: [],
          },
          response: { at: new Date(0) },
          ms: 5,
        },
      ],
      checks: [],
    },
  ],
  resources: [
    {
      id: 'r',
      kind: 'topic',
      kindLabel: 'topic',
      name: 'Order',
      state: 'removed',
      adopted: false,
      consoleUrl: 'https://x',
      costPerHour: 0,
    },
  ],
  progress: { done: 1, total: 13 },
  costPerHour: 0,
  closed: false,
  teardown: {
    status: 'done',
    waves: [[item({ state: 'left', why: 'In use.' })]],
    total: 1,
    messages: 1,
    costPerHour: 0,
    result: { planned: 1, removed: 0, left: [{ kind: 'queue', name: 'Q', why: 'In use.' }], sentence: '1 left' },
  },
} as unknown as RunSnapshot;

describe('the panel’s view of a lab', () => {
  it('is plain JSON with all steps in their order, before anything ran', () => {
    const view = labView(source, new LinkTable(), 'sns-sqs');
    expect(view.phase).toBe('start');
    expect(view.steps.map(({ title }) => title)).toEqual(lab?.steps.map(({ title }) => title));
    expect(view.inputs.map(({ name }) => name)).toContain('names.topic');
    expect(view.lab.services).toEqual(['SNS', 'SQS']);
    const [create] = view.steps[1]?.parts.flatMap((part) => (part.kind === 'action' ? [part.action.call] : [])) ?? [];
    expect(create).toMatchObject({ operation: 'sns.CreateTopic', unresolved: ['names.topic'] });
    expect(create?.cli).toContain("aws sns create-topic --name '${names.topic}'");
    expect(structuredClone(view)).toEqual(view);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  it('shows the call, the answer and what it took, matched by id and not by place', () => {
    const view = labView({ ...source, run }, new LinkTable(), 'sns-sqs');
    const parts = view.steps[1]?.parts.filter(({ kind }) => kind === 'action');
    expect(parts?.[0]).toMatchObject({
      action: { title: 'Made', milliseconds: 5, answer: { at: '1970-01-01T00:00:00.000Z' } },
    });
    expect(view.steps[1]?.status).toBe('done');
    expect(view.steps[0]?.status).toBe('waiting');
    expect(view.resources[0]).toMatchObject({ kind: 'Topic', console: false });
  });

  it('copies what an id stands for, and nothing else', () => {
    const view = labView({ ...source, run }, new LinkTable(), 'sns-sqs');
    const id = step(1).actions[0]?.id ?? '';
    expect(copied(view, id, 'cli')).toBe('aws sns create-topic');
    expect(copied(view, id, 'request')).toBe('{\n  "Name": "Order"\n}');
    expect(() => copied(view, 'nobody', 'cli')).toThrow('no longer there');
  });

  it('proves by what was listed, when, and what is left', () => {
    const { teardown } = labView({ ...source, run, planShown: true, listedAt: 'T' }, new LinkTable(), 'sns-sqs');
    expect(teardown?.waves[0]?.[0]).toMatchObject({ kind: 'Queue', holds: '1 message', why: 'In use.' });
    expect(teardown?.proof).toEqual({
      sentence: '1 left',
      listedAt: 'T',
      left: [{ kind: 'Queue', name: 'Q', why: 'In use.' }],
      listed: [{ kind: 'Queue', count: 1 }],
    });
    expect(teardown?.typeToConfirm).toBeUndefined();
    const real = labView(
      { ...source, run, planShown: true, target: { ...target, real: true } },
      new LinkTable(),
      'sns-sqs',
    );
    expect(real.teardown?.typeToConfirm).toBe('sns-sqs');
  });

  it('counts what would be lost by what it is, and not what the plan itself lists', () => {
    const lost = (...items: TeardownItem[]) =>
      teardownView({ ...run, teardown: { ...run.teardown, waves: [items] } } as RunSnapshot, false, undefined)?.lost;
    const holding = (kind: TeardownItem['kind'], ...contents: TeardownItem['contents'][number][]) =>
      item({ kind, contents });
    expect(
      lost(
        holding('role', { what: 'inline policy', count: 1 }),
        holding('userPool', { what: 'user', count: 1 }, { what: 'app clients', count: 2 }),
      ),
    ).toBe('1 user');
    expect(lost(holding('queue', { what: 'messages', count: 2 }, { what: 'in flight', count: 1 }))).toBe('3 messages');
    expect(lost(holding('bucket', { what: 'object', count: 1 }), holding('queue', { what: 'message', count: 1 }))).toBe(
      '1 object and 1 message',
    );
    expect(lost(holding('role', { what: 'inline policy', count: 1 }))).toBe('');
  });

  it('runs nothing of a text with errors, nor of an untrusted workspace', () => {
    const { problems: wrong } = parseLab('# nothing', { id: 'x' });
    expect(labView({ ...source, lab: undefined, problems: wrong }, new LinkTable(), 'x')).toMatchObject({
      phase: 'broken',
      steps: [],
    });
    expect(labView({ ...source, trusted: false }, new LinkTable(), 'x').phase).toBe('untrusted');
  });

  it('makes JSON of anything', () => {
    expect(toJson(undefined)).toBeNull();
    expect(toJson({ a: undefined, b: new Date(0), c: [undefined] })).toEqual({
      b: '1970-01-01T00:00:00.000Z',
      c: [null],
    });
  });
});

describe('the tree’s rows', () => {
  const entry: LabEntry = {
    id: 'sns-sqs',
    labId: 'sns-sqs',
    file,
    origin: 'bundled',
    title: 'T',
    problems,
    thorough: false,
    ...(lab && { lab }),
  };
  const state: LabState = { entry, busy: false, trusted: true };

  it('say how far a lab is, and what can be done with it', () => {
    expect(labRow(state)).toMatchObject({ description: '', context: 'lab;ok', expandable: true });
    expect(labRow({ ...state, run })).toMatchObject({
      description: '1/13',
      context: 'lab;ok;session',
      spoken: 'Lab T, 1 of 13',
    });
    expect(labRow({ ...state, run, busy: true })).toMatchObject({
      icon: 'loading~spin',
      context: 'lab;ok;session;busy',
    });
    expect(labRow({ ...state, trusted: false, entry: { ...entry, origin: 'workspace' } })).toMatchObject({
      description: 'not trusted · workspace',
      context: 'lab;untrusted',
    });
    const { lab: _none, ...broken } = entry;
    expect(labRow({ ...state, entry: broken }).context).toBe('lab;broken');
  });

  it('say what became of a step', () => {
    expect(stepRow(step(0), state)).toMatchObject({ icon: 'book', context: 'step;read;waiting;open' });
    expect(stepRow(step(1), { ...state, run })).toMatchObject({
      icon: 'pass-filled',
      description: '',
      spoken: expect.stringMatching(/, done$/),
      tooltip: expect.stringContaining('Done'),
      context: 'step;do;done;checkable;open',
    });
    expect(stepRow(step(1), { ...state, trusted: false }).context).toMatch(/closed$/);
  });
});
