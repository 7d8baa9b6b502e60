// One version of an object, or the marker that it was deleted. Every object has versions; where the bucket keeps none, one with the id 'null'.
import type { StorageClass } from '@aws-sdk/client-s3';
import type { Acl } from '../acl/acl.ts';
import type { Body } from '../bodies/body.ts';
import type { Checksum } from '../checksum/checksums.ts';

export interface KeyEntry {
  readonly key: string;
  /** Newest first; never empty. */
  readonly versions: Version[];
}

/** What the uploader says of an object besides its bytes, in the SDK's own names. */
export interface Description {
  readonly ContentType?: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly Expires?: Date;
  readonly WebsiteRedirectLocation?: string;
  readonly Metadata: Readonly<Record<string, string>>;
}

export interface Encryption {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'customer';
  readonly kmsKeyId?: string;
  readonly bucketKey?: boolean;
  /** Base64 of the MD5 of the customer's own key. */
  readonly keyMd5?: string;
}

export interface Part {
  readonly number: number;
  readonly size: number;
  readonly checksum: Checksum | undefined;
}

export interface Version {
  /** 'null' where versioning was not enabled. */
  readonly id: string;
  readonly modified: number;
  /** Undefined: a delete marker. */
  readonly body: Body | undefined;
  /** Without quotation marks. */
  readonly etag: string;
  readonly description: Description;
  readonly storageClass: StorageClass;
  readonly encryption: Encryption;
  readonly checksum: Checksum | undefined;
  readonly parts: readonly Part[] | undefined;
  readonly owner: string;
  /** Changed in place: AWS makes no new version of these. */
  tags: ReadonlyMap<string, string>;
  acl: Acl | undefined;
  lock: Lock | undefined;
  restored: { readonly until: number } | undefined;
}

export interface Lock {
  readonly mode?: 'GOVERNANCE' | 'COMPLIANCE';
  readonly until?: number;
  readonly legalHold?: boolean;
}

export const isMarker = ({ body }: Version): boolean => body === undefined;

export const current = (entry: KeyEntry | undefined): Version | undefined => entry?.versions[0];

/** Whole seconds, as everything that S3 says in HTTP dates. */
export const seconds = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

export const quoted = (etag: string): string => `"${etag}"`;
