// What an upload says of its object, checked: key, metadata, storage class, encryption.
import type { StorageClass } from '@aws-sdk/client-s3';
import type { Bucket } from '../bucket.ts';
import { invalidArgument, refuse } from '../errors.ts';
import { md5 } from '../checksum/md5.ts';
import type { Description, Encryption } from './version.ts';

export const emptyDescription: Description = { Metadata: {} };

/** @throws KeyTooLongError, InvalidURI */
export function checkKey(key: string): string {
  const size = Buffer.byteLength(key);
  if (size > 1024) {
    throw refuse('KeyTooLongError', 'Your key is too long', 400, { Size: String(size), MaxSizeAllowed: '1024' });
  }
  return key;
}

export interface DescriptionInput {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

const texts = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'WebsiteRedirectLocation',
] as const;

/** @throws MetadataTooLarge, InvalidRedirectLocation */
export function describe(input: DescriptionInput): Description {
  const metadata = input.Metadata ?? {};
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (size > 2048) {
    throw refuse('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, {
      Size: String(size),
      MaxSizeAllowed: '2048',
    });
  }
  const redirect = input.WebsiteRedirectLocation;
  if (redirect !== undefined && !/^(\/|https?:\/\/)/.test(redirect)) {
    const message = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.";
    throw refuse('InvalidRedirectLocation', message);
  }
  return {
    ...Object.fromEntries(texts.flatMap((name) => (input[name] ? [[name, input[name]]] : []))),
    ...(input.Expires && { Expires: input.Expires }),
    ContentType: input.ContentType || 'binary/octet-stream',
    Metadata: metadata,
  };
}

const storageClasses: readonly StorageClass[] = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

/** @throws InvalidStorageClass */
export function storageClassOf(wanted: string | undefined): StorageClass {
  if (wanted === undefined) return 'STANDARD';
  const known = storageClasses.find((one) => one === wanted);
  if (known === undefined) {
    throw refuse('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
      StorageClassRequested: wanted,
    });
  }
  return known;
}

/** Answers leave the usual class out. */
export const shownClass = (storageClass: StorageClass): { StorageClass?: StorageClass } =>
  storageClass === 'STANDARD' ? {} : { StorageClass: storageClass };

export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

/** What the request asks for, else what the bucket does by default. Nothing is really encrypted: the sandbox holds no secrets. */
export function encryptionOf(input: EncryptionInput, bucket: Bucket): Encryption {
  const customer = customerKeyOf(input);
  if (customer) return customer;
  const byDefault = bucket.settings.encryption.Rules?.[0];
  const { SSEAlgorithm: defaultAlgorithm, KMSMasterKeyID: defaultKey } =
    byDefault?.ApplyServerSideEncryptionByDefault ?? {};
  const algorithm = input.ServerSideEncryption ?? defaultAlgorithm ?? 'AES256';
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
    const message = 'The encryption method specified is not supported';
    throw invalidArgument(message, 'x-amz-server-side-encryption', algorithm);
  }
  if (algorithm === 'AES256') {
    if (input.SSEKMSKeyId === undefined) return { algorithm };
    const message =
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
    throw invalidArgument(message, 'x-amz-server-side-encryption');
  }
  const bucketKey = input.BucketKeyEnabled ?? byDefault?.BucketKeyEnabled;
  return {
    algorithm,
    kmsKeyId: kmsArn(input.SSEKMSKeyId ?? defaultKey ?? 'alias/aws/s3', bucket),
    ...(bucketKey && { bucketKey }),
  };
}

const kmsArn = (key: string, { region, account }: Bucket): string =>
  key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`;

/** The customer's own key is never kept, only its digest. @throws InvalidArgument, InvalidEncryptionAlgorithmError */
export function customerKeyOf(input: EncryptionInput): (Encryption & { readonly keyMd5: string }) | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: key, SSECustomerKeyMD5: digest } = input;
  if (algorithm === undefined && key === undefined && digest === undefined) return undefined;
  const wrong = (message: string) => invalidArgument(message, 'x-amz-server-side-encryption');
  if (input.ServerSideEncryption !== undefined) {
    const message =
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified';
    throw invalidArgument(message, 'x-amz-server-side-encryption', input.ServerSideEncryption);
  }
  if (key === undefined) {
    throw wrong(
      'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
    );
  }
  if (algorithm === undefined) {
    throw wrong(
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    );
  }
  if (algorithm !== 'AES256') {
    const message = 'The Encryption request you specified is not valid. Supported value: AES256.';
    const fields = { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: algorithm };
    throw refuse('InvalidEncryptionAlgorithmError', message, 400, fields);
  }
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32 || digest === undefined)
    throw wrong('The secret key was invalid for the specified algorithm.');
  if (md5(bytes, 'base64') !== digest) {
    throw wrong('The calculated MD5 hash of the key did not match the hash that was provided.');
  }
  return { algorithm: 'customer', keyMd5: digest };
}

/** How answers tell of it. */
export function shownEncryption({ algorithm, kmsKeyId, bucketKey, keyMd5 }: Encryption): ShownEncryption {
  if (algorithm === 'customer') return { SSECustomerAlgorithm: 'AES256', ...(keyMd5 && { SSECustomerKeyMD5: keyMd5 }) };
  return {
    ServerSideEncryption: algorithm,
    ...(kmsKeyId && { SSEKMSKeyId: kmsKeyId }),
    ...(bucketKey && { BucketKeyEnabled: bucketKey }),
  };
}

interface ShownEncryption {
  readonly ServerSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
  readonly SSECustomerAlgorithm?: string;
  readonly SSECustomerKeyMD5?: string;
}
