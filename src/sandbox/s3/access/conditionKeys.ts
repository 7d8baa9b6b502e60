// Condition keys that an S3 request brings itself: what it asks for, as policies call it.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
type Input = Readonly<Record<string, unknown>>;
export type Conditions = Readonly<Record<string, string | readonly string[]>>;

/** The input's members by the key's name after 's3:'. */
const members: readonly (readonly [key: string, member: string])[] = [
  ['prefix', 'Prefix'],
  ['delimiter', 'Delimiter'],
  ['max-keys', 'MaxKeys'],
  ['VersionId', 'VersionId'],
  ['if-match', 'IfMatch'],
  ['if-none-match', 'IfNoneMatch'],
  ['object-lock-mode', 'ObjectLockMode'],
  ['object-lock-legal-hold', 'ObjectLockLegalHoldStatus'],
  ['x-amz-acl', 'ACL'],
  ['x-amz-copy-source', 'CopySource'],
  ['x-amz-grant-full-control', 'GrantFullControl'],
  ['x-amz-grant-read', 'GrantRead'],
  ['x-amz-grant-read-acp', 'GrantReadACP'],
  ['x-amz-grant-write', 'GrantWrite'],
  ['x-amz-grant-write-acp', 'GrantWriteACP'],
  ['x-amz-metadata-directive', 'MetadataDirective'],
  ['x-amz-object-ownership', 'ObjectOwnership'],
  ['x-amz-server-side-encryption', 'ServerSideEncryption'],
  ['x-amz-server-side-encryption-aws-kms-key-id', 'SSEKMSKeyId'],
  ['x-amz-server-side-encryption-customer-algorithm', 'SSECustomerAlgorithm'],
  ['x-amz-storage-class', 'StorageClass'],
  ['x-amz-website-redirect-location', 'WebsiteRedirectLocation'],
];

/** `input`: of any operation. */
export function conditionKeys(input: Input): Conditions {
  const said = members.flatMap(([key, member]) => {
    const value = input[member];
    return typeof value === 'string' || typeof value === 'number' ? [[`s3:${key}`, String(value)] as const] : [];
  });
  const tags = requestedTags(input);
  return {
    ...Object.fromEntries(said),
    ...tagKeys('RequestObjectTag', tags),
    ...(tags.size > 0 && { 's3:RequestObjectTagKeys': [...tags.keys()] }),
  };
}

/** What tags an object has, or is to get. */
export const tagKeys = (
  name: 'RequestObjectTag' | 'ExistingObjectTag',
  tags: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> =>
  Object.fromEntries([...tags].map(([key, value]) => [`s3:${name}/${key}`, value]));

/** In a header of an upload, or in the body of PutObjectTagging. */
function requestedTags({ Tagging: tagging }: Input): Map<string, string> {
  if (typeof tagging === 'string') return new Map(new URLSearchParams(tagging));
  // The wire has made this of the SDK's own shape.
  const { TagSet: set } = (tagging ?? {}) as { readonly TagSet?: readonly { Key?: string; Value?: string }[] };
  return new Map((set ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
