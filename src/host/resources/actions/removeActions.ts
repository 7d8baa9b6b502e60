import { deleteObjects, keysUnder } from '../../../aws/actions/objects.ts';
import type { Content, Found, Look } from '../../../aws/resources/kind.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import type { Aim } from '../aim.ts';
import { keyText } from '../keyText.ts';
import {
  aimOf,
  onResource,
  pinned,
  refreshGroup,
  withCancel,
  type Act,
  type ActionRim,
  type Call,
} from './actionRim.ts';
import { Answers, say } from './answers.ts';
import { confirmLoss } from './confirmLoss.ts';
import { pickObject } from './pickObject.ts';
import { pickAim } from '../pickAim.ts';
import { sameStill } from './sameStill.ts';

const removable = ['queue', 'topic', 'bucket', 'stream'] as const;

/** Everything that takes something away for good. Each says what goes with it, and asks. */
export function removeActions(rim: ActionRim) {
  return {
    'awsLabs.deleteResource': deleteAny(rim),
    'awsLabs.deleteObject': deleteAnObject(rim),
    'awsLabs.deleteSubscription': onResource(rim, { kinds: ['subscription'], title: 'Unsubscribe' }, (found, call) =>
      remove(rim, found, call),
    ),
    'awsLabs.purgeQueue': onResource(rim, { kinds: ['queue'], title: 'Purge a queue' }, (found, call) =>
      purge(rim, found, call),
    ),
    'awsLabs.terminateInstance': onResource(
      rim,
      { kinds: ['instance'], title: 'Terminate an instance' },
      (found, call) => remove(rim, found, call),
    ),
  };
}

/** Whatever the row is: the key Delete does what fits. Answers whether it is gone. */
function deleteAny(rim: ActionRim): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const call = { target, answers: new Answers(row, second) };
    const several = Array.isArray(second) ? second : [row];
    const aims = await Promise.all(several.map((each) => aimOf(rim, target, each)));
    const known = aims.filter((aim) => aim !== undefined);
    const picked = known.length > 0 ? known : [await pickAim(pinned(target), removable, 'Delete')];
    let all = true;
    for (const aim of picked) all = (await deleteOne(rim, aim, call)) === true && all;
    return all;
  };
}

async function deleteOne(rim: ActionRim, aim: Aim | undefined, call: Call): Promise<boolean | undefined> {
  switch (aim?.kind) {
    case undefined:
      return undefined;
    case 'group':
      throw new Refusal({ what: 'A whole group is not deleted.', advice: 'Choose what is in it.' });
    case 'folder':
    case 'object':
      return deleteKeys(rim, aim, call);
    case 'resource':
      return remove(rim, aim.found, call);
  }
}

async function remove(rim: ActionRim, asked: Found, call: Call): Promise<boolean> {
  const { target, answers } = call;
  const kind = kinds[asked.kind];
  const found = await stillThere(rim, target, asked);
  if (found === undefined) return true;
  const verb = { instance: 'Terminate', subscription: 'Unsubscribe' }[found.kind as string] ?? 'Delete';
  const loss = {
    name: found.name,
    question: `${verb} the ${kind.label} ${shownFully(found)}?`,
    detail: await goesWith(call, found),
    yes: verb,
  };
  if (!(await confirmLoss(target, answers, loss))) return false;
  const title = `${verb.replace(/e$/, '')}ing ${found.name}`;
  const removal = await withCancel(title, (signal) => kind.remove({ target, signal }, found));
  refreshGroup(rim, found.kind);
  if (removal.state === 'stays') throw new Refusal({ what: `${found.name} stays.`, advice: removal.why });
  say(done(found));
  return true;
}

/** Undefined where somebody else has deleted it: the row goes, with a word. */
async function stillThere(rim: ActionRim, target: Target, asked: Found): Promise<Found | undefined> {
  const there = await sameStill({ target }, asked);
  if (there !== undefined) return there;
  refreshGroup(rim, asked.kind);
  say(`The ${kinds[asked.kind].label} ${asked.name} is no longer there: somebody deleted it meanwhile.`);
  return undefined;
}

/** Several instances may have one name. */
const shownFully = ({ kind, name, ref }: Found): string =>
  kind === 'instance' && name !== ref ? `${name} (${ref})` : name;

function done({ kind, name }: Found): string {
  switch (kind) {
    case 'queue':
      return `The queue ${name} was deleted. AWS keeps its name for 60 seconds before it can be used again.`;
    case 'instance':
      return `${name} is being terminated. EC2 goes on listing it for about an hour.`;
    case 'subscription':
      return `${name}: unsubscribed.`;
    default:
      return `The ${kinds[kind].label} ${name} was deleted.`;
  }
}

