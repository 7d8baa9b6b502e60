// S3's older signature in URLs (version 2), which the AWS CLI and boto3 still make by default when they presign for us-east-1.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth
import { createHmac } from 'node:crypto';
import { header, type WireRequest } from './exchange.ts';

export interface OldClaim {
  readonly accessKeyId: string;
  readonly signature: string;
  /** Seconds since 1970, as it was written. */
  readonly expires: string;
  readonly token: string | undefined;
}

export const hasOldClaim = ({ query }: WireRequest): boolean => /(?:^|&)AWSAccessKeyId=/.test(query);

/** Undefined: a part of it is missing. */
export function oldClaimOf({ query }: WireRequest): OldClaim | undefined {
  const fields = new URLSearchParams(query);
  const [accessKeyId, signature] = [fields.get('AWSAccessKeyId'), fields.get('Signature')];
  const expires = fields.get('Expires');
  if (!accessKeyId || !signature || !expires) return undefined;
  return { accessKeyId, signature, expires, token: fields.get('x-amz-security-token') ?? undefined };
}

const subresources = new Set(
  (
    'accelerate acl analytics cors defaultObjectAcl delete encryption intelligent-tiering inventory legal-hold lifecycle location ' +
    'logging metrics notification object-lock ownershipControls partNumber policy policyStatus publicAccessBlock replication ' +
    'requestPayment response-cache-control response-content-disposition response-content-encoding response-content-language ' +
    'response-content-type response-expires restore retention select select-type tagging torrent uploadId uploads versionId ' +
    'versioning versions website'
  ).split(' '),
);

/** What may have been signed; `bucket`: the one its host names. A bucket alone is signed with a slash behind it, or without. */
export function oldTextsToSign(request: WireRequest, bucket: string | undefined, claim: OldClaim): readonly string[] {
  const path = `${bucket === undefined ? '' : `/${bucket}`}${request.path}`;
  const paths = /^\/[^/]+$/.test(path) ? [path, `${path}/`] : [path];
  return paths.map((each) => textToSign(request, each, claim));
}

export const oldSignature = (text: string, secret: string): string =>
  createHmac('sha1', secret).update(text).digest('base64');

function textToSign(request: WireRequest, path: string, claim: OldClaim): string {
  const fields = [...new URLSearchParams(request.query)];
  const said = (name: string): string =>
    header(request, name) ?? fields.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
  const inQuery = fields.filter(([name]) => name.toLowerCase().startsWith('x-amz-'));
  const inHeaders = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  const names = new Set([...inHeaders, ...inQuery.map(([name]) => name.toLowerCase())]);
  const amz = [...names].toSorted().map((name) => `${name}:${said(name).trim()}\n`);
  const parts = fields
    .filter(([name]) => subresources.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = `${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
  return [request.method, said('content-md5'), said('content-type'), claim.expires, amz.join('') + resource].join('\n');
}
