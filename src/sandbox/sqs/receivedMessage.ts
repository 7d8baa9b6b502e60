// A message as its receiver gets it: its handle, and the attributes that were asked for.
import type { Message as SdkMessage } from '@aws-sdk/client-sqs';
import { digestAttributes, digestBody } from './digest.ts';
import { attributeRules } from './attributes.ts';
import { unknownAttribute } from './errors.ts';
import { bodyOf } from './message.ts';
import type { Message } from './message.ts';
import { pickAttributes } from './messageAttributes.ts';
import type { Queue } from './queue.ts';
import { encodeReceipt } from './receipt.ts';

export interface WantedParts {
  readonly systemNames: readonly string[];
  readonly attributeNames: readonly string[];
}

/** In AWS's order; undefined: this message has no such attribute. */
const systemAttributes: ReadonlyMap<string, (message: Message) => string | undefined> = new Map(
  Object.entries<(message: Message) => string | undefined>({
    SenderId: ({ senderId }) => senderId,
    ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => String(firstReceivedAt),
    ApproximateReceiveCount: ({ receives }) => String(receives),
    SentTimestamp: ({ sentAt }) => String(sentAt),
    SequenceNumber: ({ sequenceNumber }) => sequenceNumber,
    MessageDeduplicationId: ({ deduplicationId }) => deduplicationId,
    MessageGroupId: ({ groupId }) => groupId,
    AWSTraceHeader: ({ traceHeader }) => traceHeader,
    DeadLetterQueueSourceArn: ({ source }) => source,
  }),
);

/** Queues' attribute names are let pass, since the SDK's type names them here. @throws InvalidAttributeName */
export function checkSystemNames(names: readonly string[]): void {
  for (const name of names) {
    if (name !== 'All' && !systemAttributes.has(name) && !attributeRules.has(name)) throw unknownAttribute(name);
  }
}

export function receivedMessage(queue: Queue, message: Message, wanted: WantedParts): SdkMessage {
  const attributes = pickAttributes(message.attributes, wanted.attributeNames);
  const system = pickSystem(message, wanted.systemNames);
  return {
    MessageId: message.id,
    ReceiptHandle: encodeReceipt({ queue: queue.uid, order: message.order, serial: message.serial }),
    MD5OfBody: digestBody(bodyOf(message)),
    Body: bodyOf(message),
    ...(system === undefined ? {} : { Attributes: system }),
    ...(attributes === undefined
      ? {}
      : { MD5OfMessageAttributes: digestAttributes(attributes), MessageAttributes: attributes }),
  };
}

export function pickSystem(message: Message, names: readonly string[]): Record<string, string> | undefined {
  if (names.length === 0) return undefined;
  const picked: Record<string, string> = {};
  let any = false;
  for (const name of names.includes('All') ? systemAttributes.keys() : names) {
    const value = systemAttributes.get(name)?.(message);
    if (value === undefined) continue;
    picked[name] = value;
    any = true;
  }
  return any ? picked : undefined;
}
