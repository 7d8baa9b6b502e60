// What a session is, as a fold over its journal. In: entries, one after the other. Out: steps, values, resources.
// It is folded the same way while it runs and after a crash, so a resumed session cannot differ from one that went on.
import type { KindName } from '../aws/resources/kinds.ts';
import type { ResourceKey } from '../aws/resources/kind.ts';
import type { ActionRecord, CheckRecord, Entry, OpenEntry, Values } from './journal.ts';
import type { Owner } from './ownership.ts';
import { forget } from './redact.ts';
import type { ErrorSnapshot } from './snapshot.ts';

export interface StepState {
  status: 'waiting' | 'running' | 'done' | 'failed';
  stale: boolean;
  byHand: boolean;
  actions: (ActionRecord | undefined)[];
  checks: (CheckRecord | undefined)[];
  error?: ErrorSnapshot | undefined;
  ms?: number | undefined;
}

export interface ResourceState {
  readonly n: number;
  readonly step: string;
  readonly kind: KindName;
  readonly key: ResourceKey;
  readonly name: string;
  readonly adopted: boolean;
  /** The session that an adopted one was taken over from. */
  readonly from?: Owner;
  /** And its tags say so. */
  claimed?: boolean;
  state: 'doubtful' | 'alive' | 'removed' | 'passed-on' | 'not-made';
  /** The session that has it now. */
  to?: Owner;
  ref?: string;
  arn?: string | undefined;
  output?: object;
}

export class SessionState {
  opened: OpenEntry | undefined;
  inputs: Values = {};
  names: Values = {};
  readonly steps = new Map<string, StepState>();
  readonly saved = new Map<string, { readonly step: string; readonly value: unknown }>();
  /** Of those, the ones that held a secret which was not written down. */
  readonly forgotten = new Set<string>();
  readonly resources = new Map<number, ResourceState>();
  closed = false;

  step(id: string): StepState {
    const state = this.steps.get(id) ?? { status: 'waiting', stale: false, byHand: false, actions: [], checks: [] };
    this.steps.set(id, state);
    return state;
  }

  /** Made by this session, or perhaps made, and not known to be gone. */
  living(): readonly ResourceState[] {
    return [...this.resources.values()].filter(({ state }) => state === 'alive' || state === 'doubtful');
  }

  find(kind: KindName, key: ResourceKey): ResourceState | undefined {
    return this.living().find((resource) => resource.kind === kind && sameKey(resource.key, key));
  }

  get nextNumber(): number {
    return Math.max(0, ...this.resources.keys()) + 1;
  }

  fold(entry: Entry): void {
    switch (entry.t) {
      case 'open':
        this.opened = entry;
        return;
      case 'inputs':
        this.inputs = entry.inputs;
        this.names = entry.names;
        return;
      case 'step':
        return this.#foldStep(entry);
      case 'action':
        this.step(entry.step).actions[entry.index] = entry.record;
        return;
      case 'check':
        this.step(entry.step).checks[entry.index] = entry.record;
        return;
      case 'saved':
        this.saved.set(entry.name, entry);
        this.forgotten.delete(entry.name);
        return;
      case 'intent':
        this.resources.set(entry.n, { ...entry, adopted: false, state: 'doubtful' });
        return;
      case 'adopted':
        this.resources.set(entry.n, { ...entry, adopted: true, state: 'alive' });
        return;
      case 'made':
        return this.#foldMade(entry);
      case 'not-made':
        return this.#change(entry.n, { state: 'not-made' });
      case 'claimed':
        return this.#change(entry.n, { claimed: true });
      case 'removed':
        return this.#change(entry.n, { state: 'removed' });
      case 'passed-on':
        return this.#change(entry.n, { state: 'passed-on', to: entry.to });
      case 'undone':
        return this.#foldUndone(entry.step, entry.stale);
      case 'closed':
        this.closed = true;
        return;
    }
  }

  #foldMade({ n, ref, arn, key, output }: Extract<Entry, { t: 'made' }>): void {
    this.#change(n, { state: 'alive', ref, arn, output, ...(key && { key }) });
  }

  #foldStep({ step, status, byHand, error, ms }: Extract<Entry, { t: 'step' }>): void {
    const state = this.step(step);
    if (status === 'running') Object.assign(state, { actions: [], checks: [] });
    Object.assign(state, { status, byHand: byHand ?? false, error, ms });
    if (status === 'done') state.stale = false;
  }

  #foldUndone(step: string, stale: readonly string[]): void {
    const forgotten = new Set([step, ...stale]);
    for (const id of forgotten) {
      if (this.steps.delete(id) && id !== step) this.step(id).stale = true;
    }
    for (const [name, saved] of this.saved) if (forgotten.has(saved.step)) this.saved.delete(name);
  }

  /** The same for a line read back from the disk, which has no secrets: where one was there is nothing. */
  foldWritten(entry: Entry): void {
    if (entry.t !== 'saved') return this.fold(entry);
    const value = forget(entry.value);
    this.fold({ ...entry, value });
    if (JSON.stringify(value) !== JSON.stringify(entry.value)) this.forgotten.add(entry.name);
  }

  /** Whether what an expression reads there was a secret that is gone. */
  isForgotten([name = '', member]: readonly string[]): boolean {
    if (!this.forgotten.has(name)) return false;
    const value: unknown = this.saved.get(name)?.value;
    return hasNothing(
      member === undefined || typeof value !== 'object'
        ? value
        : Object.entries(value ?? {}).find(([key]) => key === member)?.[1],
    );
  }

  /** A line about a resource whose intent was lost tells nothing. */
  #change(n: number, change: Partial<ResourceState>): void {
    const resource = this.resources.get(n);
    if (resource) this.resources.set(n, { ...resource, ...change });
  }
}

/** Answers have no null but where something was forgotten. */
function hasNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNothing));
}

export function sameKey(left: ResourceKey, right: ResourceKey): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}
