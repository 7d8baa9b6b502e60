// What S3 makes of a presigned URL beyond its signature: parameters that stand for headers, and headers that nobody signed.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
import { AwsError } from '../service.ts';
import type { WireRequest } from './exchange.ts';
import type { Claim } from './sigv4.ts';

/** Of the signature itself, and the checksum that some SDKs take of the body they do not have yet. */
const own =
  /^x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent|checksum-\w+|sdk-checksum-algorithm)$/;
const conditions = /^if-(?:none-match|match|modified-since|unmodified-since)$/;

/** `?x-amz-acl=...&If-None-Match=*`: SDKs say in the URL what the browser that follows it cannot. */
export function readHeadersOfUrl({ headers, query }: WireRequest): void {
  if (!/(?:^|&)(?:x-amz-|if-)/i.test(query)) return;
  for (const [name, value] of new URLSearchParams(query)) {
    const lower = name.toLowerCase();
    // As Node reads headers.
    if (conditions.test(lower) || (lower.startsWith('x-amz-') && !own.test(lower)))
      headers[lower] ??= Buffer.from(value, 'utf8').toString('latin1');
  }
}

/** @throws AccessDenied where the request says more than was signed */
export function refuseUnsignedHeaders({ headers }: WireRequest, { signedHeaders }: Claim): void {
  const extra = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signedHeaders.includes(name),
  );
  if (extra.length === 0) return;
  throw new AwsError('AccessDenied', 'There were headers present in the request which were not signed', {
    status: 403,
    fields: { HeadersNotSigned: extra.join(', ') },
  });
}

/** S3 alone tells what it had expected to be signed. */
export function mismatch(
  refused: AwsError,
  { accessKeyId, signature }: { readonly accessKeyId: string; readonly signature: string },
  toSign: string,
  canonical?: string,
): AwsError {
  return new AwsError(refused.code, refused.message, {
    ...refused.options,
    fields: {
      AWSAccessKeyId: accessKeyId,
      StringToSign: toSign,
      SignatureProvided: signature,
      StringToSignBytes: bytesOf(toSign),
      ...(canonical !== undefined && { CanonicalRequest: canonical, CanonicalRequestBytes: bytesOf(canonical) }),
    },
  });
}

const bytesOf = (text: string): string =>
  Buffer.from(text, 'utf8')
    .toString('hex')
    .replaceAll(/..(?=.)/g, '$& ');
