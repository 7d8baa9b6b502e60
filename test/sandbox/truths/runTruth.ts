// Runs one truth, step by step, against a sandbox (or whatever answers at the endpoint).
// In: a truth and a place to run it. Out: nothing, or an error whose message names the step and what differs.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsCaller } from './callAws.ts';
import { fill } from './fill.ts';
import { judgeExpectations, judgeFailure, lookInto, show } from './judge.ts';
import { Listener, type Received } from './listener.ts';
import type { Checks, Failure, Step, Truth } from './truth.ts';

export interface Place {
  readonly caller: AwsCaller;
  readonly account: string;
  readonly region: string;
  /** Milliseconds of the clock there. */
  now(): Promise<number>;
  /** Moves that clock on. */
  advance(ms: number): Promise<unknown>;
}

interface Scene {
  readonly place: Place;
  readonly now: number;
  readonly variables: Map<string, unknown>;
  readonly listeners: Map<string, Listener>;
}
/** Why a step does not hold (nothing: it does), and what it saves then. */
interface Verdict {
  readonly complaints: readonly string[];
  readonly saves: ReadonlyMap<string, unknown>;
}

export async function runTruth(truth: Truth, place: Place): Promise<void> {
  const now = await place.now();
  const scene: Scene = { place, now, variables: firstVariables(place, now), listeners: new Map() };
  try {
    for (const [index, step] of truth.steps.entries()) {
      const complaints = await runStep(step, scene);
      if (complaints.length > 0)
        throw new Error(`step ${index + 1}, ${step.what} ${show(step.input)}:\n  ${complaints.join('\n  ')}`);
    }
  } finally {
    scene.listeners.forEach((listener) => listener.close());
  }
}

function firstVariables(place: Place, now: number): Map<string, unknown> {
  return new Map<string, unknown>([
    ['uid', randomBytes(5).toString('hex')],
    ['account', place.account],
    ['region', place.region],
    ['now', now],
    ['before', now - 60_000],
  ]);
}

async function runStep(step: Step, scene: Scene): Promise<readonly string[]> {
  const input = fill(step.input, scene.variables, () => scene.now);
  switch (step.what) {
    case 'sleep':
      await scene.place.advance(Number(input) * 1000);
      return [];
    case 'listen': {
      const listener = await Listener.open();
      scene.listeners.set(String(input), listener);
      scene.variables.set(String(input), listener.url);
      return [];
    }
    case 'received':
      return insist({ within: 5, ...step.checks }, scene, () => judgeReceived(String(input), step.checks, scene));
    default:
      return insist(step.checks, scene, () => judgeCall(step.what, input, step.checks, scene));
  }
}

/** Tries until the checks hold or their time is over, in real seconds and in seconds of the sandbox's clock alike. */
async function insist(checks: Checks, scene: Scene, attempt: () => Promise<Verdict>): Promise<readonly string[]> {
  const end = Date.now() + (checks.within ?? 0) * 1000;
  let advanced = 0;
  for (;;) {
    const verdict = await attempt();
    if (verdict.complaints.length === 0) {
      for (const [variable, value] of verdict.saves) scene.variables.set(variable, value);
      return [];
    }
    if (Date.now() >= end) return verdict.complaints;
    if (advanced < (checks.within ?? 0)) {
      await scene.place.advance(500);
      advanced += 0.5;
    }
    await sleep(100);
  }
}

async function judgeCall(what: string, input: unknown, checks: Checks, scene: Scene): Promise<Verdict> {
  const outcome = await scene.place.caller.call(what, input, checks.region ?? scene.place.region);
  const refusal = 'refusal' in outcome ? outcome.refusal : undefined;
  if (checks.fails !== undefined) {
    const fails = fill({ ...checks.fails }, scene.variables, () => scene.now) as Failure;
    return { complaints: judgeFailure(fails, refusal), saves: new Map() };
  }
  if (refusal !== undefined) return { complaints: [`refused: ${show(refusal)}`], saves: new Map() };
  return judgeAnswer('answer' in outcome ? outcome.answer : undefined, checks, scene);
}

/** The first request still waiting that passes the checks; it and those before it are then done with. */
async function judgeReceived(name: string, checks: Checks, scene: Scene): Promise<Verdict> {
  const listener = scene.listeners.get(name);
  if (listener === undefined) throw new Error(`nothing listens as ${name}`);
  let complaints: readonly string[] = ['nothing was received'];
  for (const request of listener.waiting) {
    const verdict = judgeAnswer(request satisfies Received, checks, scene);
    if (verdict.complaints.length === 0) {
      listener.take(request);
      return verdict;
    }
    complaints = verdict.complaints;
  }
  return { complaints, saves: new Map() };
}

function judgeAnswer(answer: unknown, checks: Checks, scene: Scene): Verdict {
  const complaints: string[] = [];
  const saves = new Map<string, unknown>();
  const parsed = new Map<string, unknown>();
  const look = lookInto(answer, parsed);
  for (const [variable, path] of Object.entries(checks.parse ?? {})) {
    const text = look(path);
    if (typeof text === 'string' && isJson(text)) parsed.set(variable, JSON.parse(text));
    else complaints.push(`${path} is not JSON text: ${show(text)}`);
  }
  for (const [variable, path] of Object.entries(checks.save ?? {})) {
    const value = look(path);
    if (value === undefined || value === null) complaints.push(`${path} to be saved is absent`);
    saves.set(variable, value);
  }
  const expect = Object.entries(checks.expect ?? {}).map(([path, wanted]): [string, unknown] => [
    String(fill(path, scene.variables, () => scene.now)),
    fill(wanted, scene.variables, () => scene.now),
  ]);
  return { complaints: [...complaints, ...judgeExpectations(Object.fromEntries(expect), look)], saves };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
