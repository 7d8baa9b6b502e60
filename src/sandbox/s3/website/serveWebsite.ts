// A bucket as a website, as http://BUCKET.s3-website.localhost:PORT/ shows it to anybody.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
import type { WebsiteConfiguration } from '@aws-sdk/client-s3';
import { AwsError, type Caller, type WebAnswer, type WebRequest } from '../../service.ts';
import { authorize } from '../access/authorize.ts';
import type { Bucket } from '../bucket.ts';
import { noSuchBucket, noSuchKey, refuse } from '../errors.ts';
import { checkRead } from '../objects/conditions.ts';
import { rangeOf } from '../objects/ranges.ts';
import { current, quoted, seconds, type Version } from '../objects/version.ts';
import type { S3 } from '../s3.ts';
import { errorPage } from './errorPage.ts';
import { redirectFor, redirectionOfAll } from './routing.ts';

const anybody: Caller = { account: '', arn: '', userId: '', accessKeyId: '', kind: 'anonymous' };

export function serveWebsite(s3: S3, request: WebRequest): WebAnswer {
  const host = /^(.+?)\.s3-website(?:[.-]([a-z0-9-]+))?\.(?:localhost|amazonaws\.com)(?::\d+)?$/.exec(
    request.host.toLowerCase(),
  );
  const name = host?.[1] ?? '';
  try {
    const bucket = s3.buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    const website = bucket.settings.website;
    if (!website) {
      const message = 'The specified bucket does not have a website configuration';
      throw refuse('NoSuchWebsiteConfiguration', message, 404, { BucketName: name });
    }
    if (host?.[2] !== undefined && host[2] !== bucket.region) {
      const message =
        'The specified bucket exists in another region. Please direct requests to the specified endpoint.';
      throw refuse('IncorrectEndpoint', message, 400, { BucketName: name });
    }
    return servePage(s3, bucket, website, request);
  } catch (thrown) {
    if (thrown instanceof AwsError) return errorPage(thrown, request);
    throw thrown;
  }
}

function servePage(s3: S3, bucket: Bucket, website: WebsiteConfiguration, request: WebRequest): WebAnswer {
  const path = decode(request.path.slice(1));
  if (website.RedirectAllRequestsTo) return redirectionOfAll(website.RedirectAllRequestsTo, path, request);
  const rules = website.RoutingRules;
  const early = redirectFor(rules, path, undefined, request);
  if (early) return early;
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw refuse('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
        Method: request.method,
        ResourceType: 'OBJECT',
      });
    }
    return page(s3, bucket, website.IndexDocument?.Suffix ?? 'index.html', path, request);
  } catch (thrown) {
    if (!(thrown instanceof AwsError) || thrown.options.status === 304) throw thrown;
    const status = thrown.options.status ?? 400;
    return redirectFor(rules, path, status, request) ?? customError(s3, bucket, website, thrown, request);
  }
}

/** The object, or the index document of what is a folder. */
function page(s3: S3, bucket: Bucket, index: string, path: string, request: WebRequest): WebAnswer {
  const isFolder = path === '' || path.endsWith('/');
  const key = isFolder ? `${path}${index}` : path;
  const there = readable(s3, bucket, key);
  if (there) return show(s3, there, request, 200);
  if (!isFolder && current(bucket.objects.get(`${path}/${index}`))?.body) {
    return { status: 302, headers: { Location: `/${encodeURI(path)}/` }, body: '' };
  }
  throw noSuchKey(key);
}

/** Undefined: it is not there, and whoever asks may read it or see that. @throws AccessDenied */
function readable(s3: S3, bucket: Bucket, key: string): Version | undefined {
  const version = current(bucket.objects.get(key));
  const there = version?.body ? version : undefined;
  if (there || !isListed(s3, bucket)) authorize(s3, bucket, { caller: anybody }, 'GetObject', key);
  return there;
}

function isListed(s3: S3, bucket: Bucket): boolean {
  try {
    authorize(s3, bucket, { caller: anybody }, 'ListBucket');
    return true;
  } catch {
    return false;
  }
}

function show(s3: S3, version: Version, request: WebRequest, status: number): WebAnswer {
  const { description, etag, modified, body } = version;
  const redirect = description.WebsiteRedirectLocation;
  if (redirect !== undefined) return { status: 301, headers: { Location: redirect }, body: '' };
  const date = (name: string): Date | undefined => {
    const time = Date.parse(request.header(name) ?? '');
    return Number.isNaN(time) ? undefined : new Date(time);
  };
  if (status === 200) {
    const conditions = {
      IfMatch: request.header('if-match'),
      IfNoneMatch: request.header('if-none-match'),
      IfModifiedSince: date('if-modified-since'),
      IfUnmodifiedSince: date('if-unmodified-since'),
    };
    checkRead(version, conditions, s3.world.clock.now());
  }
  const size = body?.size ?? 0;
  const range = status === 200 ? rangeOf(request.header('range'), size) : undefined;
  const headers: Record<string, string> = {
    'Content-Type': description.ContentType ?? 'binary/octet-stream',
    'Content-Length': String(range ? range.to - range.from : size),
    ETag: quoted(etag),
    'Last-Modified': seconds(modified).toUTCString(),
    'Accept-Ranges': 'bytes',
    ...(range && { 'Content-Range': `bytes ${range.from}-${range.to - 1}/${size}` }),
    ...(description.CacheControl && { 'Cache-Control': description.CacheControl }),
    ...(description.ContentDisposition && { 'Content-Disposition': description.ContentDisposition }),
    ...(description.ContentEncoding && { 'Content-Encoding': description.ContentEncoding }),
    ...(description.ContentLanguage && { 'Content-Language': description.ContentLanguage }),
    ...(description.Expires && { Expires: description.Expires.toUTCString() }),
    ...Object.fromEntries(
      Object.entries(description.Metadata).map(([name, value]) => [`x-amz-meta-${name}`, latin(value)]),
    ),
  };
  const bytes = body && request.method !== 'HEAD' ? s3.store.read(body, range?.from, range?.to) : '';
  return { status: range ? 206 : status, headers, body: bytes };
}

/** The website's own page for errors, if visitors may read it. */
function customError(
  s3: S3,
  bucket: Bucket,
  website: WebsiteConfiguration,
  error: AwsError,
  request: WebRequest,
): WebAnswer {
  const key = website.ErrorDocument?.Key;
  if (key === undefined) return errorPage(error, request);
  try {
    const document = readable(s3, bucket, key);
    if (!document) throw noSuchKey(key);
    return show(s3, document, request, error.options.status ?? 400);
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    return errorPage(error, request, thrown);
  }
}

const latin = (text: string): string => Buffer.from(text.replace(/[\r\n]/g, ' '), 'utf8').toString('latin1');

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
