// Holds the labs to the list of what they must teach (test/fixtures/lab-rows.json), and all labs to the rules of labs.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLab } from '../../src/lab/parse.ts';
import rows from '../fixtures/lab-rows.json' with { type: 'json' };

interface Row {
  readonly id: string;
  readonly title: string;
  readonly calls?: readonly string[];
  readonly says?: readonly string[];
}
interface Plan {
  readonly lab: string;
  readonly rows: readonly Row[];
}

const plans: readonly Plan[] = rows.labs;
const alwaysRequired = ['sns-sqs'];
const written = readdirSync('labs', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const read = (id: string) => {
  const text = readFileSync(`labs/${id}/lab.md`, 'utf8');
  return { text, ...parseLab(text, { id }) };
};

test('labs that must exist do', () => {
  expect(alwaysRequired.filter((id) => !existsSync(`labs/${id}/lab.md`))).toEqual([]);
});

test('ids of rows are unique', () => {
  const ids = plans.flatMap((plan) => plan.rows.map((row) => row.id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(written)('lab %s', (id) => {
  const { lab, problems, text } = read(id);
  const plan = plans.find((each) => each.lab === id);

  test('parses without problems', () => {
    expect(problems.map(({ range, message }) => `${range.start.line}:${range.start.column} ${message}`)).toEqual([]);
  });

  test('covers exactly its rows', () => {
    expect(plan, 'the lab is not in lab-rows.json').toBeDefined();
    expect(lab?.covers).toEqual(plan?.rows.map((row) => row.id));
  });

  test.each(plan?.rows ?? [])('$id: $title', (row) => {
    const operations = new Set(lab?.steps.flatMap(stepOperations));
    expect(row.calls?.filter((call) => !operations.has(call)) ?? []).toEqual([]);
    expect(row.says?.filter((words) => !text.includes(words)) ?? []).toEqual([]);
  });

  test('every step that does something is checked, and says what to do when it does not hold', () => {
    const unchecked = lab?.steps.filter((step) => step.actions.length > 0 && step.checks.length === 0);
    expect(unchecked?.map((step) => step.id)).toEqual([]);
    const hints = lab?.steps.flatMap((step) => step.checks.map((check) => check.else));
    expect(hints?.filter((hint) => hint.length < 40)).toEqual([]);
  });

  test('links inside the lab lead to its steps', () => {
    const links = [...text.matchAll(/\]\(#([\w-]+)\)/g)].map((match) => match[1] ?? '');
    const steps = new Set(lab?.steps.map((step) => step.id));
    expect(links.filter((link) => !steps.has(link))).toEqual([]);
  });
});

test('planned labs without a folder are known', () => {
  const planned = plans.map((plan) => plan.lab).filter((id) => !written.includes(id));
  console.log(`labs still to be written: ${planned.join(', ') || 'none'}`);
  expect(planned).not.toContain('sns-sqs');
});

type Step = NonNullable<ReturnType<typeof parseLab>['lab']>['steps'][number];

function stepOperations(step: Step): readonly string[] {
  const actions = step.actions.flatMap((action) => {
    if (action.kind === 'ask') return action.until === undefined ? [] : [action.until.request.operation];
    return 'request' in action ? [action.request.operation] : [];
  });
  return [...actions, ...step.checks.flatMap(({ of }) => (of.kind === 'call' ? [of.request.operation] : []))];
}
