import type { ListBucketsCommandInput, ListBucketsOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { accessDenied, invalidArgument } from '../errors.ts';
import { compareKeys } from '../keyOrder.ts';
import { bucketArn, canonicalId, isRegion } from '../names.ts';
import { readToken, writeToken } from '../listing/token.ts';
import type { S3 } from '../s3.ts';

/** The caller's buckets of all regions, by name. */
export function listBuckets(s3: S3, input: ListBucketsCommandInput, { account, caller }: Call): ListBucketsOutput {
  if (caller.kind === 'anonymous') throw accessDenied();
  const { MaxBuckets: most, Prefix: prefix, BucketRegion: region, ContinuationToken: token } = input;
  if (most !== undefined && (most < 1 || most > 10_000)) {
    throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets');
  }
  if (region !== undefined && !isRegion(region)) {
    throw invalidArgument(`Argument value ${region} is not a valid AWS Region`, 'bucket-region');
  }
  const after = token ? readToken(token) : undefined;
  const found = [...s3.buckets.values()]
    .filter((bucket) => bucket.account === account)
    .filter(({ name }) => name.startsWith(prefix ?? '') && (after === undefined || compareKeys(name, after) > 0))
    .filter((bucket) => region === undefined || bucket.region === region)
    .toSorted((a, b) => compareKeys(a.name, b.name));
  const page = found.slice(0, most ?? found.length);
  const last = page.at(-1);
  // The older form, without a page's size, tells names and dates only.
  const paged = most !== undefined || region !== undefined || token !== undefined || prefix !== undefined;
  return {
    Owner: { ID: canonicalId(account) },
    Buckets: page.map((bucket) => ({
      Name: bucket.name,
      CreationDate: new Date(Math.floor(bucket.created / 1000) * 1000),
      BucketArn: bucketArn(bucket),
      ...(paged && { BucketRegion: bucket.region }),
    })),
    ...(prefix !== undefined && { Prefix: prefix }),
    ...(last && page.length < found.length && { ContinuationToken: writeToken(last.name) }),
  };
}
