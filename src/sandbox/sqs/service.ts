// Amazon SQS. In: requests typed by the SDK. Out: its results, and AWS's own errors. All of the SDK client's operations are here,
// each in the file of its subject; queues and messages live in memory and are saved as one snapshot.
// It never runs a timer for a message: time is caught up with whenever a queue is looked at.
import type * as client from '@aws-sdk/client-sqs';
import type { Handlers, ResourceFact, Service, World } from '../service.ts';
import { actByHand } from './byHand.ts';
import { deleteMessage, deleteMessageBatch } from './deleteMessage.ts';
import { createPort } from './deliver.ts';
import { listDeadLetterSourceQueues, listQueues } from './listQueues.ts';
import { createQueue, deleteQueue, getQueueUrl, purgeQueue } from './manageQueues.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './moveOperations.ts';
import { MoveTasks } from './moveTasks.ts';
import { peekByQuery } from './peekByQuery.ts';
import { addPermission, removePermission } from './permissions.ts';
import { getQueueAttributes, setQueueAttributes, settableValues } from './queueAttributes.ts';
import { Queues } from './queues.ts';
import { receiveMessage } from './receive.ts';
import { sendMessage, sendMessageBatch } from './send.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { changed } from './sqs.ts';
import type { Sqs } from './sqs.ts';
import { listQueueTags, tagQueue, untagQueue } from './tags.ts';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './visibility.ts';

export function createSqs(world: World): Service {
  const queues = new Queues();
  const tasks = new MoveTasks(world, queues, (queue) => changed(sqs, queue));
  const sqs: Sqs = { world, queues, tasks };
  return {
    name: 'sqs',
    handlers: createHandlers(sqs),
    port: createPort(sqs),
    snapshot: () => takeSnapshot(sqs),
    // Only what `snapshot` gave is ever given back.
    restore: (data) => restoreSnapshot(sqs, data as Snapshot),
    reset() {
      tasks.clear();
      queues.clear();
    },
    resources: () => listResources(sqs),
    policyOf: (arn) => queues.findByArn(arn)?.settings.policy,
    peek: (query) => peekByQuery(sqs, query),
    byHand: (act, body) => actByHand(sqs, act, body),
  };
}

function createHandlers(sqs: Sqs) {
  return {
    AddPermission: (input, call) => addPermission(sqs, input, call),
    CancelMessageMoveTask: (input, call) => cancelMessageMoveTask(sqs, input, call),
    ChangeMessageVisibility: (input, call) => changeMessageVisibility(sqs, input, call),
    ChangeMessageVisibilityBatch: (input, call) => changeMessageVisibilityBatch(sqs, input, call),
    CreateQueue: (input, call) => createQueue(sqs, input, call),
    DeleteMessage: (input, call) => deleteMessage(sqs, input, call),
    DeleteMessageBatch: (input, call) => deleteMessageBatch(sqs, input, call),
    DeleteQueue: (input, call) => deleteQueue(sqs, input, call),
    GetQueueAttributes: (input, call) => getQueueAttributes(sqs, input, call),
    GetQueueUrl: (input, call) => getQueueUrl(sqs, input, call),
    ListDeadLetterSourceQueues: (input, call) => listDeadLetterSourceQueues(sqs, input, call),
    ListMessageMoveTasks: (input, call) => listMessageMoveTasks(sqs, input, call),
    ListQueueTags: (input, call) => listQueueTags(sqs, input, call),
    ListQueues: (input, call) => listQueues(sqs, input, call),
    PurgeQueue: (input, call) => purgeQueue(sqs, input, call),
    ReceiveMessage: (input, call) => receiveMessage(sqs, input, call),
    RemovePermission: (input, call) => removePermission(sqs, input, call),
    SendMessage: (input, call) => sendMessage(sqs, input, call),
    SendMessageBatch: (input, call) => sendMessageBatch(sqs, input, call),
    SetQueueAttributes: (input, call) => setQueueAttributes(sqs, input, call),
    StartMessageMoveTask: (input, call) => startMessageMoveTask(sqs, input, call),
    TagQueue: (input, call) => tagQueue(sqs, input, call),
    UntagQueue: (input, call) => untagQueue(sqs, input, call),
  } satisfies Handlers<typeof client>;
}

/** Queues with their attributes and how many messages they hold; times are left out. */
function listResources({ world, queues }: Sqs): ResourceFact[] {
  return [...queues.all()].map((queue) => {
    queue.settle(world.clock.now());
    const { account, region, name, arn } = queue;
    const facts = { attributes: settableValues(queue), tags: Object.fromEntries(queue.tags) };
    return { service: 'sqs', type: 'queue', arn, account, region, name, ...facts, messages: queue.messages.counts() };
  });
}
