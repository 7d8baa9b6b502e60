// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
import { conditionKeys } from '../../s3/access/conditionKeys.ts';
import { textOf, type Ask, type Asks, type Input } from './ask.ts';

/** Where the action is not called like the operation. */
const actions: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteBucketCors: 'PutBucketCORS',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketTagging: 'PutBucketTagging',
  DeleteObjects: 'DeleteObject',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketCors: 'GetBucketCORS',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  GetBucketReplication: 'GetReplicationConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListBuckets: 'ListAllMyBuckets',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListParts: 'ListMultipartUploadParts',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  PutBucketCors: 'PutBucketCORS',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  PutBucketReplication: 'PutReplicationConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  SelectObjectContent: 'GetObject',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
};

/** Of a version that is named, these are other actions. */
const versioned = new Set([
  'GetObject',
  'GetObjectAcl',
  'GetObjectTagging',
  'PutObjectAcl',
  'PutObjectTagging',
  'DeleteObject',
  'DeleteObjectTagging',
  'GetObjectAttributes',
]);

export const s3Asks: Asks = (operation, input) => {
  const bucket = textOf(input, 'Bucket');
  if (bucket === undefined) return [{ action: `s3:${actions[operation] ?? operation}`, resource: '*' }];
  const key = textOf(input, 'Key');
  const keys = operation === 'DeleteObjects' ? keysOf(input) : [{ key, version: textOf(input, 'VersionId') }];
  const own = keys.map((one): Ask => {
    const resource = `arn:aws:s3:::${bucket}${one.key === undefined ? '' : `/${one.key}`}`;
    return { action: actionOf(operation, one.version), resource, context: conditionKeys(input) };
  });
  return [...own, ...sourceOf(input)];
};

/** GetObject -> GetObjectVersion, GetObjectAcl -> GetObjectVersionAcl. */
function actionOf(operation: string, version: string | undefined): string {
  const action = actions[operation] ?? operation;
  return `s3:${version !== undefined && versioned.has(action) ? action.replace('Object', 'ObjectVersion') : action}`;
}

/** What is copied must be readable. */
function sourceOf(input: Input): Ask[] {
  const source = textOf(input, 'CopySource');
  if (source === undefined) return [];
  const [path = '', query] = source.replace(/^\//, '').split('?versionId=');
  const action = query === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return [{ action, resource: `arn:aws:s3:::${decoded(path)}` }];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Named {
  readonly key: string | undefined;
  readonly version: string | undefined;
}

function keysOf(input: Input): Named[] {
  // The wire has made this of the SDK's own shape.
  const wanted = input['Delete'] as { readonly Objects?: readonly { Key?: string; VersionId?: string }[] } | undefined;
  return (wanted?.Objects ?? []).map(({ Key, VersionId }) => ({ key: Key, version: VersionId }));
}
