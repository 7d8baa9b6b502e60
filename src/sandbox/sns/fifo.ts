import { hash } from 'node:crypto';
import { invalid } from './refusals.ts';
import type { RecentPublication, Topic } from './state.ts';

/** A publication with the same deduplication id within this time is the same publication. */
const window = 5 * 60 * 1000;

export interface Ordering {
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

interface Given {
  readonly message: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** What a FIFO topic needs to know of a message, and a standard one does not take. */
export function orderingOf(topic: Topic, { message, groupId, deduplicationId }: Given): Ordering {
  if (!topic.fifo) {
    if (deduplicationId !== undefined)
      throw invalid(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    return groupId === undefined ? {} : { groupId: requireId('MessageGroupId', groupId) };
  }
  if (groupId === undefined || groupId === '')
    throw invalid('The MessageGroupId parameter is required for FIFO topics');
  const byContent = topic.attributes.get('ContentBasedDeduplication') === 'true';
  if (deduplicationId === undefined && !byContent)
    throw invalid(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  return {
    groupId: requireId('MessageGroupId', groupId),
    deduplicationId:
      deduplicationId === undefined ? hash('sha256', message) : requireId('MessageDeduplicationId', deduplicationId),
  };
}

function requireId(name: string, text: string): string {
  if (!/^[\x21-\x7e]{1,128}$/.test(text)) throw invalid(name);
  return text;
}

/** What was answered for the same message within the last five minutes. */
export function recall(topic: Topic, ordering: Ordering, now: number): RecentPublication | undefined {
  for (const [key, { until }] of topic.recent) {
    if (until > now) break; // in the order of time
    topic.recent.delete(key);
  }
  return topic.recent.get(keyOf(topic, ordering));
}

export function remember(topic: Topic, ordering: Ordering, messageId: string, now: number): RecentPublication {
  topic.sequence += 1n;
  const made = { messageId, sequenceNumber: String(topic.sequence).padStart(20, '0'), until: now + window };
  topic.recent.set(keyOf(topic, ordering), made);
  return made;
}

/** With FifoThroughputScope MessageGroup, groups do not know of each other. */
function keyOf(topic: Topic, { groupId = '', deduplicationId = '' }: Ordering): string {
  return topic.attributes.get('FifoThroughputScope') === 'MessageGroup'
    ? `${groupId} ${deduplicationId}`
    : deduplicationId;
}
