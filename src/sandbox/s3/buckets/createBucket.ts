// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
import type { CreateBucketCommandInput, CreateBucketOutput, ObjectOwnership } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { requestedBucketAcl } from '../acl/requestedAcl.ts';
import { newBucket } from '../bucket.ts';
import { accessDenied, invalidArgument, refuse } from '../errors.ts';
import { bucketArn, isBucketName, isRegion } from '../names.ts';
import type { S3 } from '../s3.ts';
import { checkTags } from '../settings/tags.ts';

const ownerships: readonly ObjectOwnership[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

export function createBucket(s3: S3, input: CreateBucketCommandInput, call: Call): CreateBucketOutput {
  const name = input.Bucket ?? '';
  if (call.caller.kind === 'anonymous') throw accessDenied();
  if (!isBucketName(name))
    throw refuse('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  const location = input.CreateBucketConfiguration?.LocationConstraint;
  const region = regionFor(location, call.region);
  const ownership = ownershipOf(input.ObjectOwnership);
  const tags = input.CreateBucketConfiguration?.Tags;
  if (tags) checkTags(tags, 'creation');
  const there = s3.buckets.get(name);
  if (there) return alreadyThere(there, call, (tags?.length ?? 0) > 0);
  const facts = { name, account: call.account, region, created: s3.world.clock.now() };
  const bucket = newBucket(facts, requestedBucketAcl(input, call.account, ownership), ownership);
  if (tags && tags.length > 0) bucket.settings.tags = [...tags];
  if (location === 'EU') bucket.settings.location = location;
  if (input.ObjectLockEnabledForBucket) {
    bucket.settings.versioning = 'Enabled';
    bucket.settings.objectLock = { ObjectLockEnabled: 'Enabled' };
  }
  s3.buckets.set(name, bucket);
  s3.world.changed();
  return { Location: locationOf(bucket, call), BucketArn: bucketArn(bucket) };
}

/** In us-east-1 alone the owner may create the same bucket again. */
function alreadyThere(
  { name, account, region }: { name: string; account: string; region: string },
  call: Call,
  tagged: boolean,
) {
  if (account !== call.account) {
    throw refuse(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      409,
      { BucketName: name },
    );
  }
  if (tagged || call.region !== 'us-east-1' || region !== 'us-east-1') {
    throw refuse(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName: name },
    );
  }
  return { Location: `/${name}`, BucketArn: bucketArn({ name, region }) };
}

const locationOf = ({ name, region }: { name: string; region: string }, { endpoint }: Call): string =>
  region === 'us-east-1' ? `/${name}` : `${endpoint}/${name}`;

/** us-east-1 was there first: its own name is no constraint, and buckets of all regions can be made from there. */
function regionFor(constraint: string | undefined, region: string): string {
  const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (region === 'us-east-1') {
    if (wanted === undefined) return region;
    if (wanted !== region && isRegion(wanted)) return wanted;
    throw refuse('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: constraint,
    });
  }
  if (wanted === region) return region;
  throw refuse(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

function ownershipOf(value: string | undefined): ObjectOwnership {
  if (value === undefined) return 'BucketOwnerEnforced';
  const known = ownerships.find((one) => one === value);
  if (known === undefined) {
    throw invalidArgument(`Invalid x-amz-object-ownership header: ${value}`, 'x-amz-object-ownership');
  }
  return known;
}
