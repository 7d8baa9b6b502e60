// What the three batch operations have in common: one to ten entries with distinct ids, each with its own outcome.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html
import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import { missing } from './errors.ts';
import { mostPerBatch } from './limits.ts';

/** As the SDK has it: an id may be missing. */
type Entry = { readonly Id?: string | undefined };

/** @throws EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct: nothing is done then */
export function checkEntries(entries: readonly Entry[] | undefined, type: string): void {
  if (!entries || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${type} in the request.`);
  }
  if (entries.length > mostPerBatch) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostPerBatch}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  entries.forEach(({ Id: id }, index) => {
    if (id === undefined) throw missing(`${type}.${index + 1}.Id`);
    if (!/^[\w-]{1,80}$/.test(id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    seen.add(id);
  });
}

interface Outcomes<Success> {
  Successful: Success[] | undefined;
  Failed: BatchResultErrorEntry[] | undefined;
}

/** Runs each entry; a refusal becomes that entry's failure. AWS leaves an empty list out. */
export function runEntries<Each extends Entry, Success>(
  entries: readonly Each[],
  run: (entry: Each) => Success,
): Outcomes<Success> {
  const done: Success[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      done.push(run(entry));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful: done.length > 0 ? done : undefined, Failed: failed.length > 0 ? failed : undefined };
}
