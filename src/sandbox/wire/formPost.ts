// S3's upload by an HTML form: a POST of multipart/form-data at a bucket, which is turned into the PutObject that it means.
// In: the request with its whole body. Out: that PutObject, who signed the form's policy, and the answer in the form's way.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import { Readable } from 'node:stream';
import { AwsError } from '../service.ts';
import { header, type WireAnswer, type WireRequest } from './exchange.ts';
import { refusal } from './fault.ts';
import { parseMultipart } from './multipart.ts';
import { bucketOfHost } from './hosts.ts';
import { escapeXml } from './xml.ts';

export interface FormPost {
  readonly bucket: string;
  /** Its names in small letters; with `bucket`, and the key with the file's name put in. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  /** The upload as PutObject says it. */
  readonly request: WireRequest;
}

/** Told by the head alone, so that web pages may send it: what it does is up to the signed policy inside, or to the bucket's. */
export const isFormPost = (request: WireRequest): boolean =>
  request.method === 'POST' &&
  request.query === '' &&
  request.headers['x-amz-target'] === undefined &&
  (header(request, 'content-type')?.toLowerCase().startsWith('multipart/form-data') ?? false) &&
  bucketOf(request) !== undefined;

function bucketOf({ host, path }: WireRequest): string | undefined {
  const named = bucketOfHost(host);
  if (named !== undefined) return path === '/' ? named : undefined;
  return /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(path)?.[1];
}

const invalid = (message: string, name: string, value: string): AwsError =>
  new AwsError('InvalidArgument', message, { status: 400, fields: { ArgumentName: name, ArgumentValue: value } });

export const missingField = (name: string): AwsError =>
  invalid(
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    name,
    '',
  );

/** @throws MalformedPOSTRequest, InvalidArgument */
export function readFormPost(request: WireRequest): FormPost {
  const bucket = bucketOf(request) ?? '';
  const parts = parseMultipart(request.body, header(request, 'content-type') ?? '');
  const at = parts.findIndex(({ name }) => name.toLowerCase() === 'file');
  const file = parts[at];
  if (!file) throw invalid('POST requires exactly one file upload per request.', 'file', '0');
  // What comes behind the file is passed over.
  const fields = new Map(parts.slice(0, at).map(({ name, value }) => [name.toLowerCase(), value.toString('utf8')]));
  const key = fields.get('key');
  if (key === undefined) throw missingField('key');
  fields.set('key', file.filename === undefined ? key : key.replaceAll('${filename}', nameOf(file.filename)));
  if (fields.get('key') === '') throw invalid('User key must have a length greater than 0.', 'key', '');
  fields.set('bucket', bucket);
  return { bucket, fields, file: file.value, request: uploadOf(request, bucket, fields, file.value) };
}

/** Browsers of old sent whole paths. */
const nameOf = (filename: string): string =>
  filename.slice(Math.max(...['/', '\\'].map((sign) => filename.lastIndexOf(sign))) + 1);

const plainHeaders = new Set(['cache-control', 'content-type', 'content-disposition', 'content-encoding', 'expires']);
const ofSignature = /^x-amz-(signature|credential|date|algorithm|security-token)$/;

function uploadOf(
  { host, headers, query }: WireRequest,
  bucket: string,
  fields: ReadonlyMap<string, string>,
  file: Buffer,
): WireRequest {
  const key = encodeKey(fields.get('key') ?? '');
  const path = bucketOfHost(host) === undefined ? `/${bucket}/${key}` : `/${key}`;
  const said = [...fields].filter(
    ([name]) => plainHeaders.has(name) || (name.startsWith('x-amz-') && !ofSignature.test(name)),
  );
  const [acl, tagging] = [fields.get('acl'), fields.get('tagging')];
  return {
    method: 'PUT',
    url: path,
    path,
    query,
    host,
    headers: {
      ...(headers.host !== undefined && { host: headers.host }),
      'content-length': String(file.length),
      ...Object.fromEntries(said.map(([name, value]) => [name, latin(value)])),
      ...(acl !== undefined && { 'x-amz-acl': acl }),
      ...(tagging !== undefined && { 'x-amz-tagging': tagsOf(tagging) }),
    },
    body: file,
    stream: Readable.from([]),
  };
}

/** As headers come from Node: bytes read as Latin-1. */
const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** `<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag>...` in the way headers say tags. @throws MalformedXML */
function tagsOf(xml: string): string {
  if (!/^\s*</.test(xml)) throw refusal('malformed', 'restXml');
  const pairs = xml.matchAll(/<Tag>\s*<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>\s*<\/Tag>/g);
  return [...pairs]
    .map(([, key = '', value = '']) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** What PutObject answered, as the form asked to be told of it. */
export function answerFormPost({ bucket, fields }: FormPost, done: WireAnswer, endpoint: string): WireAnswer {
  if (done.status !== 200) return done;
  const key = fields.get('key') ?? '';
  const etag = done.headers['ETag'] ?? '';
  const location = `${endpoint}/${bucket}/${encodeKey(key)}`;
  const headers = { ...done.headers, Location: location };
  const target = redirectOf(fields.get('success_action_redirect') ?? fields.get('redirect'));
  if (target) {
    for (const [name, value] of [
      ['bucket', bucket],
      ['key', key],
      ['etag', etag],
    ] as const)
      target.searchParams.append(name, value);
    return { status: 303, headers: { ...headers, Location: target.href }, body: '' };
  }
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers, body: '' };
  if (status !== '201') return { status: 204, headers, body: '' };
  const said = [
    ['Location', location],
    ['Bucket', bucket],
    ['Key', key],
    ['ETag', etag],
  ] as const;
  const xml = said.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${xml}</PostResponse>`;
  return { status: 201, headers: { ...headers, 'Content-Type': 'application/xml' }, body };
}

function redirectOf(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}
