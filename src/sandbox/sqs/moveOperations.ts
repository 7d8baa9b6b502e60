// StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask.
import type {
  CancelMessageMoveTaskRequest,
  CancelMessageMoveTaskResult,
  ListMessageMoveTasksRequest,
  ListMessageMoveTasksResult,
  StartMessageMoveTaskRequest,
  StartMessageMoveTaskResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { authorize } from './access.ts';
import type { Action } from './access.ts';
import { checkRange, invalidParameter } from './errors.ts';
import type { MoveTask } from './moveTasks.ts';
import { parseQueueArn } from './names.ts';
import type { Queue } from './queue.ts';
import type { Sqs } from './sqs.ts';

/**
 * One running task a queue; only from a queue that is a dead-letter queue of another.
 * @throws ResourceNotFoundException (404), InvalidParameterValue
 */
export function startMessageMoveTask(
  sqs: Sqs,
  input: StartMessageMoveTaskRequest,
  call: Call,
): StartMessageMoveTaskResult {
  const rate = input.MaxNumberOfMessagesPerSecond;
  if (rate !== undefined && !(Number.isInteger(rate) && rate >= 1 && rate <= 500)) {
    throw invalidParameter(
      "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and 500.",
    );
  }
  const source = openByArn(sqs, input.SourceArn ?? '', 'SourceArn', call, 'StartMessageMoveTask');
  if (sqs.queues.sourcesOf(source).length === 0) {
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  }
  if (input.DestinationArn !== undefined) checkDestination(sqs, source, input.DestinationArn, call);
  if (sqs.tasks.of(source.arn).some(({ status }) => status === 'RUNNING')) {
    throw invalidParameter(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  }
  const task: MoveTask = {
    id: sqs.world.id(),
    sourceArn: source.arn,
    destinationArn: input.DestinationArn,
    rate,
    startedAt: sqs.world.clock.now(),
    toMove: source.messages.counts().visible,
    status: 'RUNNING',
    moved: 0,
    failureReason: undefined,
  };
  sqs.tasks.start(task);
  return { TaskHandle: encodeHandle(task) };
}

function checkDestination(sqs: Sqs, source: Queue, arn: string, call: Call): void {
  const destination = openByArn(sqs, arn, 'DestinationArn', call, 'SendMessage');
  if (destination === source) throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
  if (destination.fifo !== source.fifo) {
    throw invalidParameter('Source queue and destination queue must be of the same type.');
  }
}

/** Latest first; one of them unless MaxResults (1 to 10) says more. */
export function listMessageMoveTasks(
  sqs: Sqs,
  input: ListMessageMoveTasksRequest,
  call: Call,
): ListMessageMoveTasksResult {
  const { MaxResults: most = 1 } = input;
  checkRange('MaxResults', most, 1, 10, 'Must be between 1 and 10, if provided.');
  const source = openByArn(sqs, input.SourceArn ?? '', 'SourceArn', call, 'ListMessageMoveTasks');
  return {
    Results: sqs.tasks
      .of(source.arn)
      .slice(0, most)
      .map((task) => ({
        ...(task.status === 'RUNNING' ? { TaskHandle: encodeHandle(task) } : {}),
        Status: task.status,
        SourceArn: task.sourceArn,
        ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
        ...(task.rate === undefined ? {} : { MaxNumberOfMessagesPerSecond: task.rate }),
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        ...(task.failureReason === undefined ? {} : { FailureReason: task.failureReason }),
        StartedTimestamp: task.startedAt,
      })),
  };
}

/** What was moved stays moved. @throws InvalidParameterValue, ResourceNotFoundException (404) */
export function cancelMessageMoveTask(
  sqs: Sqs,
  input: CancelMessageMoveTaskRequest,
  call: Call,
): CancelMessageMoveTaskResult {
  const { taskId, sourceArn } = decodeHandle(input.TaskHandle ?? '');
  const source = openByArn(sqs, sourceArn, 'SourceArn', call, 'CancelMessageMoveTask');
  const task = sqs.tasks.of(source.arn).find(({ id }) => id === taskId);
  if (!task) throw new AwsError('ResourceNotFoundException', 'Task does not exist.');
  if (task.status !== 'RUNNING') throw invalidParameter('Only a task that is running can be cancelled.');
  sqs.tasks.cancel(task);
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

function openByArn(sqs: Sqs, arn: string, parameter: string, call: Call, action: Action): Queue {
  const key = parseQueueArn(arn);
  if (!key) {
    throw invalidParameter(
      `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
    );
  }
  const queue = key.region === call.region ? sqs.queues.find(key) : undefined;
  if (!queue) {
    throw new AwsError(
      'ResourceNotFoundException',
      `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    );
  }
  const now = sqs.world.clock.now();
  authorize(queue, call, action, now);
  queue.settle(now);
  return queue;
}

const encodeHandle = ({ id, sourceArn }: MoveTask): string =>
  Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');

function decodeHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(handle, 'base64').toString());
    if (typeof parsed === 'object' && parsed !== null && 'taskId' in parsed && 'sourceArn' in parsed) {
      const { taskId, sourceArn } = parsed;
      if (typeof taskId === 'string' && typeof sourceArn === 'string') return { taskId, sourceArn };
    }
  } catch {
    // Not a handle, as below.
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}
