import * as vscode from 'vscode';
import { AwsFailure } from '../../../aws/errors.ts';
import type { Found, Look } from '../../../aws/resources/kind.ts';
import { isKind, kinds, type KindName } from '../../../aws/resources/kinds.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import type { Targets } from '../../targets.ts';
import type { Aim, GroupName, ResourceRefresh } from '../aim.ts';
import { oneOf, pickAim } from '../pickAim.ts';
import { Answers } from './answers.ts';

/** What the commands on resources work with. */
export interface ActionRim {
  readonly targets: Targets;
  readonly refresh: ResourceRefresh;
  /** The row that is chosen in the Resources view: what a key pressed there is about. */
  selected(): Aim | undefined;
  copy(text: string): PromiseLike<void>;
}

/** One command's call. */
export interface Call {
  readonly target: Target;
  readonly answers: Answers;
}

export type Act = (row?: unknown, second?: unknown) => Promise<unknown>;

/** A command on one resource of these kinds, which is asked for where no row says it. */
export function onResource(
  rim: ActionRim,
  asked: { readonly kinds: readonly KindName[]; readonly title: string },
  act: (found: Found, call: Call) => Promise<unknown>,
): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const answers = new Answers(row, second);
    const aim = (await aimOf(rim, target, row)) ?? (await pickAim(pinned(target), asked.kinds, asked.title));
    if (aim === undefined) return undefined;
    const found = resourceIn(aim, asked.kinds);
    return meanwhileGone(rim, found, () => act(found, { target, answers }));
  };
}

function resourceIn(aim: Aim, wanted: readonly KindName[]): Found {
  const found =
    aim.kind === 'resource' ? aim.found : 'bucket' in aim && wanted.includes('bucket') ? aim.bucket : undefined;
  if (found && wanted.includes(found.kind)) return found;
  throw new Refusal({ what: `This is for ${oneOf(wanted)}.`, advice: 'Choose one in the Resources view.' });
}

/** A command of a group: where to begin matters only for what is refreshed. */
export function onTarget(rim: ActionRim, act: (call: Call) => Promise<unknown>): Act {
  return async (row, second) => act({ target: await rim.targets.open(), answers: new Answers(row, second) });
}

/**
 * What a command is about, as somebody says it: a row; `{ selected: true }`, the row that is chosen in the view; or by name,
 * `{ kind: 'queue', name: 'Orders' }`, `{ kind: 'object', bucket: 'shop', key: 'a/b.txt' }`.
 */
export async function aimOf(rim: ActionRim, target: Target, row: unknown): Promise<Aim | undefined> {
  const said = record(row);
  if (said['selected'] === true) {
    const selected = rim.selected();
    if (selected) return selected;
    throw new Refusal({ what: 'Nothing is chosen in the Resources view.', advice: 'Choose a row first.' });
  }
  const aim = record(said['aim']);
  // A row of our own view: what it carries was made by us.
  if (typeof aim['kind'] === 'string') return said['aim'] as Aim;
  const { kind, name, bucket, key } = said;
  if (typeof kind !== 'string') return undefined;
  const look = { target };
  if ((kind === 'object' || kind === 'folder') && typeof bucket === 'string' && typeof key === 'string')
    return { kind, bucket: await find(look, 'bucket', bucket), key };
  if (!isKind(kind) || typeof name !== 'string') throw new Refusal({ what: 'This does not name a resource.' });
  return { kind: 'resource', found: await find(look, kind, name) };
}

async function find(look: Look, kind: KindName, name: string): Promise<Found> {
  const found = await kinds[kind].find(look, kind === 'instance' ? { id: name } : { name });
  if (found) return found;
  throw new Refusal({ what: `There is no ${kinds[kind].label} ${name} here.`, advice: 'Is the target the right one?' });
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const goneCodes =
  /^(NotFound|NotFoundException|ResourceNotFound\w*|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|NonExistentQueue|NoSuchBucket|InvalidInstanceID\.NotFound)$/;

/** Somebody else deleted it: the row goes, with a word. */
async function meanwhileGone(rim: ActionRim, found: Found, act: () => Promise<unknown>): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AwsFailure) || !goneCodes.test(error.code)) throw error;
    refreshGroup(rim, found.kind);
    throw new Refusal({
      what: `The ${kinds[found.kind].label} ${found.name} is no longer there. (${error.what})`,
      advice: 'Somebody deleted it meanwhile; the Resources view shows what there is now.',
    });
  }
}

const groups: Partial<Record<KindName, GroupName>> = {
  topic: 'topic',
  subscription: 'topic',
  queue: 'queue',
  bucket: 'bucket',
  stream: 'stream',
  instance: 'instance',
};

export function refreshGroup(rim: ActionRim, kind: KindName): void {
  const group = groups[kind];
  if (group !== undefined) rim.refresh.refresh({ kind: 'group', group });
}

/** One act is of one target from its first question to its last call, whatever the window is switched to meanwhile. */
export const pinned = (target: Target): Pick<Targets, 'open'> => ({ open: async () => target });

/** With a notification that can be cancelled. Cancelled work ends with an AbortError, which becomes a sentence. */
export function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      return await work(stop.signal, (message) => progress.report({ message }));
    } finally {
      listening.dispose();
    }
  });
}