/** In sentences. What cannot be counted is no reason not to ask. */
async function goesWith(look: Look, found: Found): Promise<string> {
  switch (found.kind) {
    case 'topic':
      return 'Its subscriptions go with it.';
    case 'instance':
      return 'Its disks go with it, unless they are set to stay. This cannot be undone.';
    case 'subscription':
      return 'The topic sends nothing there any more.';
    case 'stream':
      return 'All its records go with it.';
    default: {
      const contents = await kinds[found.kind].contents(look, found).catch(() => undefined);
      return contents === undefined ? 'What is in it could not be counted, and goes with it.' : counted(contents);
    }
  }
}

function counted(contents: readonly Content[]): string {
  if (contents.length === 0) return 'It is empty.';
  const words = contents.map(
    ({ what, count }) => `${count >= 10_000 ? 'at least ' : ''}${count.toLocaleString('en')} ${what}`,
  );
  const one = contents.length === 1 && contents[0]?.count === 1;
  return `${words.join(', ')} ${one ? 'goes' : 'go'} with it.`;
}

async function purge(rim: ActionRim, asked: Found, { target, answers }: Call): Promise<boolean> {
  const found = await stillThere(rim, target, asked);
  if (found === undefined) return true;
  const contents = await kinds.queue.contents({ target }, found).catch(() => []);
  const messages = contents.map(({ what, count }) => `${count} ${what}`).join(', ');
  const loss = {
    name: found.name,
    question: `Purge the queue ${found.name}?`,
    detail: `${messages === '' ? 'Its messages are' : `${messages}: all are`} deleted for good, also those that come in the next 60 seconds.`,
    yes: 'Purge',
  };
  if (!(await confirmLoss(target, answers, loss))) return false;
  const emptied = await kinds.queue.empty?.({ target }, found);
  if (emptied?.state === 'refused') throw new Refusal({ what: `${found.name} was not purged.`, advice: emptied.why });
  rim.refresh.refresh({ kind: 'resource', found });
  say(`The queue ${found.name} is being purged, which takes up to 60 seconds on AWS.`);
  return true;
}

function deleteAnObject(rim: ActionRim): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const call = { target, answers: new Answers(row, second) };
    const aim = (await aimOf(rim, target, row)) ?? (await pickObject(target, 'Delete an object or a folder'));
    if (aim === undefined) return undefined;
    if (aim.kind !== 'object' && aim.kind !== 'folder')
      throw new Refusal({ what: 'This is for an object or a folder.' });
    const several = Array.isArray(second) ? second : [];
    if (several.length < 2) return deleteKeys(rim, aim, call);
    let all = true;
    for (const each of several) {
      const other = await aimOf(rim, target, each);
      if (other?.kind === 'object' || other?.kind === 'folder') all = (await deleteKeys(rim, other, call)) && all;
    }
    return all;
  };
}

async function deleteKeys(
  rim: ActionRim,
  { kind, bucket, key }: Extract<Aim, { kind: 'object' | 'folder' }>,
  { target, answers }: Call,
): Promise<boolean> {
  const keys = kind === 'object' ? [key] : (await keysUnder(target, bucket.name, key)).map((each) => each.key);
  const shown = keyText(key);
  const loss = {
    name: typeable(key),
    question: `Delete ${shown} from ${bucket.name}?`,
    detail: kind === 'folder' ? `${keys.length} ${keys.length === 1 ? 'object goes' : 'objects go'} with it.` : '',
    yes: 'Delete',
  };
  if (!(await confirmLoss(target, answers, loss))) return false;
  const ended = await withCancel(`Deleting ${shown}`, (signal) => deleteObjects(target, bucket.name, keys, { signal }));
  rim.refresh.refresh(parentOf(bucket, key));
  const [first] = ended.refused;
  if (first === undefined) return true;
  const count = ended.refused.length;
  throw new Refusal({
    what: `${count} of ${keys.length} could not be deleted, the first of them ${keyText(first.key)}: ${first.why}.`,
    advice: 'A policy or an object lock may hold them.',
  });
}

/** What somebody can type to agree: the last part of the key, unless it holds what no keyboard has. */
function typeable(key: string): string {
  const last = key.split('/').findLast((part) => part !== '') ?? '';
  return last !== '' && keyText(last) === last ? last : 'delete';
}

/** The folder a key is in, or the bucket. */
export function parentOf(bucket: Found, key: string): Aim {
  const folder = key.replace(/[^/]*\/?$/, '');
  return folder === '' ? { kind: 'resource', found: bucket } : { kind: 'folder', bucket, key: folder };
}
