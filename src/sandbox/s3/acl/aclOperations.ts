// Reading and writing the lists of buckets and objects.
import type * as client from '@aws-sdk/client-s3';
import type { AccessControlPolicy } from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { refuse } from '../errors.ts';
import { canonicalId } from '../names.ts';
import { notify } from '../notify/notify.ts';
import { findVersion } from '../objects/findVersion.ts';
import { openBucket, touched, type S3 } from '../s3.ts';
import { privateAcl, type Acl } from './acl.ts';
import { aclsOff, checkPublic, documentAcl, requestedAcl, type AclRequest } from './requestedAcl.ts';

export const aclHandlers = (s3: S3) =>
  ({
    GetBucketAcl: (input, call) => shown(openBucket(s3, input, call, 'GetBucketAcl').settings.acl),
    PutBucketAcl(input, call) {
      const bucket = openBucket(s3, input, call, 'PutBucketAcl');
      bucket.settings.acl = wantedAcl(input, bucket, bucket.account);
      s3.world.changed();
    },
    GetObjectAcl(input, call) {
      const bucket = openBucket(s3, input, call, 'GetObjectAcl', input.Key);
      const { version } = findVersion(bucket, input.Key ?? '', input.VersionId, 'GET');
      return shown(version.acl ?? privateAcl(bucket.account));
    },
    async PutObjectAcl(input, call) {
      const bucket = openBucket(s3, input, call, 'PutObjectAcl', input.Key);
      const key = input.Key ?? '';
      const { version } = findVersion(bucket, key, input.VersionId, 'PUT');
      version.acl = wantedAcl(input, bucket, version.owner);
      touched(s3, bucket, key);
      await notify(s3, bucket, call, { name: 'ObjectAcl:Put', key, version });
    },
  }) satisfies Handlers<typeof client>;

const shown = ({ owner, grants }: Acl) => ({ Owner: { ID: canonicalId(owner) }, Grants: [...grants] });

type Wanted = AclRequest & { readonly AccessControlPolicy?: AccessControlPolicy | undefined };

function wantedAcl(input: Wanted, bucket: Bucket, owner: string): Acl {
  const asked = requestedAcl(input, owner, bucket.account);
  if (asked && input.AccessControlPolicy) {
    throw refuse('UnexpectedContent', 'This request does not support content');
  }
  const acl = asked ?? (input.AccessControlPolicy && documentAcl(input.AccessControlPolicy, owner));
  if (!acl) {
    throw refuse('MissingSecurityHeader', 'Your request was missing a required header', 400, {
      MissingHeaderName: 'x-amz-acl',
    });
  }
  if (bucket.settings.ownership === 'BucketOwnerEnforced') throw aclsOff();
  checkPublic(acl, bucket);
  return acl;
}
