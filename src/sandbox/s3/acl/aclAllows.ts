import type { Permission } from '@aws-sdk/client-s3';
import type { Caller } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { canonicalId } from '../names.ts';
import type { Version } from '../objects/version.ts';
import { everybody, signedIn, type Acl } from './acl.ts';

/** Which list decides about an action, and what it must grant. */
const needed: Readonly<Record<string, readonly ['bucket' | 'object', Permission]>> = {
  ListBucket: ['bucket', 'READ'],
  ListBucketVersions: ['bucket', 'READ'],
  ListBucketMultipartUploads: ['bucket', 'READ'],
  PutObject: ['bucket', 'WRITE'],
  DeleteObject: ['bucket', 'WRITE'],
  GetBucketAcl: ['bucket', 'READ_ACP'],
  PutBucketAcl: ['bucket', 'WRITE_ACP'],
  GetObject: ['object', 'READ'],
  GetObjectVersion: ['object', 'READ'],
  GetObjectAcl: ['object', 'READ_ACP'],
  PutObjectAcl: ['object', 'WRITE_ACP'],
};

/** Lists say nothing where the bucket's owner owns all, and public grants nothing where they are ignored. */
export function aclAllows(bucket: Bucket, version: Version | undefined, caller: Caller, action: string): boolean {
  const { ownership, publicAccessBlock, acl } = bucket.settings;
  const need = needed[action];
  if (need === undefined || ownership === 'BucketOwnerEnforced') return false;
  const list = need[0] === 'bucket' ? acl : version?.acl;
  return list !== undefined && grants(list, caller, need[1], publicAccessBlock?.IgnorePublicAcls === true);
}

function grants(list: Acl, caller: Caller, permission: Permission, ignorePublic: boolean): boolean {
  return list.grants.some(({ Grantee: grantee, Permission: given }) => {
    if (given !== permission && given !== 'FULL_CONTROL') return false;
    if (grantee?.URI === everybody) return !ignorePublic;
    if (caller.kind === 'anonymous') return false;
    if (grantee?.URI === signedIn) return !ignorePublic;
    return grantee?.ID === canonicalId(caller.account);
  });
}
