// A lab and its run as the panel's view. In: what the parser and the engine say. Out: protocol JSON. Pure; never asks anybody.
import { basename } from 'node:path';
import { cliLine } from '../lab/cliLine.ts';
import type { Action, Check, Lab, Part, Problem, Request, Step } from '../lab/model.ts';
import type { ActionSnapshot, CheckSnapshot, RequestSnapshot, RunSnapshot, StepSnapshot } from '../lab/snapshot.ts';
import type {
  ActionView,
  BusyView,
  CallView,
  CheckView,
  FailureView,
  InputView,
  LabFacts,
  LabView,
  PartView,
  ProblemView,
  StepView,
  TargetView,
} from '../protocol/lab.ts';
import type { Json, Notice } from '../protocol/message.ts';
import { proseView } from './proseView.ts';
import { capital, teardownView } from './teardownView.ts';
import type { LinkTable } from './webAddress.ts';

export interface LabViewSource {
  readonly title: string;
  readonly lab?: Lab | undefined;
  readonly problems: readonly Problem[];
  readonly loading: boolean;
  readonly fromWorkspace: boolean;
  readonly trusted: boolean;
  readonly target: TargetView;
  readonly run?: RunSnapshot | undefined;
  readonly busy?: BusyView | undefined;
  readonly notice?: Notice | undefined;
  /** When the last listing after a clean-up was made. */
  readonly listedAt?: string | undefined;
  readonly planShown: boolean;
  /** What the open session of the lab that this one builds on was given: the form begins with it. */
  readonly buildsOn?: Pick<RunSnapshot, 'inputs' | 'names'> | undefined;
  /** Paths of files that the learner has chosen, by input. */
  readonly chosen?: Readonly<Record<string, string>> | undefined;
}

export function labView(source: LabViewSource, links: LinkTable, id: string): LabView {
  const { lab, run, busy } = source;
  const notice = source.notice ?? (run?.notice ? info(run.notice) : undefined);
  const teardown = run && source.planShown ? teardownView(run, source.target.real, source.listedAt) : undefined;
  return {
    id,
    lab: labFacts(source, links),
    target: source.target,
    phase: phaseOf(source),
    problems: source.problems.map(problemView),
    inputs: lab && !run ? inputsOf(lab, source) : [],
    steps: (lab?.steps ?? []).map((step) =>
      stepView(
        step,
        run?.steps.find(({ id }) => id === step.id),
        links,
      ),
    ),
    progress: run?.progress ?? { done: 0, total: lab?.steps.length ?? 0 },
    resources: (run?.resources ?? []).map(({ id, kindLabel, name, state, adopted, consoleUrl }) => {
      return {
        id,
        kind: capital(kindLabel),
        name,
        state,
        adopted,
        console: consoleUrl !== undefined && state === 'alive',
      };
    }),
    costPerHour: run?.costPerHour ?? 0,
    ...(busy && { busy }),
    ...(notice && { notice }),
    ...(teardown && { teardown }),
  };
}

const info = (what: string): Notice => ({ severity: 'info', what, offers: [] });

function phaseOf({ lab, problems, trusted, run, loading }: LabViewSource): LabView['phase'] {
  if (loading) return 'loading';
  if (lab === undefined || problems.some(({ severity }) => severity === 'error')) return 'broken';
  if (!trusted) return 'untrusted';
  if (run === undefined) return 'start';
  return run.closed ? 'over' : 'session';
}

function labFacts({ lab, title, fromWorkspace }: LabViewSource, links: LinkTable): LabFacts {
  const source = lab?.source && { title: lab.source.title, link: links.number(lab.source.url) };
  return {
    title: lab?.title ?? title,
    summary: lab?.summary ?? '',
    minutes: lab?.minutes ?? 0,
    services: (lab?.services ?? []).map(serviceName),
    fromWorkspace,
    ...(source?.link === undefined ? {} : { source: { title: source.title, link: source.link } }),
    intro: proseView(lab?.intro ?? [], links.number),
    corrections: lab?.corrections ?? [],
  };
}

/** `sns` -> `SNS`, `kinesis` -> `Kinesis`: short names are abbreviations. */
function serviceName(service: string): string {
  if (service === 'cognito-idp') return 'Cognito';
  return service.length <= 3 ? service.toUpperCase() : capital(service);
}

function problemView({ range, severity, message }: Problem): ProblemView {
  return { line: range.start.line, column: range.start.column, severity, message };
}

