// The journal of a session: append-only JSON Lines, one file a session. What is alive is a fold over it (sessionState.ts).
// In: entries, appended one at a time; an intent is on the disk before its create call is sent. Out: entries, read back.
// A line that a crash left half written is skipped and counted, and the rest is used. Never: a secret.
import { readFileSync } from 'node:fs';
import type { KindName } from '../aws/resources/kinds.ts';
import type { ResourceKey } from '../aws/resources/kind.ts';
import type { TargetFacts } from '../aws/target.ts';
import type { Owner } from './ownership.ts';
import { redact } from './redact.ts';
import type { SessionFiles } from './runOptions.ts';
import type { ActionSnapshot, CheckSnapshot, ErrorSnapshot } from './snapshot.ts';

export type Values = Readonly<Record<string, string>>;

/** What of an action is kept: its title and status are drawn from the lab. */
export type ActionRecord = Pick<
  ActionSnapshot,
  'status' | 'request' | 'response' | 'error' | 'expectedError' | 'ms' | 'note' | 'url' | 'facts' | 'texts'
>;
export type CheckRecord = Pick<CheckSnapshot, 'ok' | 'leftOut' | 'hint' | 'request' | 'response' | 'error'>;

export interface OpenEntry {
  readonly t: 'open';
  readonly version: 1;
  readonly session: string;
  readonly lab: string;
  readonly target: TargetFacts;
  readonly at: string;
}

export type Entry =
  | OpenEntry
  | { readonly t: 'inputs'; readonly inputs: Values; readonly names: Values }
  | {
      readonly t: 'step';
      readonly step: string;
      readonly status: 'running' | 'done' | 'failed';
      readonly byHand?: boolean;
      readonly error?: ErrorSnapshot;
      readonly ms?: number;
    }
  | { readonly t: 'action'; readonly step: string; readonly index: number; readonly record: ActionRecord }
  | { readonly t: 'check'; readonly step: string; readonly index: number; readonly record: CheckRecord }
  | { readonly t: 'saved'; readonly step: string; readonly name: string; readonly value: unknown }
  /** Before a create call: flushed to the disk. */
  | {
      readonly t: 'intent';
      readonly n: number;
      readonly step: string;
      readonly kind: KindName;
      readonly key: ResourceKey;
      readonly name: string;
    }
  /** After it: made, or surely not made. */
  | {
      readonly t: 'made';
      readonly n: number;
      readonly ref: string;
      readonly arn?: string;
      /** By which it is known from now on, where the service has given it an id. */
      readonly key?: ResourceKey;
      readonly output: object;
    }
  | { readonly t: 'not-made'; readonly n: number; readonly code: string }
  | {
      readonly t: 'adopted';
      readonly n: number;
      readonly step: string;
      readonly kind: KindName;
      readonly key: ResourceKey;
      readonly name: string;
      readonly ref: string;
      readonly arn?: string;
      /** Whose it was. */
      readonly from?: Owner;
    }
  /** Its tags say so now: whoever had it before knows. */
  | { readonly t: 'claimed'; readonly n: number }
  | { readonly t: 'removed'; readonly n: number }
  /** Another session has taken it over. */
  | { readonly t: 'passed-on'; readonly n: number; readonly to: Owner }
  /** A step was undone: it and the steps that build on it wait again. */
  | { readonly t: 'undone'; readonly step: string; readonly stale: readonly string[] }
  | { readonly t: 'closed'; readonly at: string };

const kindsOfEntry = new Set([
  'open',
  'inputs',
  'step',
  'action',
  'check',
  'saved',
  'intent',
  'made',
  'not-made',
  'adopted',
  'claimed',
  'removed',
  'passed-on',
  'undone',
  'closed',
]);

/** What must survive even a power failure: without it a resource could be forgotten. */
const flushed = new Set<Entry['t']>(['open', 'intent', 'adopted']);

export function appendEntry(files: SessionFiles, path: string, entry: Entry): void {
  files.append(path, `${JSON.stringify(redact(entry))}\n`, flushed.has(entry.t));
}

export interface ReadJournal {
  readonly entries: readonly Entry[];
  /** Lines that are no entries: half written, or damaged. */
  readonly broken: number;
  /** The file ends in the middle of a line, so the next one must begin on a line of its own. */
  readonly ragged: boolean;
}

export function readJournal(path: string): ReadJournal {
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.map(parseEntry).filter((entry) => entry !== undefined);
  return { entries, broken: lines.length - entries.length, ragged: text !== '' && !text.endsWith('\n') };
}

/** The border to the disk: our own format, so the kind of entry and its few keys are what is checked. */
function parseEntry(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('t' in value) || typeof value.t !== 'string') return false;
  if (!kindsOfEntry.has(value.t)) return false;
  if (value.t === 'open') return isOpening(value);
  const needs =
    value.t === 'intent' ||
    value.t === 'made' ||
    value.t === 'not-made' ||
    value.t === 'adopted' ||
    value.t === 'claimed' ||
    value.t === 'passed-on' ||
    value.t === 'removed';
  return !needs || ('n' in value && typeof value.n === 'number');
}

function isOpening(value: object): boolean {
  const { session, lab, at, target }: Partial<Record<string, unknown>> = { ...value };
  return [session, lab, at].every((text) => typeof text === 'string') && typeof target === 'object' && target !== null;
}
