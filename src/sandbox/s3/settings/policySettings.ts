// The bucket's policy and the block against the public, which decide together who comes in.
import type * as client from '@aws-sdk/client-s3';
import { isPublicPolicy } from '../access/publicPolicy.ts';
import { isPublicAcl } from '../acl/acl.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Call, Handlers } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { accessDenied, malformedXml, refuse } from '../errors.ts';
import { bucketArn } from '../names.ts';
import { openBucket, type S3 } from '../s3.ts';
import { checkPolicy, malformed } from './checkPolicy.ts';

export const policySettingHandlers = (s3: S3) =>
  ({
    GetBucketPolicy(input, call) {
      const { settings, name } = ownBucket(s3, input, call, 'GetBucketPolicy');
      if (settings.policy === undefined) throw noPolicy(name);
      return { Policy: settings.policy };
    },
    async PutBucketPolicy(input, call) {
      const bucket = ownBucket(s3, input, call, 'PutBucketPolicy');
      const text = input.Policy ?? '';
      await checkPrincipals(s3, checkPolicy(text, bucketArn(bucket)));
      if (bucket.settings.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(text)) throw blocked(bucket, call);
      bucket.settings.policy = text;
      s3.world.changed();
      return { $metadata: { httpStatusCode: 204 } };
    },
    DeleteBucketPolicy(input, call) {
      delete ownBucket(s3, input, call, 'DeleteBucketPolicy').settings.policy;
      s3.world.changed();
    },
    GetBucketPolicyStatus(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketPolicyStatus');
      if (settings.policy === undefined) throw noPolicy(name);
      return { PolicyStatus: { IsPublic: isPublicPolicy(settings.policy) || isPublicAcl(settings.acl) } };
    },
    GetPublicAccessBlock(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketPublicAccessBlock');
      if (!settings.publicAccessBlock) {
        const message = 'The public access block configuration was not found';
        throw refuse('NoSuchPublicAccessBlockConfiguration', message, 404, { BucketName: name });
      }
      return { PublicAccessBlockConfiguration: settings.publicAccessBlock };
    },
    PutPublicAccessBlock(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketPublicAccessBlock');
      const wanted = input.PublicAccessBlockConfiguration;
      if (!wanted || Object.keys(wanted).length === 0) throw malformedXml();
      settings.publicAccessBlock = {
        BlockPublicAcls: wanted.BlockPublicAcls ?? false,
        IgnorePublicAcls: wanted.IgnorePublicAcls ?? false,
        BlockPublicPolicy: wanted.BlockPublicPolicy ?? false,
        RestrictPublicBuckets: wanted.RestrictPublicBuckets ?? false,
      };
      s3.world.changed();
    },
    DeletePublicAccessBlock(input, call) {
      delete openBucket(s3, input, call, 'PutBucketPublicAccessBlock').settings.publicAccessBlock;
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

/** Roles and users of its own accounts are looked up; nothing is known of others. @throws MalformedPolicy */
async function checkPrincipals({ world }: S3, { statements }: Policy): Promise<void> {
  const named = statements
    .flatMap(({ principals }) => principals?.named.AWS ?? [])
    .filter((name) => name.startsWith('arn:'));
  if (named.length === 0) return;
  const iam = await world.port('iam');
  const missing = named.find((arn) => !iam.mayExist(arn));
  if (missing !== undefined) throw malformed('Invalid principal in policy', `"AWS" : "${missing}"`);
}

interface Named {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** Other accounts never reach a bucket's policy, whatever it says. */
function ownBucket(s3: S3, input: Named, call: Call, action: string): Bucket {
  const bucket = openBucket(s3, input, call, action);
  if (call.caller.account === bucket.account) return bucket;
  throw refuse('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}

const noPolicy = (name: string) =>
  refuse('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: name });

const blocked = (bucket: Bucket, { caller }: Call) =>
  accessDenied(
    `User: ${caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  );
