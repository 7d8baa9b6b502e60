// Event records, as destinations get them.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
import type { Call } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { encoder } from '../listing/pageInput.ts';
import { bucketArn, principalId } from '../names.ts';
import { isMarker, type Version } from '../objects/version.ts';
import type { S3 } from '../s3.ts';

export interface Happening {
  /** 'ObjectCreated:Put' */
  readonly name: string;
  readonly key: string;
  readonly version: Version;
}

const encode = encoder('url');
const emptyEtag = 'd41d8cd98f00b204e9800998ecf8427e';

export function recordOf(
  s3: S3,
  bucket: Bucket,
  call: Call,
  { name, key, version }: Happening,
  configurationId: string,
) {
  const group = name.split(':')[0];
  const about = group === 'ObjectTagging' || group === 'ObjectAcl';
  const removed = group === 'ObjectRemoved';
  const kept = bucket.settings.versioning !== undefined && version.id !== 'null';
  const etag = isMarker(version) ? emptyEtag : version.etag;
  const restored = name === 'ObjectRestore:Completed' && version.restored;
  return {
    eventVersion: about ? '2.3' : '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: new Date(s3.world.clock.now()).toISOString(),
    eventName: name,
    userIdentity: { principalId: principalOf(call) },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': call.requestId, 'x-amz-id-2': hostId(call) },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: principalId(bucket.account) },
        arn: bucketArn(bucket),
      },
      object: {
        key: encode(key),
        ...(!removed && !about && { size: version.body?.size ?? 0 }),
        ...((!removed || name.endsWith('DeleteMarkerCreated')) && { eTag: etag }),
        ...(kept && { versionId: version.id }),
        ...(!about && { sequencer: sequencer(s3) }),
      },
    },
    ...(restored && {
      glacierEventData: {
        restoreEventData: {
          lifecycleRestorationExpiryTime: new Date(restored.until).toISOString(),
          lifecycleRestoreStorageClass: version.storageClass,
        },
      },
    }),
  };
}

export const testEvent = (s3: S3, bucket: Bucket, call: Call) => ({
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: new Date(s3.world.clock.now()).toISOString(),
  Bucket: bucket.name,
  RequestId: call.requestId,
  HostId: hostId(call),
});

const hostId = ({ requestId }: Call): string => Buffer.from(requestId).toString('base64');

function principalOf({ caller }: Call): string {
  if (caller.kind === 'anonymous') return 'Anonymous';
  return caller.kind === 'root' ? principalId(caller.account) : `AWS:${caller.userId}`;
}

/** Eighteen hexadecimal digits, greater for what happened later. */
const sequencer = (s3: S3): string =>
  `00${(BigInt(s3.world.clock.now()) * 65_536n + BigInt(s3.sequence++ & 65_535)).toString(16).toUpperCase().padStart(16, '0')}`;
