import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { PortMessageAttribute } from '../ports.ts';
import { isE164 } from './checkEndpoint.ts';
import { signatureVersionOf } from './delivery/publication.ts';
import { orderingOf, recall, remember } from './fifo.ts';
import type { Ordering } from './fifo.ts';
import { attributesSize, checkMessageAttributes } from './messageAttributes.ts';
import { checkSubject, readMessage } from './messageText.ts';
import type { MessageText } from './messageText.ts';
import { pushNotification, shortMessage } from './mobile/phone.ts';
import type { Publication } from './delivery/publication.ts';
import { invalid } from './refusals.ts';
import { topicFor } from './sns.ts';
import type { Sns, SnsHandlers } from './sns.ts';
import type { Topic } from './state.ts';

/** A message with its attributes; a batch has as much in all. */
export const maxSize = 256 * 1024;

export const publishHandlers = (sns: Sns) =>
  ({
    Publish(input, call) {
      const { PhoneNumber, TopicArn, TargetArn } = input;
      const target = TopicArn ?? TargetArn;
      if (PhoneNumber !== undefined && target === undefined) {
        if (!isE164(PhoneNumber)) throw invalid(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`);
        const draft = readDraft(input);
        return {
          MessageId: shortMessage(
            sns.world,
            sns.state,
            call,
            PhoneNumber,
            asPublication(sns, { arn: '', account: call.account }, draft),
          ),
        };
      }
      if (target === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
      if (isEndpoint(target)) {
        if (!sns.state.endpoints.has(target))
          throw invalid('TargetArn Reason: No endpoint found for the target arn specified');
        const publication = asPublication(sns, { arn: target, account: call.account }, readDraft(input));
        return { MessageId: pushNotification(sns.world, sns.state, target, publication) };
      }
      const topic = topicFor(sns, target, 'Publish', call, TopicArn === undefined ? 'TargetArn' : 'TopicArn');
      return publishTo(sns, topic, readDraft(input), orderingOf(topic, orderingInput(input)));
    },
  }) satisfies SnsHandlers;

const isEndpoint = (arn: string) => /^arn:[^:]+:sns:[^:]*:[^:]*:endpoint\//.test(arn);

export type Given = Pick<
  PublishCommandInput,
  'Subject' | 'MessageStructure' | 'MessageAttributes' | 'MessageGroupId' | 'MessageDeduplicationId'
> & { readonly Message?: string | undefined };

/** A message as given, checked, before it has a place and a time. */
export interface Draft extends MessageText {
  readonly subject?: string;
  readonly attributes: Readonly<Record<string, PortMessageAttribute>>;
  readonly size: number;
}

export function readDraft(given: Given, attributesPath?: string): Draft {
  checkSubject(given.Subject);
  const text = readMessage(given.Message, given.MessageStructure);
  const attributes = checkMessageAttributes(given.MessageAttributes, attributesPath);
  const size = Buffer.byteLength(given.Message ?? '') + attributesSize(attributes);
  if (size > maxSize && attributesPath === undefined) throw invalid('Message too long');
  return { ...text, attributes, size, ...(given.Subject === undefined ? {} : { subject: given.Subject }) };
}

export const orderingInput = (given: Given) => ({
  message: given.Message ?? '',
  groupId: given.MessageGroupId,
  deduplicationId: given.MessageDeduplicationId,
});

export interface Published {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

/** Gives the message to all who subscribed; one that a FIFO topic has had before is only acknowledged. */
export function publishTo(sns: Sns, topic: Topic, draft: Draft, ordering: Ordering): Published {
  const now = sns.world.clock.now();
  const before = topic.fifo ? recall(topic, ordering, now) : undefined;
  if (before !== undefined) return { MessageId: before.messageId, SequenceNumber: before.sequenceNumber };
  const publication = asPublication(sns, topic, draft);
  const { messageId } = publication;
  if (!topic.fifo) {
    sns.deliveries.fanOut(topic, Object.assign(publication, ordering, { signatureVersion: signatureVersionOf(topic) }));
    return { MessageId: messageId };
  }
  const { sequenceNumber } = remember(topic, ordering, messageId, now);
  sns.deliveries.fanOut(topic, { ...publication, ...ordering, sequenceNumber, fifo: true });
  sns.world.changed();
  return { MessageId: messageId, SequenceNumber: sequenceNumber };
}

function asPublication(
  { world }: Sns,
  { arn, account }: Pick<Topic, 'arn' | 'account'>,
  { message, byProtocol, subject, attributes }: Draft,
): Publication {
  const publication = {
    messageId: world.id(),
    topicArn: arn,
    account,
    message,
    attributes,
    timestamp: new Date(world.clock.now()).toISOString(),
    signatureVersion: '1' as const,
    fifo: false,
  };
  if (byProtocol === undefined && subject === undefined) return publication;
  return {
    ...publication,
    ...(byProtocol === undefined ? {} : { byProtocol }),
    ...(subject === undefined ? {} : { subject }),
  };
}
