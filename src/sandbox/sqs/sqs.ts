// What every operation is given: the sandbox, and the queues.
import type { Call, World } from '../service.ts';
import { noSuchQueue } from './errors.ts';
import { authorize } from './access.ts';
import type { Action } from './access.ts';
import { parseQueueUrl } from './names.ts';
import type { MoveTasks } from './moveTasks.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

export interface Sqs {
  readonly world: World;
  readonly queues: Queues;
  readonly tasks: MoveTasks;
}

/**
 * The queue that a request names, caught up with the time, if the caller may do this with it.
 * @throws QueueDoesNotExist, InvalidAddress, AccessDenied
 */
export function openQueue(sqs: Sqs, queueUrl: string, call: Call, action: Action): Queue {
  const queue = sqs.queues.find(parseQueueUrl(queueUrl, call));
  if (!queue) throw noSuchQueue();
  const now = sqs.world.clock.now();
  authorize(queue, call, action, now);
  queue.settle(now);
  return queue;
}

/** Something of this queue may have become visible, or was otherwise changed: whoever waits for it is served. */
export function changed(sqs: Sqs, queue: Queue): void {
  sqs.world.changed();
  if (queue.waiters.size > 0) queue.waiters.serve(sqs.world.clock, () => queue.messages.nextDue());
}
