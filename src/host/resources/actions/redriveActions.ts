import {
  copyAll,
  followRedrive,
  sourcesOf,
  startRedrive,
  type CopyEnd,
  type RedriveEnd,
} from '../../../aws/actions/redrive.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { arnOf, nameInUrl } from '../../../aws/resources/lookup.ts';
import { Refusal } from '../../explain.ts';
import { realTime } from '../../targets.ts';
import { pickAim } from '../pickAim.ts';
import { onResource, pinned, refreshGroup, withCancel, type ActionRim, type Call } from './actionRim.ts';
import { say, type Choice } from './answers.ts';
import { confirmLoss } from './confirmLoss.ts';

export interface Redriven {
  readonly moved: number;
  readonly how: 'task' | 'copy';
}

/** Brings back all messages of a dead-letter queue. */
export function redriveActions(rim: ActionRim) {
  const asked = { kinds: ['queue'], title: 'Redrive all: which dead-letter queue?' } as const;
  return {
    'awsLabs.redriveAll': onResource(rim, asked, async (found, call) => {
      const redriven = await redriveFrom(found, call);
      refreshGroup(rim, 'queue');
      return redriven;
    }),
  };
}

async function redriveFrom(found: Found, call: Call): Promise<Redriven | undefined> {
  const sources = await sourcesOf(call.target, found.ref);
  if (sources.length > 0) return redrive(found, sources, call);
  const dead = call.answers.given('to') === undefined ? await deadLettersOf(found, call) : undefined;
  const which = dead && (await whichMessages(found, dead, call));
  if (dead === undefined || which === 'own') return copyInstead(found, call);
  const served = await sourcesOf(call.target, dead.ref);
  return which && redrive(dead, served, call, served.length === 1 ? found.name : undefined);
}

async function deadLettersOf(found: Found, { target }: Call): Promise<Found | undefined> {
  const described = await kinds.queue.describe({ target }, found);
  const [own] = described ? kinds.queue.relations(described) : [];
  const name = own?.arn?.split(':').at(-1);
  return name === undefined ? undefined : kinds.queue.find({ target }, { name });
}

/** Whoever chooses a queue that has dead letters elsewhere wants these back, most of the time. */
async function whichMessages(found: Found, dead: Found, { answers }: Call): Promise<'dead' | 'own' | undefined> {
  const choices = [
    { label: `The dead letters in ${dead.name}`, value: 'dead', description: 'back to where they came from' },
    { label: `The messages of ${found.name} itself`, value: 'own', description: 'to another queue, by copying' },
  ] as const;
  const title = `Redrive all: nothing dead-letters to ${found.name}. Which messages?`;
  return answers.choice('which', choices, { title, otherwise: 'dead' });
}

async function redrive(
  found: Found,
  sources: readonly string[],
  { target, answers }: Call,
  known?: string,
): Promise<Redriven | undefined> {
  const own: Choice<string> = {
    label: 'Each to the queue it came from',
    value: '',
    description: sources.length === 1 ? sources.map(nameInUrl).join(', ') : `${sources.length} queues dead-letter here`,
  };
  const others = sources.map((url) => ({ label: `All to ${nameInUrl(url)}`, value: nameInUrl(url) }));
  const title = `Redrive all messages of ${found.name}`;
  const to = known ?? (await answers.choice('to', [own, ...others], { title, otherwise: '' }));
  if (to === undefined) return undefined;
  const arn = found.arn ?? arnOf(target, 'sqs', found.name);
  const destination = to === '' ? undefined : arnOf(target, 'sqs', to);
  await startRedrive(target, { arn, url: found.ref }, destination);
  const end = await withCancel(title, (signal, report) =>
    followRedrive(target, arn, {
      ...realTime,
      signal,
      onProgress: (moved, all) => report(`${moved} of ${all ?? '?'} moved`),
    }),
  );
  return told(found, end);
}

function told({ name }: Found, end: RedriveEnd): Redriven {
  const moved = `${end.moved} ${end.moved === 1 ? 'message' : 'messages'}`;
  if (end.state === 'failed')
    throw new Refusal({
      what: `The redrive of ${name} failed after ${moved}: ${end.why}.`,
      advice:
        'What was moved stays moved. Messages that somebody sent there by hand came from no queue: redrive again, and choose "All to" one.',
    });
  say(
    end.state === 'cancelled' ? `Stopped. ${moved} had been moved out of ${name}.` : `${moved} went back from ${name}.`,
  );
  return { moved: end.moved, how: 'task' };
}

/** SQS's own task knows dead letters of queues only. */
async function copyInstead(found: Found, call: Call): Promise<Redriven | undefined> {
  const { target, answers } = call;
  const to = await destination(found, call);
  if (to === undefined) return undefined;
  if (to.ref === found.ref)
    throw new Refusal({ what: 'A queue is not redriven into itself.', advice: 'Choose another.' });
  const loss = {
    name: found.name,
    question: `Copy all messages of ${found.name} to ${to.name}, and delete them here?`,
    detail:
      `No queue dead-letters to ${found.name} (only an SNS subscription or a function may), and SQS starts no redrive of its own there. ` +
      'A copy keeps body, attributes and group; it gets a new id and a new time. Each is deleted here only after its copy was accepted.',
    yes: 'Copy, then delete',
  };
  if (!(await confirmLoss(target, answers, loss))) return undefined;
  const end = await withCancel(`Copying ${found.name} to ${to.name}`, (signal, report) =>
    copyAll(target, { from: found.ref, to: to.ref }, { signal, onProgress: (moved) => report(`${moved} moved`) }),
  );
  return copied(found, to, end);
}

async function destination(found: Found, { target, answers }: Call): Promise<Found | undefined> {
  const named = answers.given('to');
  if (typeof named === 'string' && named !== '') {
    const queue = await kinds.queue.find({ target }, { name: named });
    if (queue) return queue;
    throw new Refusal({ what: `There is no queue ${named} here.`, advice: 'Nothing was moved.' });
  }
  const title = `No queue dead-letters to ${found.name}: copy its messages to which queue?`;
  const fits = ({ name, ref }: Found) => ref !== found.ref && name.endsWith('.fifo') === found.name.endsWith('.fifo');
  const aim = await pickAim(pinned(target), ['queue'], title, undefined, fits);
  return aim?.kind === 'resource' ? aim.found : undefined;
}

function copied(from: Found, to: Found, { moved, problems, stopped }: CopyEnd): Redriven {
  const [first] = problems;
  const count = `${moved} ${moved === 1 ? 'message' : 'messages'}`;
  if (first === undefined) {
    say(`${stopped ? 'Stopped. ' : ''}${count} went from ${from.name} to ${to.name}.`);
    return { moved, how: 'copy' };
  }
  const twice = problems.filter(({ state }) => state === 'copied').length;
  throw new Refusal({
    what: `${count} went from ${from.name} to ${to.name}; ${problems.length} did not: ${first.why}`,
    advice:
      twice > 0 ? `${twice} are in both queues now: delete them in ${from.name}.` : `They are still in ${from.name}.`,
  });
}
