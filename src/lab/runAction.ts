// One action of a step. In: what it does and what the session knows. Out: a record of what happened, for people; thrown is only what ends the step.
import { AwsFailure } from '../aws/errors.ts';
import { effectOf } from '../aws/operations.ts';
import type { CallCredentials } from '../aws/target.ts';
import { refuseByAdvice } from './advice.ts';
import { askLearner } from './askLearner.ts';
import { createResource, type Created } from './createResource.ts';
import { sayDuration } from './duration.ts';
import { bindExpression, evaluate, isTrue, resolve, resolveToText } from './expression.ts';
import type { ActionRecord } from './journal.ts';
import type { Action, ExpectError, Patience, Request } from './model.ts';
import { credentialsFor } from './otherCredentials.ts';
import { LabRefusal } from './refusal.ts';
import { shown } from './redact.ts';
import { prepare, type Prepared } from './prepareRequest.ts';
import type { RequestSnapshot } from './snapshot.ts';
import { isLeftOut, type StepContext } from './stepContext.ts';

type Result = Omit<ActionRecord, 'status' | 'ms'>;

export async function runAction(context: StepContext, action: Action): Promise<ActionRecord> {
  if (isLeftOut(context, action)) return { status: 'left-out' };
  const began = context.clock.now();
  const result = await act(context, action);
  return { status: 'done', ...result, ms: context.clock.now() - began };
}

function act(context: StepContext, action: Action): Promise<Result> | Result {
  switch (action.kind) {
    case 'call':
      return runCall(context, action);
    case 'until':
      return runUntil(context, action);
    case 'wait':
      return runWait(context, action.ms);
    case 'ask':
      return askLearner(context, action);
    case 'show':
      return show(context, action);
    case 'metadata':
    case 'relying-party':
    case 'sign-in':
      return import('./runSaml.ts').then(({ runSaml }) => runSaml(context, action));
    case 'open':
      return { url: resolveToText(action.url, context.scope()) };
    case 'agent':
      throw new LabRefusal(
        'NoAgent',
        'This step needs the log agent, which is not part of this version.',
        'Go on with the next step, or update the extension.',
      );
  }
}

async function runCall(context: StepContext, action: Extract<Action, { kind: 'call' }>): Promise<Result> {
  const prepared = prepare(context, action.request);
  const how = credentialsFor(context, action.credentials);
  const request = shownWith(prepared.snapshot, how);
  if (action.expectError)
    return { request, ...(await sendToFail(context, action.request, prepared, { ...action.expectError, ...how })) };
  const { output, note = noteOf(how) } = await send(context, action.request, prepared, how);
  if (action.save !== undefined) context.save(action.save, output);
  return { request, response: shown(output), ...(note !== undefined && { note }) };
}

/** The line that one would type for it; its secrets are for whoever has them. */
const shownWith = (request: RequestSnapshot, { credentials }: SendHow): RequestSnapshot =>
  credentials
    ? {
        ...request,
        cli: `AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=... AWS_SESSION_TOKEN=... ${request.cli}`,
      }
    : request;

const noteOf = ({ credentials }: SendHow): string | undefined =>
  credentials && `Called with the credentials of the session, access key ${credentials.accessKeyId}.`;

/** The lesson is the error: any other outcome fails the step. */
async function sendToFail(
  context: StepContext,
  request: Request,
  prepared: Prepared,
  { credentials, ...expected }: ExpectError & SendHow,
): Promise<Result> {
  try {
    await send(context, request, prepared, { again: true, ...(credentials && { credentials }) });
  } catch (error) {
    if (!(error instanceof AwsFailure || error instanceof LabRefusal) || !matches(error, expected)) throw error;
    return { error: { code: error.code, what: error.what, advice: error.advice }, expectedError: true };
  }
  const said = `${request.operation} should have been refused with ${expected.code}, but it was accepted.`;
  throw new LabRefusal('NoError', said, expected.hint ?? 'Look what is different here, and run the step again.');
}

export function matches(error: { code: string; wireCode?: string; what: string }, expected: ExpectError): boolean {
  const plain = (text: string) => text.replace(/Exception$/, '');
  const codes = [error.code, error.wireCode ?? error.code].map(plain);
  return (
    codes.includes(plain(expected.code)) && (expected.message === undefined || error.what.includes(expected.message))
  );
}

interface SendHow {
  /** Also where what it creates is there already. */
  readonly again?: boolean;
  readonly credentials?: CallCredentials;
}

export async function send(
  context: StepContext,
  { operation }: Request,
  { input }: Prepared,
  { again = false, credentials }: SendHow = {},
): Promise<Created> {
  const refused = refuseByAdvice(operation, input);
  if (refused) throw new LabRefusal(refused.code, refused.what, refused.advice);
  const effect = effectOf(operation);
  if (effect.effect === 'create') return createResource(context, { operation, kind: effect.kind, again }, input);
  const how = { signal: context.signal, ...(credentials && { credentials }) };
  return { output: await context.target.sendAny(operation, input, how) };
}

async function runUntil(context: StepContext, action: Extract<Action, { kind: 'until' }>): Promise<Result> {
  const prepared = prepare(context, action.request);
  const { held, output, waited } = await repeatUntil(context, action.request, prepared, action);
  const response = shown(output);
  if (!held)
    throw new NotInTime(
      { request: prepared.snapshot, response },
      `After ${sayDuration(action.patience.withinMs)} it still does not hold: ${action.expression}`,
    );
  if (action.save !== undefined) context.save(action.save, output);
  return { request: prepared.snapshot, response, ...(waited > 0 && { note: `It held after ${sayDuration(waited)}.` }) };
}

/** Carries what was seen last, so that the learner sees it too. */
export class NotInTime extends LabRefusal {
  readonly seen: Pick<ActionRecord, 'request' | 'response'>;
  constructor(seen: Pick<ActionRecord, 'request' | 'response'>, what: string) {
    super('NotInTime', what, 'Look at the last answer, and run the step again.');
    this.seen = seen;
  }
}

export async function repeatUntil(
  context: StepContext,
  request: Request,
  prepared: Prepared,
  { expression, patience }: { readonly expression: string; readonly patience: Patience },
): Promise<{ held: boolean; output: object; waited: number }> {
  const bound = bindExpression(expression, context.scope());
  for (let waited = 0; ; waited += patience.everyMs) {
    const { output } = await send(context, request, prepared);
    const held = isTrue(evaluate(bound, output));
    if (held || waited >= patience.withinMs) return { held, output, waited };
    context.note(`Waiting until it holds: ${sayDuration(waited)} of at most ${sayDuration(patience.withinMs)}.`);
    await context.target.wait(patience.everyMs, context.signal);
  }
}

function show(context: StepContext, { value, save: name }: Extract<Action, { kind: 'show' }>): Result {
  const found = resolve(value, context.scope());
  if (name !== undefined) context.save(name, found);
  return { response: shown(found) };
}

async function runWait(context: StepContext, ms: number): Promise<Result> {
  const sandbox = context.target.kind === 'sandbox';
  if (!sandbox) context.note(`Waiting ${sayDuration(ms)}.`);
  await context.target.wait(ms, context.signal);
  return { note: sandbox ? `The sandbox's clock was moved on by ${sayDuration(ms)}.` : `Waited ${sayDuration(ms)}.` };
}
