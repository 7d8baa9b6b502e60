import type { SnsPort } from '../ports.ts';
import { AwsError } from '../service.ts';
import { decideForService } from './access.ts';
import { orderingOf } from './fifo.ts';
import { publishTo, readDraft } from './publish.ts';
import type { Sns } from './sns.ts';

/** Publishing by another service, such as S3 for a bucket's events; the topic's policy decides. */
export const createPort = (sns: Sns): SnsPort => ({
  publish(topicArn, { subject, message, attributes }, as) {
    const topic = sns.state.topics.get(topicArn);
    if (topic === undefined) return { ok: false, reason: 'no-such-topic', message: 'Topic does not exist' };
    if (decideForService(topic, as, sns.world.clock.now()) !== 'allow')
      return { ok: false, reason: 'access-denied', message: `${as.service} may not publish to ${topicArn}` };
    try {
      const draft = readDraft({ Subject: subject, Message: message, MessageAttributes: attributes });
      const ordering = orderingOf(topic, { message, groupId: undefined, deduplicationId: undefined });
      return { ok: true, messageId: publishTo(sns, topic, draft, ordering).MessageId };
    } catch (error) {
      if (error instanceof AwsError) return { ok: false, reason: 'invalid', message: error.message };
      throw error;
    }
  },
});
