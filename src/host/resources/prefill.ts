import { emptyDraft, type Draft, type DraftAttribute } from '../../aws/actions/draft.ts';
import type { Found } from '../../aws/resources/kind.ts';

/** A message that an edited copy takes the place of: deleted once the copy was accepted. */
export interface Original {
  readonly queueUrl: string;
  readonly messageId: string;
  /** Of the receive that brought it. Absent in the sandbox, where a message is taken out by its id. */
  readonly receiptHandle?: string;
}

/** What the composer opens with. */
export interface Prefill {
  /** A queue, a topic or a stream. */
  readonly to: Found;
  readonly body?: string;
  readonly subject?: string;
  readonly attributes?: readonly DraftAttribute[];
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly delaySeconds?: number;
  readonly partitionKey?: string;
  readonly replaces?: Original;
}

export function draftOf({ to: _to, replaces: _replaces, delaySeconds, ...given }: Prefill): Draft {
  return { ...emptyDraft, ...given, ...(delaySeconds !== undefined && { delay: String(delaySeconds) }) };
}

/** Whether something would be lost if another form took this one's place. */
export function hasContent(prefill: Prefill): boolean {
  return prefill.replaces !== undefined || JSON.stringify(draftOf(prefill)) !== JSON.stringify(emptyDraft);
}
