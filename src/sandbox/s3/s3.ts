// What every operation is given: the sandbox, the buckets and the store of bodies.
import type { Call, World } from '../service.ts';
import { authorize, type Action } from './access/authorize.ts';
import type { BodyStore } from './bodies/bodyStore.ts';
import type { Bucket } from './bucket.ts';
import { accessDenied, noSuchBucket, refuse } from './errors.ts';
import type { KeyEntry } from './objects/version.ts';

export interface S3 {
  readonly world: World;
  readonly buckets: Map<string, Bucket>;
  readonly store: BodyStore;
  /** Ever greater, as the sequencers of events are. */
  sequence: number;
}

interface Named {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * The bucket that a request names, if it is of the request's region and the caller may do this with it.
 * @throws NoSuchBucket, PermanentRedirect, AccessDenied, InvalidBucketOwnerAWSAccountID
 */
export function openBucket(s3: S3, input: Named, call: Call, action: Action, key?: string): Bucket {
  const name = input.Bucket ?? '';
  const expected = input.ExpectedBucketOwner;
  if (expected !== undefined && !/^\d{12}$/.test(expected)) throw wrongOwnerId(expected);
  const bucket = s3.buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  if (expected !== undefined && expected !== bucket.account) throw accessDenied();
  // The older signature says no region.
  if (
    call.caller.kind !== 'anonymous' &&
    call.region !== '' &&
    call.region !== bucket.region &&
    action !== 'GetBucketLocation'
  ) {
    throw elsewhere(bucket, call);
  }
  authorize(s3, bucket, call, action, key, input);
  return bucket;
}

const wrongOwnerId = (id: string) =>
  refuse(
    'InvalidBucketOwnerAWSAccountID',
    `The value of the expected bucket owner parameter must be an AWS Account ID... [${id}]`,
  );

function elsewhere({ name, region }: Bucket, { endpoint }: Call) {
  return refuse(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { Endpoint: endpoint.replace(/^https?:\/\//, ''), Bucket: name },
    { 'x-amz-bucket-region': region },
  );
}

/** The object under this key may be saved anew. */
export function touched(s3: S3, bucket: Bucket, key: string): void {
  bucket.objects.touch(key);
  s3.world.changed();
}

export const entryOf = (bucket: Bucket, key: string): KeyEntry | undefined => bucket.objects.get(key);

/** A fresh id of this many characters, of those that S3's ids have. */
export const freshId = (s3: S3, length: number): string =>
  s3.world
    .token(Math.ceil((length * 3) / 4))
    .slice(0, length)
    .replaceAll('-', '.');
