// What a person does to messages they see in a true peek, which have no receipt handles: out of the queue by their ids.
// POST /_sandbox/peek/sqs/delete { queueUrl, region, ids } and /move, which also takes { to: ARN }. What is in flight stays.
import { findPeeked } from './peekByQuery.ts';
import type { Message } from './message.ts';
import { newId } from './message.ts';
import { redrive } from './moveTasks.ts';
import type { Queue } from './queue.ts';
import { changed } from './sqs.ts';
import type { Sqs } from './sqs.ts';

export interface ByHand {
  readonly done: readonly string[];
  /** Those that stay, and why. */
  readonly left: readonly { readonly id: string; readonly why: 'gone' | 'in-flight' | 'no-source' | 'no-queue' }[];
}

type Why = ByHand['left'][number]['why'];

/** Undefined: no such queue, or no such act. */
export function actByHand(sqs: Sqs, act: string, body: Readonly<Record<string, unknown>>): ByHand | undefined {
  const query = new URLSearchParams();
  for (const name of ['queueUrl', 'region', 'queueArn']) {
    const value = body[name];
    if (typeof value === 'string') query.set(name, value);
  }
  const queue = findPeeked(sqs, query);
  const ids = new Set(Array.isArray(body['ids']) ? body['ids'].map(String) : []);
  const to = typeof body['to'] === 'string' ? body['to'] : undefined;
  if (!queue || (act !== 'delete' && act !== 'move')) return undefined;
  const now = sqs.world.clock.now();
  queue.settle(now);
  const reached = new Set<Queue>([queue]);
  const take = (message: Message): Why | undefined => {
    if (message.state === 'inflight') return 'in-flight';
    if (act === 'delete') return void queue.messages.remove(message);
    const arn = to ?? message.source;
    if (arn === undefined) return 'no-source';
    const target = sqs.queues.findByArn(arn);
    if (!target || target.fifo !== queue.fifo) return 'no-queue';
    redrive(queue, message, target, newId(sqs.world), now);
    return void reached.add(target);
  };
  const result = takeEach(queue, ids, take);
  for (const each of reached) changed(sqs, each);
  return result;
}

function takeEach(queue: Queue, ids: ReadonlySet<string>, take: (message: Message) => Why | undefined): ByHand {
  const found = [...queue.messages.values()].filter(({ id }) => ids.has(id));
  const done: string[] = [];
  const left: { id: string; why: Why }[] = [];
  for (const message of found) {
    const why = take(message);
    if (why === undefined) done.push(message.id);
    else left.push({ id: message.id, why });
  }
  const known = new Set(found.map(({ id }) => id));
  for (const id of ids) if (!known.has(id)) left.push({ id, why: 'gone' });
  return { done, left };
}
