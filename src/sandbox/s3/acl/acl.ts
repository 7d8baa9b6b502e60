// Access control lists, which buckets have by default no more use for (BucketOwnerEnforced), but can be given back to.
import type { Grant, Grantee, ObjectCannedACL, BucketCannedACL, Permission } from '@aws-sdk/client-s3';
import { canonicalId } from '../names.ts';

export interface Acl {
  /** The account. */
  readonly owner: string;
  readonly grants: readonly Grant[];
}

export const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const signedIn = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
export const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

export type Canned = BucketCannedACL | ObjectCannedACL | 'log-delivery-write';

const user = (account: string): Grantee => ({ ID: canonicalId(account), Type: 'CanonicalUser' });
const group = (uri: string): Grantee => ({ URI: uri, Type: 'Group' });
const grant = (grantee: Grantee, permission: Permission): Grant => ({ Grantee: grantee, Permission: permission });

export const privateAcl = (owner: string): Acl => ({ owner, grants: [grant(user(owner), 'FULL_CONTROL')] });

/** `bucketOwner`: who also gets a say by the lists that name them. Undefined: there is no such list. */
export function cannedAcl(name: string, owner: string, bucketOwner: string): Acl | undefined {
  const more: Readonly<Record<string, readonly Grant[]>> = {
    private: [],
    'public-read': [grant(group(everybody), 'READ')],
    'public-read-write': [grant(group(everybody), 'READ'), grant(group(everybody), 'WRITE')],
    'authenticated-read': [grant(group(signedIn), 'READ')],
    'bucket-owner-read': owner === bucketOwner ? [] : [grant(user(bucketOwner), 'READ')],
    'bucket-owner-full-control': owner === bucketOwner ? [] : [grant(user(bucketOwner), 'FULL_CONTROL')],
    'aws-exec-read': [],
    'log-delivery-write': [grant(group(logDelivery), 'WRITE'), grant(group(logDelivery), 'READ_ACP')],
  };
  const grants = more[name];
  return grants && { owner, grants: [...privateAcl(owner).grants, ...grants] };
}

export const isPublicAcl = ({ grants }: Acl): boolean =>
  grants.some(({ Grantee }) => Grantee?.URI === everybody || Grantee?.URI === signedIn);
