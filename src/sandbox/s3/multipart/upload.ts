// A multipart upload under way: what the object will be, and the parts that have come so far.
import type { StorageClass } from '@aws-sdk/client-s3';
import type { Acl } from '../acl/acl.ts';
import type { Body } from '../bodies/body.ts';
import type { Algorithm, Checksum, ChecksumType } from '../checksum/checksums.ts';
import type { Description, Encryption, Lock } from '../objects/version.ts';

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiated: number;
  /** The account that began it. */
  readonly initiator: string;
  readonly description: Description;
  readonly storageClass: StorageClass;
  readonly encryption: Encryption;
  readonly tags: ReadonlyMap<string, string>;
  readonly acl: Acl | undefined;
  readonly lock: Lock | undefined;
  /** Undefined: the client said nothing, and S3 makes a CRC64NVME of the whole. */
  readonly algorithm: Algorithm | undefined;
  readonly checksumType: ChecksumType | undefined;
  /** Somebody wrote or deleted the object meanwhile. */
  disturbed: boolean;
  readonly parts: Map<number, UploadPart>;
}

export interface UploadPart {
  readonly number: number;
  readonly body: Body;
  readonly etag: string;
  readonly modified: number;
  readonly checksum: Checksum | undefined;
}
