// Who may do what with a bucket and its objects. One place decides, for callers with credentials and for anybody on the web.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
import { evaluate } from '../../policy/evaluate.ts';
import type { Decision, PolicyPrincipal } from '../../policy/evaluate.ts';
import type { Call, Caller } from '../../service.ts';
import { aclAllows } from '../acl/aclAllows.ts';
import type { Bucket } from '../bucket.ts';
import { accessDenied } from '../errors.ts';
import { bucketArn } from '../names.ts';
import { current } from '../objects/version.ts';
import { conditionKeys, tagKeys } from './conditionKeys.ts';
import { isPublicPolicy } from './publicPolicy.ts';

/** As policies name it, without 's3:'. */
export type Action = string;

interface Asked {
  readonly world: { readonly clock: { now(): number } };
}

/** `input`: of the operation, for condition keys. @throws AccessDenied */
export function authorize(
  s3: Asked,
  bucket: Bucket,
  { caller }: Pick<Call, 'caller'>,
  action: Action,
  key?: string,
  input: object = {},
): void {
  const { policy, publicAccessBlock: block } = bucket.settings;
  const own = caller.account === bucket.account && caller.kind !== 'anonymous';
  if (own && policy === undefined) return;
  // The owner's root and its policies: nobody locks themselves out.
  if (own && caller.kind === 'root' && action.endsWith('BucketPolicy')) return;
  const decision = decide(s3, bucket, caller, action, key, input);
  if (decision === 'deny')
    throw denied(bucket, caller, action, key, 'with an explicit deny in a resource-based policy');
  if (own) return;
  const shut = block?.RestrictPublicBuckets === true && policy !== undefined && isPublicPolicy(policy);
  if (decision === 'allow' && !shut) return;
  if (aclAllows(bucket, current(key === undefined ? undefined : bucket.objects.get(key)), caller, action)) return;
  throw denied(bucket, caller, action, key, `because no resource-based policy allows the s3:${action} action`);
}

function decide(
  s3: Asked,
  bucket: Bucket,
  caller: Caller,
  action: Action,
  key: string | undefined,
  input: object,
): Decision {
  const now = s3.world.clock.now();
  return evaluate(bucket.settings.policy, {
    principal: principalOf(caller),
    action: `s3:${action}`,
    resource: resourceOf(bucket, key),
    context: {
      'aws:CurrentTime': new Date(now).toISOString(),
      'aws:EpochTime': String(Math.floor(now / 1000)),
      'aws:SourceIp': '127.0.0.1',
      'aws:SecureTransport': 'true',
      's3:ResourceAccount': bucket.account,
      'aws:ResourceAccount': bucket.account,
      ...conditionKeys({ ...input }),
      ...existingTags(bucket, key),
      ...(caller.kind === 'anonymous'
        ? {}
        : {
            'aws:PrincipalAccount': caller.account,
            'aws:PrincipalArn': caller.arn,
            'aws:userid': caller.userId,
            ...(caller.kind === 'user' && { 'aws:username': caller.arn.slice(caller.arn.lastIndexOf('/') + 1) }),
          }),
    },
  });
}

const principalOf = ({ kind, account, arn }: Caller): PolicyPrincipal =>
  kind === 'anonymous' ? { kind } : { kind: 'aws', account, arn };

const resourceOf = (bucket: Bucket, key: string | undefined): string =>
  key === undefined ? bucketArn(bucket) : `${bucketArn(bucket)}/${key}`;

/** Of the object as it is now. */
export const existingTags = (bucket: Bucket, key: string | undefined) =>
  tagKeys('ExistingObjectTag', current(key === undefined ? undefined : bucket.objects.get(key))?.tags ?? new Map());

/** Strangers are not told why. */
function denied(bucket: Bucket, caller: Caller, action: Action, key: string | undefined, why: string) {
  if (caller.account !== bucket.account) return accessDenied();
  return accessDenied(
    `User: ${caller.arn} is not authorized to perform: s3:${action} on resource: "${resourceOf(bucket, key)}" ${why}`,
  );
}
