// What a queue makes of a message given to it, by a caller or by another service: checked, deduplicated, stored.
import { textOf } from '../ports.ts';
import type { LaterText } from '../ports.ts';
import { AwsError } from '../service.ts';
import type { World } from '../service.ts';
import { digestContent } from './digest.ts';
import { checkRange, invalidContents, invalidParameter, invalidValue, missing, notForThisQueue } from './errors.ts';
import { longestDelaySeconds } from './limits.ts';
import { attributesSize, hasInvalidCharacter, readAttributes } from './messageAttributes.ts';
import { newId } from './message.ts';
import type { GivenAttribute, MessageAttributes } from './messageAttributes.ts';
import type { Queue, Sent } from './queue.ts';

export interface GivenMessage {
  readonly body: string | LaterText | undefined;
  readonly delaySeconds?: number | undefined;
  readonly attributes?: Readonly<Record<string, GivenAttribute>> | undefined;
  readonly system?: Readonly<Partial<Record<string, GivenAttribute>>> | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

export interface Accepted {
  readonly sent: Sent;
  readonly body: string | LaterText;
  readonly attributes: MessageAttributes | undefined;
  readonly traceHeader: string | undefined;
}

/**
 * Stores a message, unless a FIFO queue has seen its deduplication id within five minutes: then the first one's id and sequence
 * number are the answer. `tooLong` is how AWS begins its sentence about a body that is too long, which differs in a batch.
 * @throws MissingParameter, InvalidParameterValue, InvalidMessageContents
 */
export function accept(
  world: Pick<World, 'clock' | 'id'>,
  queue: Queue,
  given: GivenMessage,
  senderId: string,
  tooLong: 'are invalid' | 'cannot be validated',
): Accepted {
  const { body } = given;
  if (body === undefined || body === '') throw missing('MessageBody');
  const attributes = readAttributes(given.attributes);
  const traceHeader = readSystem(given.system);
  const { maximumSize } = queue.settings;
  const room = maximumSize - attributesSize(attributes);
  if (typeof body === 'string' ? Buffer.byteLength(body) > room : !body.fits(room)) {
    throw invalidParameter(
      `One or more parameters ${tooLong}. Reason: Message must be shorter than ${maximumSize} bytes.`,
    );
  }
  if (typeof body === 'string' && hasInvalidCharacter(body))
    throw new AwsError('InvalidMessageContents', invalidContents);
  const delay = readDelay(given.delaySeconds, queue);
  const groupId = readGroup(given.groupId, queue);
  const deduplicationId = readDeduplication(given.deduplicationId, queue, body);
  const now = world.clock.now();

  const key = queue.fifo ? queue.deduplicationKey(groupId ?? '', deduplicationId ?? '', now) : undefined;
  const before = key === undefined ? undefined : queue.sent.find(key, now);
  if (before) return { sent: before, body, attributes, traceHeader };

  const id = newId(world);
  const content = { id, body, attributes, traceHeader, senderId, groupId, deduplicationId };
  const { sequenceNumber = '' } = queue.arrive({ content, sentAt: now, due: now + delay }, now);
  const sent = { messageId: id, sequenceNumber };
  if (key !== undefined) queue.sent.remember(key, sent, now);
  return { sent, body, attributes, traceHeader };
}

/** The only system attribute there is: the X-Ray trace header. */
function readSystem(given: GivenMessage['system']): string | undefined {
  for (const name in given) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
  }
  const header = given?.['AWSTraceHeader'];
  if (!header) return undefined;
  if (header.DataType !== 'String') {
    throw invalidParameter(
      "The type of message (system) attribute 'AWSTraceHeader' is invalid. You must use only the type String.",
    );
  }
  if (!header.StringValue) {
    throw invalidParameter(
      "Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.",
    );
  }
  return header.StringValue;
}

/** Milliseconds. A FIFO queue has one delay for all; 0 means it, too. */
function readDelay(seconds: number | undefined, queue: Queue): number {
  const range = 'DelaySeconds must be >= 0 and <= 900.';
  checkRange('DelaySeconds', seconds, 0, longestDelaySeconds, range);
  if (queue.fifo && seconds !== undefined && seconds > 0) throw notForThisQueue('DelaySeconds', seconds);
  return seconds === undefined || queue.fifo ? queue.settings.delay : seconds * 1000;
}

function readGroup(groupId: string | undefined, queue: Queue): string | undefined {
  if (groupId === undefined && queue.fifo) throw missing('MessageGroupId');
  return checkToken('MessageGroupId', groupId);
}

function readDeduplication(id: string | undefined, queue: Queue, body: string | LaterText): string | undefined {
  if (!queue.fifo) {
    if (id !== undefined) throw notForThisQueue('MessageDeduplicationId', id);
    return undefined;
  }
  if (id === undefined && queue.settings.contentDeduplicates) return digestContent(textOf(body));
  if (id === undefined) {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return checkToken('MessageDeduplicationId', id);
}

function checkToken(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^[!-~]{1,128}$/.test(value)) return value;
  throw invalidValue(
    name,
    value,
    `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
