import { AwsError } from '../service.ts';
import { orderingOf } from './fifo.ts';
import { maxSize, orderingInput, publishTo, readDraft } from './publish.ts';
import { topicFor } from './sns.ts';
import type { Sns, SnsHandlers } from './sns.ts';

const mostEntries = 10;

export const publishBatchHandlers = (sns: Sns) =>
  ({
    PublishBatch({ TopicArn, PublishBatchRequestEntries: entries }, call) {
      const topic = topicFor(sns, TopicArn, 'Publish', call);
      checkIds((entries ?? []).map(({ Id }) => Id ?? ''));
      // SNS refuses the whole batch for one bad entry.
      const drafts = (entries ?? []).map((entry, index) => ({
        Id: entry.Id ?? '',
        draft: readDraft(entry, `publishBatchRequestEntries.${index + 1}.member.messageAttributes`),
        ordering: orderingOf(topic, orderingInput(entry)),
      }));
      const size = drafts.reduce((sum, { draft }) => sum + draft.size, 0);
      if (size > maxSize)
        throw new AwsError(
          'BatchRequestTooLongException',
          'The length of all the messages put together is more than the limit.',
        );
      const Successful = drafts.map(({ Id, draft, ordering }) => ({ Id, ...publishTo(sns, topic, draft, ordering) }));
      return { Successful, Failed: [] };
    },
  }) satisfies SnsHandlers;

function checkIds(ids: readonly string[]): void {
  if (ids.length === 0)
    throw new AwsError('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
  if (ids.length > mostEntries)
    throw new AwsError(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    );
  for (const id of ids) {
    const wrong =
      id.length > 80 ? 'is too long' : /^[\w-]+$/.test(id) ? undefined : 'contains an impermissible character';
    if (wrong !== undefined)
      throw new AwsError(
        'InvalidBatchEntryIdException',
        `The Id of a batch entry in the batch request ${wrong}: ${id}`,
      );
  }
  if (new Set(ids).size < ids.length)
    throw new AwsError(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    );
}
