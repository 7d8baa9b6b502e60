// Buckets as such: made, found, listed, deleted.
import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { accessDenied, refuse } from '../errors.ts';
import { bucketArn } from '../names.ts';
import { openBucket, type S3 } from '../s3.ts';
import { createBucket } from './createBucket.ts';
import { listBuckets } from './listBuckets.ts';

export const bucketHandlers = (s3: S3) =>
  ({
    CreateBucket: (input, call) => createBucket(s3, input, call),
    ListBuckets: (input, call) => listBuckets(s3, input, call),
    HeadBucket(input, call) {
      const bucket = openBucket(s3, input, call, 'ListBucket');
      return { BucketRegion: bucket.region, BucketArn: bucketArn(bucket), AccessPointAlias: false };
    },
    GetBucketLocation(input, call) {
      const { region, settings } = openBucket(s3, input, call, 'GetBucketLocation');
      // us-east-1 was there before regions had names.
      return region === 'us-east-1' ? {} : { LocationConstraint: locationOf(settings.location ?? region) };
    },
    DeleteBucket(input, call) {
      const bucket = openBucket(s3, input, call, 'DeleteBucket');
      if (call.caller.account !== bucket.account) throw accessDenied();
      if (bucket.objects.size > 0) throw notEmpty(bucket.name, bucket.settings.versioning !== undefined);
      for (const upload of bucket.uploads.values()) {
        for (const part of upload.parts.values()) s3.store.release(part.body);
      }
      s3.buckets.delete(bucket.name);
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

/** Region names are checked at creation; the SDK's type lists those it knew of. */
const locationOf = (region: string): client.BucketLocationConstraint => region as client.BucketLocationConstraint;

const notEmpty = (name: string, versioned: boolean) =>
  refuse(
    'BucketNotEmpty',
    `The bucket you tried to delete is not empty${versioned ? '. You must delete all versions in the bucket.' : ''}`,
    409,
    { BucketName: name },
  );
