// Refusals of S3, Kinesis, EC2, IAM and STS in AWS's own words, one row each; all in one sandbox with a few things in it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { openCaller, type AwsCaller } from './callAws.ts';

type Row = readonly [what: string, input: object, code: string, message: string, status?: number];

const trust = (more: object = {}) =>
  document({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole', ...more });
const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
const xml = 'The XML you provided was not well-formed or did not validate against our published schema';
const noUpload =
  'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
const Bucket = 'own-bucket';
const Key = 'k';
const gone = 'i-0123456789abcdef0';
const longTags = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));

const rows: readonly Row[] = [
  ['s3.HeadBucket', { Bucket: 'not-there' }, '404', 'Not Found', 404],
  ['s3.ListObjectsV2', { Bucket: 'not-there' }, 'NoSuchBucket', 'The specified bucket does not exist', 404],
  ['s3.CreateBucket', { Bucket: 'ab' }, 'InvalidBucketName', 'The specified bucket is not valid.'],
  ['s3.GetBucketPolicy', { Bucket }, 'NoSuchBucketPolicy', 'The bucket policy does not exist', 404],
  [
    's3.GetBucketWebsite',
    { Bucket },
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
    404,
  ],
  ['s3.GetBucketTagging', { Bucket }, 'NoSuchTagSet', 'The TagSet does not exist', 404],
  ['s3.GetBucketCors', { Bucket }, 'NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404],
  [
    's3.GetBucketLifecycleConfiguration',
    { Bucket },
    'NoSuchLifecycleConfiguration',
    'The lifecycle configuration does not exist',
    404,
  ],
  [
    's3.GetBucketReplication',
    { Bucket },
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
    404,
  ],
  ['s3.PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'enabled' } }, 'MalformedXML', xml],
  [
    's3.PutBucketAcl',
    { Bucket, ACL: 'public-read' },
    'AccessControlListNotSupported',
    'The bucket does not allow ACLs',
  ],
  ['s3.PutObject', { Bucket, Key: 'x'.repeat(1025) }, 'KeyTooLongError', 'Your key is too long'],
  [
    's3.PutObject',
    { Bucket, Key, Body: 'x', ContentMD5: 'abc' },
    'InvalidDigest',
    'The Content-MD5 you specified was invalid.',
  ],
  [
    's3.PutObject',
    { Bucket, Key, Body: 'x', StorageClass: 'FOO' },
    'InvalidStorageClass',
    'The storage class you specified is not valid',
  ],
  [
    's3.PutObject',
    { Bucket, Key, Body: 'x', ChecksumSHA256: Buffer.alloc(32).toString('base64') },
    'BadDigest',
    'The SHA256 you specified did not match the calculated checksum.',
  ],
  [
    's3.GetObject',
    { Bucket, Key, Range: 'bytes=100-200' },
    'InvalidRange',
    'The requested range is not satisfiable',
    416,
  ],
  [
    's3.GetObject',
    { Bucket, Key, IfMatch: '"x"' },
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  ],
  ['s3.GetObject', { Bucket, Key, VersionId: 'x' }, 'InvalidArgument', 'Invalid version id specified'],
  ['s3.GetObjectTagging', { Bucket, Key: 'nothing' }, 'NoSuchKey', 'The specified key does not exist.', 404],
  [
    's3.PutObjectTagging',
    { Bucket, Key, Tagging: { TagSet: longTags } },
    'BadRequest',
    'Object tags cannot be greater than 10',
  ],
  [
    's3.PutObjectTagging',
    { Bucket, Key, Tagging: { TagSet: [{ Key: 'aws:a', Value: '' }] } },
    'InvalidTag',
    'Your TagKey cannot be prefixed with aws:',
  ],
  [
    's3.CopyObject',
    { Bucket, Key, CopySource: `${Bucket}/nothing` },
    'NoSuchKey',
    'The specified key does not exist.',
    404,
  ],
  ['s3.UploadPart', { Bucket, Key, UploadId: 'x', PartNumber: 1, Body: 'x' }, 'NoSuchUpload', noUpload, 404],
  ['s3.AbortMultipartUpload', { Bucket, Key, UploadId: 'x' }, 'NoSuchUpload', noUpload, 404],
  [
    's3.ListObjectsV2',
    { Bucket, ContinuationToken: 'x' },
    'InvalidArgument',
    'The continuation token provided is incorrect',
  ],
  [
    's3.ListObjectsV2',
    { Bucket, EncodingType: 'x' },
    'InvalidArgument',
    'Invalid Encoding Method specified in Request',
  ],
  ['s3.DeleteObjects', { Bucket, Delete: { Objects: [] } }, 'MalformedXML', xml],
  ['s3.PutBucketOwnershipControls', { Bucket, OwnershipControls: { Rules: [] } }, 'MalformedXML', xml],
  [
    'kinesis.CreateStream',
    { StreamName: 'own', ShardCount: 1 },
    'ResourceInUseException',
    'Stream own under account {account} already exists.',
  ],
  [
    'kinesis.DescribeStream',
    { StreamName: 'x' },
    'ResourceNotFoundException',
    'Stream x under account {account} not found.',
  ],
  [
    'kinesis.CreateStream',
    { StreamName: 'x', ShardCount: 0 },
    'ValidationException',
    "1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    'kinesis.PutRecord',
    { StreamName: 'own', Data: Buffer.from('x'), PartitionKey: 'x', ExplicitHashKey: String(2n ** 128n) },
    'InvalidArgumentException',
    'Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was 340282366920938463463374607431768211456',
  ],
  [
    'kinesis.IncreaseStreamRetentionPeriod',
    { StreamName: 'own', RetentionPeriodHours: 9000 },
    'InvalidArgumentException',
    'Maximum allowed retention period is 8760 hours. Requested retention period (9000 hours) is too long.',
  ],
  [
    'kinesis.DecreaseStreamRetentionPeriod',
    { StreamName: 'own', RetentionPeriodHours: 23 },
    'InvalidArgumentException',
    'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
  ],
  [
    'kinesis.GetShardIterator',
    { StreamName: 'own', ShardId: 'shardId-000000000000', ShardIteratorType: 'AT_SEQUENCE_NUMBER' },
    'InvalidArgumentException',
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.',
  ],
  ['ec2.DescribeInstances', { InstanceIds: ['x'] }, 'InvalidInstanceID.Malformed', 'Invalid id: "x"'],
  [
    'ec2.StopInstances',
    { InstanceIds: [gone] },
    'InvalidInstanceID.NotFound',
    `The instance ID '${gone}' does not exist`,
  ],
  [
    'ec2.StartInstances',
    { InstanceIds: [gone, `${gone.slice(0, -1)}1`] },
    'InvalidInstanceID.NotFound',
    `The instance IDs '${gone}, ${gone.slice(0, -1)}1' do not exist`,
  ],
  [
    'ec2.DescribeInstances',
    { Filters: [{ Name: 'x', Values: ['y'] }] },
    'InvalidParameterValue',
    "The filter 'x' is invalid",
  ],
  [
    'ec2.DescribeInstances',
    { DryRun: true },
    'DryRunOperation',
    'Request would have succeeded, but DryRun flag is set.',
    412,
  ],
  ['ec2.CreateTags', { Resources: ['x'], Tags: [{ Key: 'a', Value: 'b' }] }, 'InvalidID', "The ID 'x' is not valid"],
  ['ec2.DescribeKeyPairs', { KeyNames: ['x'] }, 'InvalidKeyPair.NotFound', "The key pair 'x' does not exist"],
  [
    'ec2.DeleteVolume',
    { VolumeId: 'vol-0123456789abcdef0' },
    'InvalidVolume.NotFound',
    "The volume 'vol-0123456789abcdef0' does not exist",
  ],
  [
    'iam.CreateRole',
    { RoleName: 'own', AssumeRolePolicyDocument: trust() },
    'EntityAlreadyExists',
    'Role with name own already exists.',
    409,
  ],
  [
    'iam.CreateRole',
    { RoleName: 'x', AssumeRolePolicyDocument: 'x' },
    'MalformedPolicyDocument',
    'This policy contains invalid Json',
  ],
  [
    'iam.CreateRole',
    { RoleName: 'x', AssumeRolePolicyDocument: trust({ Resource: '*' }) },
    'MalformedPolicyDocument',
    'Has prohibited field Resource',
  ],
  [
    'iam.CreateRole',
    { RoleName: 'x', AssumeRolePolicyDocument: trust({ Principal: { Service: 'x' } }) },
    'MalformedPolicyDocument',
    'Invalid principal in policy: "Service":"x"',
  ],
  [
    'iam.PutRolePolicy',
    { RoleName: 'own', PolicyName: 'x', PolicyDocument: document({ Action: 'x', Resource: '*' }) },
    'MalformedPolicyDocument',
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  ['iam.GetRole', { RoleName: 'x' }, 'NoSuchEntity', 'The role with name x cannot be found.', 404],
  [
    'iam.GetUserPolicy',
    { UserName: 'own', PolicyName: 'x' },
    'NoSuchEntity',
    'The user policy with name x cannot be found.',
    404,
  ],
  [
    'iam.DeleteAccessKey',
    { UserName: 'own', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    'NoSuchEntity',
    'The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.',
    404,
  ],
  [
    'sts.AssumeRole',
    { RoleArn: 'arn:aws:iam::{account}:role/x', RoleSessionName: 'me' },
    'AccessDenied',
    'User: arn:aws:iam::{account}:user/learner is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::{account}:role/x',
    403,
  ],
  [
    'sts.AssumeRole',
    { RoleArn: 'arn:aws:iam::{account}:role/own', RoleSessionName: 'me', DurationSeconds: 1 },
    'ValidationError',
    "1 validation error detected: Value '1' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
];

let aws: TestSandbox;
let caller: AwsCaller;
beforeAll(async () => {
  aws = await startTestSandbox();
  caller = openCaller({ endpoint: aws.endpoint, credentials: aws.credentials });
  const things: readonly (readonly [what: string, input: object])[] = [
    ['s3.CreateBucket', { Bucket }],
    ['s3.PutObject', { Bucket, Key, Body: 'hello' }],
    ['kinesis.CreateStream', { StreamName: 'own', ShardCount: 1 }],
    ['iam.CreateRole', { RoleName: 'own', AssumeRolePolicyDocument: trust() }],
    ['iam.CreateUser', { UserName: 'own' }],
  ];
  for (const [what, input] of things) expect(await caller.call(what, input, aws.region)).toHaveProperty('answer');
  await aws.advance('1m');
}, 60_000);
afterAll(async () => {
  caller.close();
  await aws.stop();
});

const own = (text: string): string => text.replaceAll('{account}', aws.account);

for (const [what, input, code, message, status = 400] of rows) {
  test(`${what} ${JSON.stringify(input).slice(0, 100)}: ${code}`, { timeout: 30_000 }, async () => {
    const given: unknown = Object.fromEntries(
      Object.entries(input).map(([name, value]) => [name, typeof value === 'string' ? own(value) : (value as unknown)]),
    );
    expect(await caller.call(what, given, aws.region)).toEqual({ refusal: { code, message: own(message), status } });
  });
}
