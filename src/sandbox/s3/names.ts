// Names of buckets and of those who own them.
import { hash } from 'node:crypto';

const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const isBucketName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !name.includes('..') &&
  !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
  !reserved.test(name);

export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

export const bucketArn = ({ name, region }: { readonly name: string; readonly region: string }): string =>
  `arn:${partitionOf(region)}:s3:::${name}`;

const regions = new Set(
  'us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-gov-east-1 us-gov-west-1'.split(
    ' ',
  ),
);

export const isRegion = (text: string): boolean => regions.has(text);

const canonicalIds = new Map<string, string>();

/** The 64 hexadecimal digits that S3 knows an account by. */
export function canonicalId(account: string): string {
  const known = canonicalIds.get(account);
  if (known !== undefined) return known;
  const id = hash('sha256', `canonical user ${account}`, 'hex');
  canonicalIds.set(account, id);
  return id;
}

/** What event records call the bucket's owner: 'A' and 13 letters and digits. */
export const principalId = (account: string): string =>
  `A${BigInt(`0x${canonicalId(account).slice(0, 24)}`)
    .toString(36)
    .toUpperCase()
    .slice(0, 13)
    .padEnd(13, '0')}`;
