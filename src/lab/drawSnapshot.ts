// A session's state -> what is shown of it. In: lab, state, and what is going on just now. Out: one plain JSON value.
import { kinds } from '../aws/resources/kinds.ts';
import type { TargetFacts } from '../aws/target.ts';
import type { ActionRecord } from './journal.ts';
import type { Action, Check, Lab, Request, Step } from './model.ts';
import { requestIn } from './prepareRequest.ts';
import { costPerHour } from './planTeardown.ts';
import type { ResourceState, SessionState, StepState } from './sessionState.ts';
import type {
  ActionSnapshot,
  CheckSnapshot,
  QuestionSnapshot,
  RequestSnapshot,
  ResourceSnapshot,
  RunSnapshot,
  StepSnapshot,
} from './snapshot.ts';

/** What is going on and not in the journal. */
export interface Now {
  readonly stepId?: string;
  readonly action?: number;
  readonly note?: string;
  readonly question?: QuestionSnapshot;
  readonly teardown?: RunSnapshot['teardown'];
  readonly notice?: string;
}

export interface Drawing {
  readonly lab: Lab;
  readonly sessionId: string;
  readonly target: TargetFacts;
  readonly state: SessionState;
  readonly now: Now;
  preview(request: Request): RequestSnapshot;
  title(text: Action): string;
}

export function drawSnapshot(drawing: Drawing): RunSnapshot {
  const { lab, sessionId, target, state, now } = drawing;
  const steps = lab.steps.map((step) => drawStep(drawing, step));
  const living = state.living();
  return {
    labId: lab.id,
    labTitle: lab.title,
    sessionId,
    target,
    inputs: state.inputs,
    names: state.names,
    steps,
    resources: [...state.resources.values()].flatMap((resource) => drawResource(resource, target)),
    progress: { done: steps.filter(({ status }) => status === 'done').length, total: steps.length },
    costPerHour: costPerHour(living),
    closed: state.closed,
    ...(now.teardown && { teardown: now.teardown }),
    ...(now.notice !== undefined && { notice: now.notice }),
  };
}

function drawStep(drawing: Drawing, step: Step): StepSnapshot {
  const { state, now } = drawing;
  const at = state.steps.get(step.id);
  const active = now.stepId === step.id;
  const interrupted = at?.status === 'running' && !active;
  const error = interrupted
    ? { code: 'Interrupted', what: 'This step was interrupted.', advice: 'Run it again; nothing is lost.' }
    : at?.error;
  return {
    id: step.id,
    number: step.number,
    title: step.title,
    kind: step.kind,
    status: active ? (now.question ? 'asking' : 'running') : interrupted ? 'failed' : (at?.status ?? 'waiting'),
    stale: at?.stale ?? false,
    byHand: at?.byHand ?? false,
    actions: step.actions.map((action, index) =>
      drawAction(drawing, action, at?.actions[index], active && now.action === index),
    ),
    checks: step.checks.map((check, index) => drawCheck(drawing, check, at, index)),
    ...(active && now.question && { question: now.question }),
    ...(error && { error }),
    ...(at?.ms !== undefined && { ms: at.ms }),
  };
}

function drawAction(
  drawing: Drawing,
  action: Action,
  record: ActionRecord | undefined,
  running: boolean,
): ActionSnapshot {
  const base = { id: action.id, kind: action.kind, title: drawing.title(action) };
  if (record) return { ...base, ...record };
  const request = requestIn(action);
  return {
    ...base,
    status: running ? 'running' : 'waiting',
    ...(request && { request: drawing.preview(request) }),
    ...(running && drawing.now.note !== undefined && { note: drawing.now.note }),
  };
}

function drawCheck(drawing: Drawing, check: Check, at: StepState | undefined, index: number): CheckSnapshot {
  const request = check.of.kind === 'call' ? check.of.request : undefined;
  const title = check.title ?? request?.operation ?? check.expect;
  const base = { id: check.id, title, expect: check.expect };
  return { ...base, ...(request && { request: drawing.preview(request) }), ...at?.checks[index] };
}

function drawResource(
  { n, kind, key, name, arn, step, state, adopted }: ResourceState,
  target: TargetFacts,
): readonly ResourceSnapshot[] {
  if (state === 'not-made' || state === 'passed-on') return [];
  const entry = { kind, key, name, ...(arn !== undefined && { arn }) };
  const consoleUrl =
    target.kind === 'aws' && target.endpoint === undefined ? kinds[kind].consoleUrl(entry, target.region) : undefined;
  return [
    {
      id: `r${n}`,
      kind,
      kindLabel: kinds[kind].label,
      name,
      stepId: step,
      state,
      adopted,
      costPerHour: kinds[kind].costPerHour,
      ...(arn !== undefined && { arn }),
      ...(consoleUrl !== undefined && { consoleUrl }),
    },
  ];
}
