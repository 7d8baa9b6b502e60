// The actions that a policy of a topic, queue or bucket may name, each with what it is about and what it lets one do.
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
import { matchesPattern } from './arn.ts';
import { bucketActions, objectActions } from './s3Actions.ts';
import type { PolicyService } from './model.ts';

export interface Action {
  /** `sns:Publish`. */
  readonly name: string;
  readonly about: 'topic' | 'queue' | 'bucket' | 'object';
  readonly what: string;
}

const topicActions = {
  Publish: 'Publish messages to the topic.',
  Subscribe: 'Subscribe to the topic.',
  ListSubscriptionsByTopic: "List the topic's subscriptions.",
  GetTopicAttributes: "Read the topic's attributes.",
  SetTopicAttributes: "Change the topic's attributes, this policy among them.",
  AddPermission: 'Add a statement to this policy.',
  RemovePermission: 'Remove a statement from this policy.',
  DeleteTopic: 'Delete the topic.',
  ListTagsForResource: "Read the topic's tags.",
  GetDataProtectionPolicy: 'Read the data protection policy.',
  PutDataProtectionPolicy: 'Set the data protection policy.',
  Receive: 'Older than `Subscribe`; it means nothing any more.',
};

const queueActions = {
  SendMessage: 'Send messages to the queue.',
  ReceiveMessage: 'Receive messages, which hides them from others.',
  DeleteMessage: 'Delete received messages.',
  ChangeMessageVisibility: 'Change for how long received messages stay hidden.',
  GetQueueAttributes: "Read the queue's attributes and counts.",
  GetQueueUrl: "Look up the queue's URL.",
  ListDeadLetterSourceQueues: 'List the queues this one is the dead-letter queue of.',
  ListQueueTags: "Read the queue's tags.",
  PurgeQueue: 'Delete all messages.',
  SetQueueAttributes: "Change the queue's attributes, this policy among them.",
  AddPermission: 'Add a statement to this policy.',
  RemovePermission: 'Remove a statement from this policy.',
  TagQueue: 'Set tags.',
  UntagQueue: 'Remove tags.',
  DeleteQueue: 'Delete the queue.',
  CreateQueue: 'Create the queue.',
  StartMessageMoveTask: 'Move dead-lettered messages back.',
  CancelMessageMoveTask: 'Stop moving messages back.',
  ListMessageMoveTasks: 'List the moves of messages back.',
};

const named = (prefix: string, about: Action['about'], table: Readonly<Record<string, string>>): readonly Action[] =>
  Object.entries(table).map(([name, what]) => ({ name: `${prefix}:${name}`, about, what }));

export const actions: Readonly<Record<PolicyService, readonly Action[]>> = {
  sns: named('sns', 'topic', topicActions),
  sqs: named('sqs', 'queue', queueActions),
  s3: [...named('s3', 'object', objectActions), ...named('s3', 'bucket', bucketActions)],
};

export const serviceNames: Readonly<Record<PolicyService, string>> = { sns: 'SNS', sqs: 'SQS', s3: 'S3' };

export function isPolicyService(prefix: string): prefix is PolicyService {
  return Object.hasOwn(actions, prefix);
}

/** What a pattern such as `s3:Get*` takes in; letter case does not matter to AWS. */
export function expandAction(pattern: string): readonly Action[] {
  const wanted = pattern.toLowerCase();
  const services = Object.values(actions).flat();
  return services.filter(({ name }) => matchesPattern(wanted, name.toLowerCase()));
}
