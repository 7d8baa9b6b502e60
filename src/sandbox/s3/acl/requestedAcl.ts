// The list that a request asks for: a canned one by name, grants in headers, or a document. Refused where lists are switched off.
import type { AccessControlPolicy, Grant, Grantee, ObjectOwnership, Permission } from '@aws-sdk/client-s3';
import type { Bucket } from '../bucket.ts';
import { accessDenied, invalidArgument, invalidRequest, refuse } from '../errors.ts';
import { canonicalId } from '../names.ts';
import { cannedAcl, everybody, isPublicAcl, logDelivery, privateAcl, signedIn, type Acl } from './acl.ts';

export interface AclRequest {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

const headers = [
  ['GrantFullControl', 'FULL_CONTROL', 'x-amz-grant-full-control'],
  ['GrantRead', 'READ', 'x-amz-grant-read'],
  ['GrantReadACP', 'READ_ACP', 'x-amz-grant-read-acp'],
  ['GrantWrite', 'WRITE', 'x-amz-grant-write'],
  ['GrantWriteACP', 'WRITE_ACP', 'x-amz-grant-write-acp'],
] as const satisfies readonly (readonly [keyof AclRequest, Permission, string])[];

/** Undefined: the request asks for none. */
export function requestedAcl(input: AclRequest, owner: string, bucketOwner: string): Acl | undefined {
  const granted = headers.some(([member]) => input[member] !== undefined);
  if (input.ACL !== undefined && granted) {
    throw invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed');
  }
  if (input.ACL !== undefined) {
    const canned = cannedAcl(input.ACL, owner, bucketOwner);
    if (!canned) throw refuse('InvalidArgument', '', 400, { ArgumentName: 'x-amz-acl', ArgumentValue: input.ACL });
    return canned;
  }
  if (!granted) return undefined;
  const grants = headers.flatMap(([member, permission, header]) =>
    granteesOf(input[member], header).map((Grantee): Grant => ({ Grantee, Permission: permission })),
  );
  return { owner, grants };
}

export function requestedBucketAcl(input: AclRequest, owner: string, ownership: ObjectOwnership): Acl {
  const acl = requestedAcl(input, owner, owner);
  if (acl === undefined) return privateAcl(owner);
  if (ownership === 'BucketOwnerEnforced' && acl.grants.length !== 1) {
    throw refuse(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  // A new bucket blocks public lists.
  if (isPublicAcl(acl)) throw blocked();
  return acl;
}

/** The list of a new object. @throws AccessControlListNotSupported, AccessDenied */
export function requestedObjectAcl(input: AclRequest, bucket: Bucket, owner: string): Acl | undefined {
  const acl = requestedAcl(input, owner, bucket.account);
  if (acl === undefined) return undefined;
  if (bucket.settings.ownership === 'BucketOwnerEnforced') {
    if (input.ACL === 'bucket-owner-full-control') return undefined;
    throw aclsOff();
  }
  checkPublic(acl, bucket);
  return acl;
}

export function checkPublic(acl: Acl, { settings }: Bucket): void {
  if (settings.publicAccessBlock?.BlockPublicAcls && isPublicAcl(acl)) throw blocked();
}

export const aclsOff = () => refuse('AccessControlListNotSupported', 'The bucket does not allow ACLs');

const blocked = () => accessDenied();

function granteesOf(text: string | undefined, header: string): Grantee[] {
  if (text === undefined) return [];
  return text.split(',').map((item): Grantee => {
    const [, kind = '', value = ''] = /^\s*(\w+)\s*=\s*"?([^"]*)"?\s*$/.exec(item) ?? [];
    return granteeOf(kind, value, { header, text });
  });
}

function granteeOf(kind: string, value: string, { header, text }: { header: string; text: string }): Grantee {
  switch (kind) {
    case 'id':
      if (!/^[0-9a-f]{64}$/.test(value)) throw invalidArgument('Invalid id', 'id', value);
      return { ID: value, Type: 'CanonicalUser' };
    case 'uri':
      if (!isGroup(value)) throw invalidArgument('Invalid group uri', 'uri', value);
      return { URI: value, Type: 'Group' };
    default:
      throw invalidArgument('Argument format not recognized', header, text);
  }
}

const isGroup = (uri: string): boolean => [everybody, signedIn, logDelivery].includes(uri);

const granteeTypes: ReadonlySet<string> = new Set(['CanonicalUser', 'Group', 'AmazonCustomerByEmail']);
const permissions: readonly Permission[] = ['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP'];

/** A list given as a document. @throws MalformedACLError, InvalidArgument */
export function documentAcl(policy: AccessControlPolicy, owner: string): Acl {
  const malformed = () =>
    refuse(
      'MalformedACLError',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  if (!policy.Owner?.ID) throw malformed();
  if (policy.Owner.ID !== canonicalId(owner)) throw invalidArgument('Invalid id', 'CanonicalUser/ID', policy.Owner.ID);
  for (const { Grantee: grantee, Permission: permission } of policy.Grants ?? []) {
    if (!grantee?.Type || !granteeTypes.has(grantee.Type) || !permissions.some((one) => one === permission))
      throw malformed();
    if (grantee.Type === 'Group' && !isGroup(grantee.URI ?? '')) {
      throw invalidArgument('Invalid group uri', 'Group/URI', grantee.URI ?? '');
    }
    if (grantee.Type === 'CanonicalUser' && !/^[0-9a-f]{64}$/.test(grantee.ID ?? '')) {
      throw invalidArgument('Invalid id', 'CanonicalUser/ID', grantee.ID ?? '');
    }
  }
  return { owner, grants: policy.Grants ?? [] };
}