/** A name whose default is made from the session cannot be shown before there is one, and so is not offered. */
function inputsOf(lab: Lab, { buildsOn: given, chosen = {} }: LabViewSource): readonly InputView[] {
  const inputs = lab.inputs.map((input): InputView => {
    if (input.type === 'file') return { ...input, value: basename(chosen[input.name] ?? ''), advanced: false };
    return { ...input, value: given?.inputs[input.name] ?? input.default ?? '', advanced: false };
  });
  const names = lab.names.flatMap((each): InputView[] => {
    const value = given?.names[each.name] ?? each.default;
    if (typeof value !== 'string' || value.includes('${')) return [];
    return [{ name: `names.${each.name}`, label: each.name, type: 'text', value, advanced: true }];
  });
  return [...inputs, ...names];
}

function stepView(step: Step, run: StepSnapshot | undefined, links: LinkTable): StepView {
  const status = run?.status ?? 'waiting';
  const { question, error } = run ?? {};
  return {
    id: step.id,
    number: step.number,
    title: step.title,
    status,
    reading: step.kind === 'read',
    stale: run?.stale ?? false,
    byHand: run?.byHand ?? false,
    undoable: step.kind === 'do' && (status === 'done' || status === 'failed'),
    checkable: step.checks.length > 0,
    parts: step.parts.flatMap((part) => partViews(part, step, run, links)),
    ...(question && {
      question: {
        id: question.id,
        text: question.text,
        control: question.kind,
        sandboxCanAnswer: question.sandboxCanAnswer,
        ...(question.mail && { mail: question.mail }),
      },
    }),
    ...(error && { failure: { ...error, expected: false } }),
  };
}

function partViews(part: Part, step: Step, run: StepSnapshot | undefined, links: LinkTable): readonly PartView[] {
  switch (part.kind) {
    case 'prose':
      return [{ kind: 'prose', blocks: proseView(part.nodes, links.number) }];
    case 'run':
      return step.actions.slice(part.first, part.first + part.count).map((action) => {
        return {
          kind: 'action',
          action: actionView(
            action,
            run?.actions.find(({ id }) => id === action.id),
            links,
          ),
        };
      });
    case 'check':
      return step.checks.slice(part.first, part.first + part.count).map((check) => {
        return {
          kind: 'check',
          check: checkView(
            check,
            run?.checks.find(({ id }) => id === check.id),
          ),
        };
      });
  }
}

function actionView(action: Action, run: ActionSnapshot | undefined, links: LinkTable): ActionView {
  const link = run?.url === undefined ? undefined : links.number(run.url);
  const call = callView(run?.request) ?? ('request' in action ? previewOf(action.request) : undefined);
  const failure: FailureView | undefined = run?.error && { ...run.error, expected: run.expectedError ?? false };
  return {
    id: action.id,
    kind: action.kind,
    title: run?.title ?? action.title ?? ('request' in action ? action.request.operation : action.kind),
    status: run?.status ?? 'waiting',
    ...(call && { call }),
    ...(run?.ms === undefined ? {} : { milliseconds: run.ms }),
    ...(run?.response === undefined ? {} : { answer: toJson(run.response) }),
    ...(failure && { failure }),
    ...(run?.note === undefined ? {} : { note: run.note }),
    ...(link === undefined || run?.url === undefined ? {} : { link: { link, address: run.url } }),
    ...(run?.facts && { facts: run.facts }),
    ...(run?.texts && { texts: run.texts }),
  };
}

function checkView(check: Check, run: CheckSnapshot | undefined): CheckView {
  const hint = run?.hint ?? (check.else.includes('${') ? undefined : check.else);
  const request = check.of.kind === 'call' ? check.of.request : undefined;
  const call = callView(run?.request) ?? (request && previewOf(request));
  return {
    id: check.id,
    title: run?.title ?? check.title ?? request?.operation ?? check.expect,
    outcome: outcomeOf(run),
    expression: check.expect,
    ...(call && { call }),
    ...(hint === undefined ? {} : { hint }),
    ...(run?.response === undefined ? {} : { answer: toJson(run.response) }),
    ...(run?.error && { failure: { ...run.error, expected: false } }),
  };
}

function outcomeOf({ ok, leftOut }: Partial<CheckSnapshot> = {}): CheckView['outcome'] {
  if (leftOut) return 'left-out';
  return ok === undefined ? 'untried' : ok ? 'held' : 'failed';
}

function callView(request: RequestSnapshot | undefined): CallView | undefined {
  if (request === undefined) return undefined;
  const { operation, input, cli, unresolved } = request;
  return { operation, request: toJson(input), cli, unresolved };
}

/** Before there is a session a call is shown as the lab's text has it, with its names still in it. */
function previewOf(request: Request): CallView {
  const names = JSON.stringify(request.with).matchAll(/\$\{([\w.-]+)/g);
  return {
    operation: request.operation,
    request: toJson(request.with),
    cli: cliLine(request.operation, request.with, { region: '${target.region}' }),
    unresolved: [...new Set([...names].map(([, name = '']) => name))],
  };
}

/** Dates become text and bytes their form in JSON; what JSON cannot hold is left out. */
export function toJson(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value ?? null));
  return json;
}
