import type { SqsPort } from '../../ports.ts';
import type { Outcome, Shipment } from './parts.ts';
import { messageFor } from './publication.ts';
import type { Publication } from './publication.ts';

/** SQS takes ten attributes; a raw message with more is dropped, as on AWS. */
const mostAttributes = 10;

/** Sends to the subscriber's queue, or to a dead-letter queue; the queue's policy decides. */
export function deliverToQueue(
  port: SqsPort,
  queueArn: string,
  { subscription, publication, envelopes }: Shipment,
): Outcome {
  const { topicArn, attributes, groupId } = publication;
  const raw = subscription.attributes.get('RawMessageDelivery') === 'true';
  if (raw && Object.keys(attributes).length > mostAttributes)
    return { ok: false, retry: false, why: `raw delivery to SQS carries at most ${mostAttributes} attributes` };
  const body = raw ? messageFor(publication, 'sqs') : envelopes.later(subscription.arn, subscription.protocol);
  const message = raw ? { body, attributes } : { body };
  const as = { service: 'sns.amazonaws.com', sourceArn: topicArn, sourceAccount: publication.account };
  const place = groupId === undefined ? undefined : placeIn(queueArn, publication);
  const result = port.deliver(queueArn, place === undefined ? message : { ...message, ...place }, as);
  return result.ok ? result : { ok: false, retry: false, why: `${result.reason}: ${result.message}` };
}

/** Standard queues take the group of a standard topic's message, FIFO queues all that a FIFO topic says. */
function placeIn(queueArn: string, { fifo, groupId = '', deduplicationId = '' }: Publication) {
  if (!fifo) return { groupId };
  return queueArn.endsWith('.fifo') ? { groupId, deduplicationId } : undefined;
}
