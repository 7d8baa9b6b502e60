// A link to one object that works without credentials until it ends: Signature Version 4 in the query.
// In: where, by whom, how long. Out: the URL. Pure: asks nobody, and the secret goes into the signature only.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from '../clients.ts';
import { partitionOf } from '../resources/lookup.ts';

export interface PresignWish {
  /** Undefined: AWS itself, with the bucket in the host's name where it can be. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly key: string;
  readonly seconds: number;
  readonly credentials: Credentials;
  readonly now: Date;
}

export function presignedUrl(wish: PresignWish): string {
  const { region, credentials, seconds, now } = wish;
  const { origin, path } = address(wish);
  const at = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`;
  const query = Object.entries({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': at,
    'X-Amz-Expires': `${seconds}`,
    ...(credentials.sessionToken !== undefined && { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': 'host',
  })
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const request = ['GET', path, query, `host:${new URL(origin).host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(request).digest('hex')].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  return `${origin}${path}?${query}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`;
}

function address({ endpoint, region, bucket, key }: PresignWish): { readonly origin: string; readonly path: string } {
  const path = `/${key.split('/').map(encode).join('/')}`;
  if (endpoint !== undefined) return { origin: endpoint.replace(/\/+$/, ''), path: `/${bucket}${path}` };
  const { suffix } = partitionOf(region);
  // The certificate of the host fits one level of names only.
  return bucket.includes('.')
    ? { origin: `https://s3.${region}.${suffix}`, path: `/${bucket}${path}` }
    : { origin: `https://${bucket}.s3.${region}.${suffix}`, path };
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
