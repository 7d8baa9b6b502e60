// The operations a lab may call, by the SDK's own names: `sqs.CreateQueue`. Nothing outside this table is ever sent for a lab.
// In: an operation's name. Out: what it does to the account, and (typed) what goes in and comes out.
// A further service is one line in `Sdk` and one in clients.ts; a further operation is one line in the table.
import type * as cognitoIdp from '@aws-sdk/client-cognito-identity-provider';
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as iam from '@aws-sdk/client-iam';
import type * as kinesis from '@aws-sdk/client-kinesis';
import type * as s3 from '@aws-sdk/client-s3';
import type * as sns from '@aws-sdk/client-sns';
import type * as sqs from '@aws-sdk/client-sqs';
import type * as sts from '@aws-sdk/client-sts';
import type { KindName } from './resources/kindName.ts';

interface Sdk {
  'cognito-idp': typeof cognitoIdp;
  ec2: typeof ec2;
  iam: typeof iam;
  kinesis: typeof kinesis;
  s3: typeof s3;
  sns: typeof sns;
  sqs: typeof sqs;
  sts: typeof sts;
}

export type ServiceName = keyof Sdk;

/** Every operation of every service above. */
export type SdkOperation = {
  [S in ServiceName]: {
    [K in keyof Sdk[S] & string]: K extends `${infer N}Command` ? `${S}.${N}` : never;
  }[keyof Sdk[S] & string];
}[ServiceName];

type CommandOf<O extends SdkOperation> = O extends `${infer S extends ServiceName}.${infer N}`
  ? `${N}Command` extends keyof Sdk[S]
    ? Sdk[S][`${N}Command`]
    : never
  : never;
type Instance<O extends SdkOperation> = CommandOf<O> extends abstract new (...args: never[]) => infer C ? C : never;
export type InputOf<O extends SdkOperation> = Instance<O> extends { readonly input: infer I } ? I : never;
export type OutputOf<O extends SdkOperation> =
  Instance<O> extends { resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer R }> }
    ? Omit<R, '$metadata'>
    : never;

/**
 * `read` changes nothing. `write` may be sent again when nobody knows whether it arrived: the account is then the same, or (a message
 * sent twice) differs in the way SQS and SNS themselves promise no better than. `create` makes a resource and is never sent blindly again.
 */
export type Effect = { readonly effect: 'read' | 'write' } | { readonly effect: 'create'; readonly kind: KindName };

const read = { effect: 'read' } as const;
const write = { effect: 'write' } as const;

