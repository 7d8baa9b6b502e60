import { createBucket, createQueue, createStream, createTopic } from '../../../aws/actions/create.ts';
import { mistakeInName, withFifo, type NamedKind } from '../../../aws/actions/names.ts';
import { isRealAccount } from '../../../aws/realAccount.ts';
import type { Found, Look } from '../../../aws/resources/kind.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { Refusal } from '../../explain.ts';
import { pickAim } from '../pickAim.ts';
import { onTarget, pinned, refreshGroup, type ActionRim, type Call } from './actionRim.ts';
import { say, type Answers, type Choice } from './answers.ts';

/** Each answers with what was made, or with nothing where the person gave up. */
export function createActions(rim: ActionRim) {
  const made = (found: Found | undefined): Found | undefined => {
    if (found === undefined) return undefined;
    refreshGroup(rim, found.kind);
    say(`The ${found.kind} ${found.name} was created.`);
    return found;
  };
  return {
    'awsLabs.createTopic': onTarget(rim, async (call) => made(await newTopic(call))),
    'awsLabs.createQueue': onTarget(rim, async (call) => made(await newQueue(call))),
    'awsLabs.createBucket': onTarget(rim, async (call) => made(await newBucket(call))),
    'awsLabs.createStream': onTarget(rim, async (call) => made(await newStream(call))),
  };
}

const types = (kind: 'topic' | 'queue'): readonly Choice<'standard' | 'fifo'>[] => [
  {
    label: 'Standard',
    value: 'standard',
    detail: kind === 'queue' ? 'At least once, order as far as possible' : 'Any kind of subscriber',
  },
  {
    label: 'FIFO',
    value: 'fifo',
    detail: kind === 'queue' ? 'Exactly once, in order within a group' : 'In order within a group; queues only',
  },
];

async function nameAndType(kind: 'topic' | 'queue', { answers }: Call) {
  const title = `Create a ${kind}`;
  const type = await answers.choice('type', types(kind), { title, placeHolder: 'Which type?', otherwise: 'standard' });
  if (type === undefined) return undefined;
  const fifo = type === 'fifo';
  const name = await askName(kind, answers, fifo);
  return name === undefined ? undefined : { name: withFifo(name, fifo), fifo };
}

function askName(kind: NamedKind, answers: Answers, fifo = false): Promise<string | undefined> {
  return answers.text('name', {
    title: `Create a ${kind}`,
    prompt: fifo ? 'Its name; .fifo is added' : prompts[kind],
    mistake: (text) => mistakeInName(kind, withFifo(text, fifo), fifo),
  });
}

const prompts: Readonly<Record<NamedKind, string>> = {
  topic: 'Its name, such as Orders',
  queue: 'Its name, such as Orders',
  bucket: 'Its name, which nobody else on AWS has: such as orders-7f3a',
  stream: 'Its name, such as clicks',
};

async function newTopic(call: Call): Promise<Found | undefined> {
  const wish = await nameAndType('topic', call);
  return wish && createTopic(call, wish.name, wish.fifo);
}

async function newQueue(call: Call): Promise<Found | undefined> {
  const wish = await nameAndType('queue', call);
  if (wish === undefined) return undefined;
  const deadLetters = await askDeadLetters(call, wish);
  if (deadLetters === undefined) return undefined;
  if (deadLetters.queue === undefined && deadLetters.create === undefined) return createQueue(call, wish);
  const limit = await call.answers.text('maxReceiveCount', {
    title: 'Create a queue',
    prompt: 'After how many receives does a message go to the dead-letter queue? (1 to 1000)',
    value: '3',
    otherwise: '3',
    mistake: (text) => (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= 1000 ? undefined : 'A whole number, 1 to 1000.'),
  });
  if (limit === undefined) return undefined;
  const queue = deadLetters.queue ?? (await createQueue(call, { name: deadLetters.create ?? '', fifo: wish.fifo }));
  return createQueue(call, { ...wish, deadLetterArn: queue.arn ?? '', maxReceiveCount: Number(limit) });
}

interface DeadLetters {
  readonly queue?: Found;
  /** A new one's name. */
  readonly create?: string;
}

async function askDeadLetters(
  call: Call,
  { name, fifo }: { readonly name: string; readonly fifo: boolean },
): Promise<DeadLetters | undefined> {
  const own = `${name.replace(/\.fifo$/, '').slice(0, 71)}-dlq${fifo ? '.fifo' : ''}`;
  const named = call.answers.given('deadLetterQueue');
  if (typeof named === 'string') return namedDeadLetters(call, named);
  const choices: readonly Choice<'none' | 'new' | 'other'>[] = [
    { label: 'No dead-letter queue', value: 'none', detail: 'What fails comes again until its retention ends' },
    { label: `A new one: ${own}`, value: 'new', detail: 'What fails too often goes there' },
    { label: 'One that is there...', value: 'other' },
  ];
  const title = 'Create a queue: where does what fails go?';
  const chosen = await call.answers.choice('deadLetters', choices, { title, otherwise: 'none' });
  if (chosen !== 'other') return chosen && (chosen === 'new' ? { create: own } : {});
  const aim = await pickAim(pinned(call.target), ['queue'], 'Which queue takes the dead letters?');
  return aim?.kind === 'resource' ? { queue: aim.found } : undefined;
}

async function namedDeadLetters(look: Look, name: string): Promise<DeadLetters> {
  const queue = await kinds.queue.find(look, { name });
  if (queue) return { queue };
  throw new Refusal({ what: `There is no queue ${name} to take the dead letters.`, advice: 'Nothing was created.' });
}

async function newBucket(call: Call): Promise<Found | undefined> {
  const name = await askName('bucket', call.answers);
  return name === undefined ? undefined : createBucket(call, name);
}

async function newStream(call: Call): Promise<Found | undefined> {
  const { answers, target } = call;
  const name = await askName('stream', answers);
  if (name === undefined) return undefined;
  const cost = (words: string) => (isRealAccount(target) ? { detail: words } : {});
  const modes: readonly Choice<'provisioned' | 'on-demand'>[] = [
    {
      label: 'Provisioned',
      value: 'provisioned',
      description: 'so many shards',
      ...cost('About 0.015 US dollars a shard and hour, used or not'),
    },
    {
      label: 'On-demand',
      value: 'on-demand',
      description: 'shards come as needed',
      ...cost('About 0.04 US dollars an hour, used or not, and more for data'),
    },
  ];
  const mode = await answers.choice('mode', modes, { title: 'Create a stream', otherwise: 'provisioned' });
  if (mode === undefined) return undefined;
  if (mode === 'on-demand') return createStream(call, name, undefined);
  const shards = await answers.text('shards', {
    title: 'Create a stream',
    prompt: 'How many shards? Each takes 1 MiB or 1,000 records a second, and gives 2 MiB.',
    value: '1',
    otherwise: '1',
    mistake: (text) => (/^[1-9]\d{0,3}$/.test(text) ? undefined : 'A whole number, from 1 on.'),
  });
  return shards === undefined ? undefined : createStream(call, name, Number(shards));
}
