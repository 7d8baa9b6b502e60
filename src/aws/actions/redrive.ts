// Brings all dead letters back. SQS does it by a task of its own, for dead-letter queues of queues only; for those of SNS subscriptions and
// functions, which it refuses, messages are copied and then deleted.
import { AwsFailure } from '../errors.ts';
import type { Target } from '../target.ts';
import { deleteMessages, moveMessages, type Moved, type ReceivedMessage } from './messages.ts';

export interface RedriveWatch {
  readonly signal?: AbortSignal;
  onProgress?(moved: number, total: number | undefined): void;
  /** Real time between two looks. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type RedriveEnd =
  | { readonly state: 'done' | 'cancelled'; readonly moved: number }
  | { readonly state: 'failed'; readonly moved: number; readonly why: string };

export type RedriveStart =
  | { readonly state: 'started'; readonly handle: string }
  /** No queue dead-letters to it: messages came by SNS or a function, or by hand. */
  | { readonly state: 'no-source' };

const betweenLooks = 1000;

/** The queues that dead-letter to this one, by URL. */
export async function sourcesOf(target: Target, queueUrl: string, signal?: AbortSignal): Promise<readonly string[]> {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const input = { QueueUrl: queueUrl, MaxResults: 1000, ...(NextToken !== undefined && { NextToken }) };
    const page = await target.send('sqs.ListDeadLetterSourceQueues', input, signal ? { signal } : {});
    urls.push(...(page.queueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== '');
  return urls;
}

/** Without `destinationArn` each message goes to the queue it came from. */
export async function startRedrive(
  target: Target,
  queue: { readonly arn: string; readonly url: string },
  destinationArn?: string,
): Promise<RedriveStart> {
  if ((await sourcesOf(target, queue.url)).length === 0) return { state: 'no-source' };
  const input = { SourceArn: queue.arn, ...(destinationArn !== undefined && { DestinationArn: destinationArn }) };
  const { TaskHandle = '' } = await target.send('sqs.StartMessageMoveTask', input);
  return { state: 'started', handle: TaskHandle };
}

/** Until the task ends. Stopping cancels it; what was moved stays moved. */
export async function followRedrive(target: Target, sourceArn: string, watch: RedriveWatch): Promise<RedriveEnd> {
  for (;;) {
    const { Results: [task] = [] } = await target.send('sqs.ListMessageMoveTasks', { SourceArn: sourceArn });
    const moved = Number(task?.ApproximateNumberOfMessagesMoved ?? 0);
    watch.onProgress?.(moved, task?.ApproximateNumberOfMessagesToMove);
    switch (task?.Status) {
      case 'RUNNING':
        break;
      case 'FAILED':
        return { state: 'failed', moved, why: task.FailureReason ?? 'SQS gives no reason' };
      case 'CANCELLED':
      case 'CANCELLING':
        return { state: 'cancelled', moved };
      default:
        return { state: 'done', moved };
    }
    if (watch.signal?.aborted) return cancel(target, sourceArn, task.TaskHandle, moved);
    // Being stopped wakes the sleeper; the next round cancels.
    await watch.sleep(betweenLooks, watch.signal).catch(ignoreStop(watch.signal));
  }
}

const ignoreStop = (signal: AbortSignal | undefined) => (error: unknown) => {
  if (!signal?.aborted) throw error;
};

async function cancel(
  target: Target,
  SourceArn: string,
  TaskHandle: string | undefined,
  before: number,
): Promise<RedriveEnd> {
  if (TaskHandle === undefined) return { state: 'cancelled', moved: before };
  try {
    const answer = await target.send('sqs.CancelMessageMoveTask', { TaskHandle });
    return { state: 'cancelled', moved: Number(answer.ApproximateNumberOfMessagesMoved ?? before) };
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== 'refused') throw error;
    const { Results: [task] = [] } = await target.send('sqs.ListMessageMoveTasks', { SourceArn });
    return { state: 'done', moved: Number(task?.ApproximateNumberOfMessagesMoved ?? before) };
  }
}

export interface CopyEnd {
  readonly moved: number;
  readonly problems: readonly Exclude<Moved, { state: 'moved' }>[];
  readonly stopped: boolean;
}

/** Receives until nothing comes any more, copies, deletes. Each receive counts in the queue that is emptied. */
export async function copyAll(
  target: Target,
  queues: { readonly from: string; readonly to: string },
  watch: Omit<RedriveWatch, 'sleep'>,
): Promise<CopyEnd> {
  const problems: Exclude<Moved, { state: 'moved' }>[] = [];
  let moved = 0;
  while (!watch.signal?.aborted) {
    const messages = await receive(target, queues.from);
    if (messages.length === 0) return { moved, problems, stopped: false };
    for (const each of await moveMessages(target, queues, messages)) {
      if (each.state === 'moved') moved++;
      else problems.push(each);
    }
    watch.onProgress?.(moved, undefined);
    // What cannot be moved would come again and again.
    if (problems.length >= 10) return { moved, problems, stopped: true };
  }
  return { moved, problems, stopped: true };
}

async function receive(target: Target, QueueUrl: string): Promise<readonly ReceivedMessage[]> {
  const { Messages = [] } = await target.send('sqs.ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 120,
    WaitTimeSeconds: 1,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', MessageAttributes, Attributes = {} }) => {
    const { MessageGroupId, AWSTraceHeader } = Attributes;
    return {
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      ...(MessageAttributes && { attributes: MessageAttributes }),
      ...(MessageGroupId !== undefined && { groupId: MessageGroupId }),
      ...(AWSTraceHeader !== undefined && { traceHeader: AWSTraceHeader }),
    };
  });
}

/** After "edit and resend": the edited copy is in, the original goes. Undefined when it is gone, else why not. */
export async function deleteOriginal(
  target: Target,
  queueUrl: string,
  receiptHandle: string,
): Promise<string | undefined> {
  const [deleted] = await deleteMessages(target, queueUrl, [receiptHandle]);
  return deleted?.ok === false ? deleted.why : undefined;
}