export const operations = {
  'cognito-idp.CreateIdentityProvider': { effect: 'create', kind: 'identityProvider' },
  'cognito-idp.CreateUserPool': { effect: 'create', kind: 'userPool' },
  'cognito-idp.CreateUserPoolClient': { effect: 'create', kind: 'appClient' },
  'cognito-idp.CreateUserPoolDomain': { effect: 'create', kind: 'userPoolDomain' },
  'cognito-idp.DeleteIdentityProvider': write,
  'cognito-idp.DeleteUserPool': write,
  'cognito-idp.DeleteUserPoolClient': write,
  'cognito-idp.DeleteUserPoolDomain': write,
  'cognito-idp.DescribeIdentityProvider': read,
  'cognito-idp.DescribeUserPool': read,
  'cognito-idp.DescribeUserPoolClient': read,
  'cognito-idp.DescribeUserPoolDomain': read,
  'cognito-idp.GetSigningCertificate': read,
  'cognito-idp.ListIdentityProviders': read,
  'cognito-idp.ListTagsForResource': read,
  'cognito-idp.ListUserPoolClients': read,
  'cognito-idp.ListUserPools': read,
  'cognito-idp.TagResource': write,
  'cognito-idp.UpdateIdentityProvider': write,
  'cognito-idp.UpdateUserPool': write,
  'cognito-idp.UpdateUserPoolClient': write,
  'ec2.CreateTags': write,
  'ec2.DeleteTags': write,
  'ec2.DescribeInstances': read,
  'ec2.DescribeTags': read,
  'ec2.StartInstances': write,
  'ec2.StopInstances': write,
  'ec2.TerminateInstances': write,
  'iam.AttachRolePolicy': write,
  'iam.CreateRole': { effect: 'create', kind: 'role' },
  'iam.CreateSAMLProvider': { effect: 'create', kind: 'samlProvider' },
  'iam.DeleteRole': write,
  'iam.DeleteRolePolicy': write,
  'iam.DeleteSAMLProvider': write,
  'iam.DetachRolePolicy': write,
  'iam.GetRole': read,
  'iam.GetRolePolicy': read,
  'iam.GetSAMLProvider': read,
  'iam.ListAttachedRolePolicies': read,
  'iam.ListInstanceProfilesForRole': read,
  'iam.ListRolePolicies': read,
  'iam.ListRoleTags': read,
  'iam.ListRoles': read,
  'iam.ListSAMLProviderTags': read,
  'iam.ListSAMLProviders': read,
  'iam.PutRolePolicy': write,
  'iam.RemoveRoleFromInstanceProfile': write,
  'iam.TagRole': write,
  'iam.TagSAMLProvider': write,
  'iam.UpdateAssumeRolePolicy': write,
  'iam.UpdateSAMLProvider': write,
  'kinesis.AddTagsToStream': write,
  'kinesis.CreateStream': { effect: 'create', kind: 'stream' },
  'kinesis.DecreaseStreamRetentionPeriod': write,
  'kinesis.DeleteStream': write,
  'kinesis.DescribeStreamSummary': read,
  'kinesis.GetRecords': read,
  'kinesis.GetShardIterator': read,
  'kinesis.IncreaseStreamRetentionPeriod': write,
  'kinesis.ListShards': read,
  'kinesis.ListStreams': read,
  'kinesis.ListTagsForStream': read,
  'kinesis.PutRecord': write,
  'kinesis.PutRecords': write,
  'kinesis.RemoveTagsFromStream': write,
  's3.AbortMultipartUpload': write,
  's3.CompleteMultipartUpload': write,
  's3.CopyObject': write,
  's3.CreateBucket': { effect: 'create', kind: 'bucket' },
  's3.CreateMultipartUpload': write,
  's3.DeleteBucket': write,
  's3.DeleteBucketOwnershipControls': write,
  's3.DeleteBucketPolicy': write,
  's3.DeleteBucketTagging': write,
  's3.DeleteBucketWebsite': write,
  's3.DeleteObject': write,
  's3.DeleteObjects': write,
  's3.DeletePublicAccessBlock': write,
  's3.GetBucketLocation': read,
  's3.GetBucketNotificationConfiguration': read,
  's3.GetBucketOwnershipControls': read,
  's3.GetBucketPolicy': read,
  's3.GetBucketTagging': read,
  's3.GetBucketVersioning': read,
  's3.GetBucketWebsite': read,
  's3.GetObject': read,
  's3.GetObjectTagging': read,
  's3.GetPublicAccessBlock': read,
  's3.HeadBucket': read,
  's3.HeadObject': read,
  's3.ListBuckets': read,
  's3.ListMultipartUploads': read,
  's3.ListObjectVersions': read,
  's3.ListObjectsV2': read,
  's3.PutBucketNotificationConfiguration': write,
  's3.PutBucketOwnershipControls': write,
  's3.PutBucketPolicy': write,
  's3.PutBucketTagging': write,
  's3.PutBucketVersioning': write,
  's3.PutBucketWebsite': write,
  's3.PutObject': write,
  's3.PutObjectTagging': write,
  's3.PutPublicAccessBlock': write,
  's3.UploadPart': write,
  'sns.AddPermission': write,
  'sns.ConfirmSubscription': write,
  'sns.CreateTopic': { effect: 'create', kind: 'topic' },
  'sns.DeleteTopic': write,
  'sns.GetDataProtectionPolicy': read,
  'sns.GetSubscriptionAttributes': read,
  'sns.GetTopicAttributes': read,
  'sns.ListSubscriptions': read,
  'sns.ListSubscriptionsByTopic': read,
  'sns.ListTagsForResource': read,
  'sns.ListTopics': read,
  'sns.Publish': write,
  'sns.PublishBatch': write,
  'sns.PutDataProtectionPolicy': write,
  'sns.RemovePermission': write,
  'sns.SetSubscriptionAttributes': write,
  'sns.SetTopicAttributes': write,
  'sns.Subscribe': { effect: 'create', kind: 'subscription' },
  'sns.TagResource': write,
  'sns.Unsubscribe': write,
  'sns.UntagResource': write,
  'sqs.AddPermission': write,
  'sqs.CancelMessageMoveTask': write,
  'sqs.ChangeMessageVisibility': write,
  'sqs.ChangeMessageVisibilityBatch': write,
  'sqs.CreateQueue': { effect: 'create', kind: 'queue' },
  'sqs.DeleteMessage': write,
  'sqs.DeleteMessageBatch': write,
  'sqs.DeleteQueue': write,
  'sqs.GetQueueAttributes': read,
  'sqs.GetQueueUrl': read,
  'sqs.ListDeadLetterSourceQueues': read,
  'sqs.ListMessageMoveTasks': read,
  'sqs.ListQueueTags': read,
  'sqs.ListQueues': read,
  'sqs.PurgeQueue': write,
  'sqs.ReceiveMessage': write,
  'sqs.RemovePermission': write,
  'sqs.SendMessage': write,
  'sqs.SendMessageBatch': write,
  'sqs.SetQueueAttributes': write,
  'sqs.StartMessageMoveTask': { effect: 'create', kind: 'messageMoveTask' },
  'sqs.TagQueue': write,
  'sqs.UntagQueue': write,
  'sts.AssumeRole': read,
  'sts.AssumeRoleWithSAML': read,
  'sts.GetCallerIdentity': read,
  'sts.GetSessionToken': read,
} as const satisfies Partial<Record<SdkOperation, Effect>>;

export type OperationName = keyof typeof operations;

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

export function effectOf(operation: OperationName): Effect {
  return operations[operation];
}

/** `sqs.CreateQueue` -> `['sqs', 'CreateQueue']`. */
export function splitOperation(operation: OperationName): { service: ServiceName; command: string } {
  const [service = '', command = ''] = operation.split('.');
  if (!isService(service)) throw new Error(`No service ${service}.`);
  return { service, command };
}

const services: Readonly<Record<ServiceName, true>> = {
  'cognito-idp': true,
  ec2: true,
  iam: true,
  kinesis: true,
  s3: true,
  sns: true,
  sqs: true,
  sts: true,
};

function isService(name: string): name is ServiceName {
  return Object.hasOwn(services, name);
}
