// A bucket: its settings, its objects in order, its uploads under way. The namespace of names is one for all accounts and regions.
import type {
  AccelerateConfiguration,
  BucketLifecycleConfiguration,
  CORSRule,
  LoggingEnabled,
  NotificationConfiguration,
  ObjectLockConfiguration,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionConfiguration,
  Tag,
  TransitionDefaultMinimumObjectSize,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import type { Acl } from './acl/acl.ts';
import { KeyIndex } from './keyIndex.ts';
import type { Upload } from './multipart/upload.ts';
import type { KeyEntry } from './objects/version.ts';

export interface Settings {
  versioning?: 'Enabled' | 'Suspended';
  policy?: string;
  publicAccessBlock?: PublicAccessBlockConfiguration;
  ownership?: ObjectOwnership;
  acl: Acl;
  encryption: ServerSideEncryptionConfiguration;
  tags?: Tag[];
  /** The location as it was asked for, where that is no region's name: `EU`. */
  location?: string;
  cors?: CORSRule[];
  lifecycle?: BucketLifecycleConfiguration;
  lifecycleMinimum?: TransitionDefaultMinimumObjectSize;
  website?: WebsiteConfiguration;
  notification: NotificationConfiguration;
  logging?: LoggingEnabled;
  accelerate?: AccelerateConfiguration['Status'];
  requesterPays?: boolean;
  replication?: ReplicationConfiguration;
  objectLock?: ObjectLockConfiguration;
  /** Analytics, inventory, metrics and tiering configurations by their id. */
  readonly named: Map<string, Map<string, object>>;
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: number;
  readonly settings: Settings;
  readonly objects: KeyIndex<KeyEntry>;
  readonly uploads: Map<string, Upload>;
}

type Fresh = Pick<Bucket, 'name' | 'account' | 'region' | 'created'>;

/** As AWS makes buckets since April 2023: closed to the public, without access lists, encrypted. */
export const newBucket = (facts: Fresh, acl: Acl, ownership: ObjectOwnership): Bucket => ({
  ...facts,
  settings: {
    acl,
    ownership,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    encryption: defaultEncryption,
    notification: {},
    named: new Map(),
  },
  objects: new KeyIndex(),
  uploads: new Map(),
});

export const defaultEncryption: ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};
