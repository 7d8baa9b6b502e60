// ReceiveMessage: takes what is visible, hides it, and moves what was received too often to the dead-letter queue.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
import type { ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { deadLetter, deadLetterQueue } from './deadLetter.ts';
import { checkRange, invalidValue, notForThisQueue } from './errors.ts';
import { longestVisibility, longestWaitSeconds, mostInflight, mostPerReceive } from './limits.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import { checkSystemNames, receivedMessage } from './receivedMessage.ts';
import type { WantedParts } from './receivedMessage.ts';
import { changed, openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

interface Wanted extends WantedParts {
  readonly most: number;
  /** Milliseconds. */
  readonly visibility: number;
  readonly attempt: string | undefined;
}

/**
 * Waits up to WaitTimeSeconds (0 to 20; the queue's own where left out) when there is nothing. A wait ends with nothing when the
 * client goes away.
 * @throws InvalidParameterValue; OverLimit when a standard queue has 120,000 messages in flight and the call does not wait
 */
export function receiveMessage(
  sqs: Sqs,
  input: ReceiveMessageRequest,
  call: Call,
): ReceiveMessageResult | Promise<ReceiveMessageResult> {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'ReceiveMessage');
  const wanted = readWanted(input, queue);
  const wait = input.WaitTimeSeconds === undefined ? queue.settings.wait : input.WaitTimeSeconds * 1000;
  const received = receive(sqs, queue, wanted);
  if (received) return received;
  if (wait === 0) {
    if (!queue.fifo && queue.messages.inflight >= mostInflight) throw tooManyInflight();
    return {};
  }
  const { clock } = sqs.world;
  const result = queue.waiters.wait(clock, clock.now() + wait, call.signal, () => receive(sqs, queue, wanted), {});
  changed(sqs, queue);
  return result;
}

const tooManyInflight = (): AwsError =>
  new AwsError('OverLimit', `The maximum number of in flight messages is reached: ${mostInflight}.`);

function readWanted(input: ReceiveMessageRequest, queue: Queue): Wanted {
  const { MaxNumberOfMessages: most, VisibilityTimeout: visibility, WaitTimeSeconds: wait } = input;
  checkRange('MaxNumberOfMessages', most, 1, mostPerReceive, 'Must be between 1 and 10, if provided.');
  checkRange('WaitTimeSeconds', wait, 0, longestWaitSeconds, 'Must be >= 0 and <= 20, if provided.');
  checkRange('VisibilityTimeout', visibility, 0, longestVisibility, 'Must be >= 0 and <= 43200, if provided.');
  const systemNames = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  checkSystemNames(systemNames);
  return {
    most: most ?? 1,
    visibility: visibility === undefined ? queue.settings.visibility : visibility * 1000,
    attempt: checkAttempt(input.ReceiveRequestAttemptId, queue),
    systemNames,
    attributeNames: input.MessageAttributeNames ?? [],
  };
}

function checkAttempt(id: string | undefined, queue: Queue): string | undefined {
  if (id === undefined) return undefined;
  if (!queue.fifo) throw notForThisQueue('ReceiveRequestAttemptId', id);
  if (!/^[!-~]{1,128}$/.test(id)) {
    throw invalidValue(
      'ReceiveRequestAttemptId',
      id,
      'ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    );
  }
  return id;
}

/** What can be received at once; undefined: nothing. */
function receive(sqs: Sqs, queue: Queue, wanted: Wanted): ReceiveMessageResult | undefined {
  const now = sqs.world.clock.now();
  queue.settle(now);
  const messages = repeat(queue, wanted, now) ?? take(sqs, queue, wanted, now);
  if (messages.length === 0) return undefined;
  const result = { Messages: messages.map((message) => receivedMessage(queue, message, wanted)) };
  if (wanted.visibility === 0) for (const message of messages) queue.messages.reveal(message);
  sqs.world.changed();
  return result;
}

/** The messages that an attempt of the same id has taken already, while they are all still as it left them. */
function repeat(queue: Queue, { attempt, visibility }: Wanted, now: number): Message[] | undefined {
  const before = attempt === undefined ? undefined : queue.attempts.find(attempt, now);
  if (!before) return undefined;
  const messages: Message[] = [];
  for (const { order, serial } of before) {
    const message = queue.messages.find(order);
    if (message?.serial !== serial || message.state !== 'inflight') return undefined;
    messages.push(message);
  }
  for (const message of messages) queue.messages.hide(message, now + visibility);
  return messages;
}

function take(sqs: Sqs, queue: Queue, { most, visibility, attempt }: Wanted, now: number): Message[] {
  const target = deadLetterQueue(sqs, queue);
  const limit = Math.min(most, mostInflight - queue.messages.inflight);
  const taken: Message[] = [];
  let moved = false;
  if (limit > 0) {
    for (const message of queue.messages.visible()) {
      if (target && message.receivesHere >= target.maxReceiveCount) {
        deadLetter(queue, message, target.queue, now);
        moved = true;
        continue;
      }
      count(message, now);
      queue.messages.hide(message, now + visibility);
      taken.push(message);
      if (taken.length === limit) break;
    }
  }
  if (moved && target) changed(sqs, target.queue);
  if (attempt !== undefined && taken.length > 0) {
    queue.attempts.remember(
      attempt,
      taken.map(({ order, serial }) => ({ order, serial })),
      now,
    );
  }
  return taken;
}

function count(message: Message, now: number): void {
  message.receives++;
  message.receivesHere++;
  message.serial++;
  message.receivedAt = now;
  if (message.firstReceivedAt === 0) message.firstReceivedAt = now;
}
