// Signature version 4, verified: in the Authorization header or in a presigned URL.
// Keys derived for a day, region and service are kept, so that a request costs one SHA-256 of its body and one of its head, and one HMAC.
import { hash } from 'node:crypto';
import { AwsError } from '../service.ts';
import { header, type WireRequest } from './exchange.ts';
import { hmac, hmacHex, hmacKey, type HmacKey } from './hmac.ts';
import { hasOldClaim, oldClaimOf, type OldClaim } from './sigv2.ts';

/** What a request says about who signed it, where and when; nothing of it is verified yet. */
export interface Claim {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signedHeadersText: string;
  readonly signature: string;
  /** 20260101T000000Z */
  readonly time: string;
  readonly token: string | undefined;
  /** Seconds; presigned URLs only. */
  readonly expires: number | undefined;
}

export type Claimed =
  | { readonly kind: 'none' }
  /** `s3`: how S3 says it, of a URL. */
  | { readonly kind: 'incomplete'; readonly message: string; readonly s3?: AwsError }
  | { readonly kind: 'claim'; readonly claim: Claim }
  /** Signature version 2 in a URL: S3 only. */
  | { readonly kind: 'old'; readonly claim: OldClaim };

const algorithm = 'AWS4-HMAC-SHA256';

export function claimOf(request: WireRequest): Claimed {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) return fromHeader(authorization, request);
  if (request.query.includes('X-Amz-Algorithm=')) return fromQuery(request);
  if (hasOldClaim(request)) return fromOldQuery(request);
  return { kind: 'none' };
}

function fromHeader(authorization: string, request: WireRequest): Claimed {
  if (!authorization.startsWith(algorithm)) {
    const message = `Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.`;
    return { kind: 'incomplete', message };
  }
  const credential = part(authorization, 'Credential=');
  const signedHeaders = part(authorization, 'SignedHeaders=');
  const signature = part(authorization, 'Signature=');
  const time = header(request, 'x-amz-date') ?? isoBasic(header(request, 'date'));
  if (credential && signedHeaders && signature && time) {
    return claim(credential, signedHeaders, signature, time, header(request, 'x-amz-security-token'), undefined);
  }
  const lacking = [
    !credential && `Authorization header requires 'Credential' parameter.`,
    !signature && `Authorization header requires 'Signature' parameter.`,
    !signedHeaders && `Authorization header requires 'SignedHeaders' parameter.`,
    !time && `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`,
  ].filter(Boolean);
  return { kind: 'incomplete', message: `${lacking.join(' ')} Authorization=${algorithm}` };
}

function fromOldQuery(request: WireRequest): Claimed {
  const claim = oldClaimOf(request);
  if (claim) return { kind: 'old', claim };
  const message = 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters';
  return { kind: 'incomplete', message, s3: new AwsError('AccessDenied', message, { status: 403 }) };
}

function part(authorization: string, name: string): string | undefined {
  const start = authorization.indexOf(name);
  if (start < 0) return undefined;
  const from = start + name.length;
  const comma = authorization.indexOf(',', from);
  return (comma < 0 ? authorization.slice(from) : authorization.slice(from, comma)).trim() || undefined;
}

const isoBasic = (date: string | undefined): string | undefined => {
  if (!date) return undefined;
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
};

function fromQuery(request: WireRequest): Claimed {
  const query = new URLSearchParams(request.query);
  const [credential, signedHeaders] = [query.get('X-Amz-Credential'), query.get('X-Amz-SignedHeaders')];
  const [signature, time] = [query.get('X-Amz-Signature'), query.get('X-Amz-Date')];
  if (!credential || !signedHeaders || !signature || !time) {
    const message =
      "AWS query-string parameters must include 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders' and 'X-Amz-Date'. Re-examine the query-string parameters.";
    const wanted =
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.';
    return { kind: 'incomplete', message, s3: badParameters(wanted) };
  }
  const expires = Number(query.get('X-Amz-Expires') ?? 900);
  const token = query.get('X-Amz-Security-Token') ?? undefined;
  const claimed = claim(credential, signedHeaders, signature, time, token, expires);
  return claimed.kind === 'incomplete' ? { ...claimed, s3: badParameters(badCredential) } : claimed;
}

const badCredential =
  'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';

const badParameters = (message: string): AwsError =>
  new AwsError('AuthorizationQueryParametersError', message, { status: 400 });

function claim(
  credential: string,
  signedHeadersText: string,
  signature: string,
  time: string,
  token: string | undefined,
  expires: number | undefined,
): Claimed {
  const scope = scopeOf(credential);
  if (!scope) {
    const message = `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`;
    return { kind: 'incomplete', message };
  }
  const names = namesOf(signedHeadersText);
  return {
    kind: 'claim',
    claim: { ...scope, signedHeaders: names, signedHeadersText, signature, time, token, expires },
  };
}

type Scope = Pick<Claim, 'accessKeyId' | 'date' | 'region' | 'service' | 'scope'>;

// Both say the same in every request of a client; a few hundred different ones are many.
const scopes = new Map<string, Scope | undefined>();
const headerNames = new Map<string, readonly string[]>();

/** Of 'keyid/date/region/service/aws4_request'; undefined where it is none. */
export function scopeOf(credential: string): Scope | undefined {
  const known = scopes.get(credential);
  if (known) return known;
  const parts = credential.split('/');
  const [service, region, date] = [parts.at(-2), parts.at(-3), parts.at(-4)];
  if (parts.length !== 5 || !service || !region || !date || parts.at(-1) !== 'aws4_request') return undefined;
  const accessKeyId = parts[0] ?? '';
  return remember(scopes, credential, {
    accessKeyId,
    date,
    region,
    service,
    scope: `${date}/${region}/${service}/aws4_request`,
  });
}

const namesOf = (text: string): readonly string[] =>
  headerNames.get(text) ??
  remember(
    headerNames,
    text,
    text.split(';').map((name) => name.toLowerCase()),
  );

function remember<Value>(cache: Map<string, Value>, key: string, value: Value): Value {
  if (cache.size > 500) cache.clear();
  cache.set(key, value);
  return value;
}

const keys = new Map<string, HmacKey>();

export function signingKey(secret: string, { date, region, service }: Scope): HmacKey {
  const name = `${secret}/${date}/${region}/${service}`;
  const known = keys.get(name);
  if (known) return known;
  const steps = [date, region, service, 'aws4_request'];
  const key = steps.reduce((last, step) => hmacKey(hmac(last, step)), hmacKey(`AWS4${secret}`));
  return remember(keys, name, key);
}

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

const emptyHash = sha256('');

/** The signature that a request of this canonical form should carry. */
export const signatureOf = (canonical: string, claim: Claim, secret: string): string =>
  hmacHex(signingKey(secret, claim), textToSign(canonical, claim));

export const textToSign = (canonical: string, { time, scope }: Claim): string =>
  `${algorithm}\n${time}\n${scope}\n${sha256(canonical)}`;

/** The request as its signer wrote it down. `rawPath`: S3 signs paths as they are sent. */
export const canonicalOf = (request: WireRequest, claim: Claim, bodyHash: string, rawPath: boolean): string =>
  `${request.method}\n${rawPath ? canonicalS3Path(request.path) : canonicalPath(request.path)}\n${canonicalQuery(request.query)}\n${canonicalHeaders(request, claim)}\n${claim.signedHeadersText}\n${bodyHash}`;

/** What the signer took for the body's hash: said in a header, else computed. */
export function bodyHashOf(request: WireRequest, claim: Claim, s3: boolean): string {
  const said = header(request, 'x-amz-content-sha256');
  if (said !== undefined) return said;
  if (s3 && claim.expires !== undefined) return 'UNSIGNED-PAYLOAD';
  return request.body.length === 0 ? emptyHash : sha256(request.body);
}

function canonicalHeaders(request: WireRequest, { signedHeaders }: Claim): string {
  let text = '';
  for (const name of signedHeaders) {
    const value = name === 'host' ? request.host : request.headers[name];
    const said = Array.isArray(value) ? value.join(',') : (value ?? '');
    text += `${name}:${said.includes('  ') ? said.trim().replace(/ +/g, ' ') : said.trim()}\n`;
  }
  // Signed as the bytes they are, which Node reads as Latin-1.
  return /[\u0080-\u00ff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

/** Each segment as sent is encoded once more. */
const canonicalPath = (path: string): string =>
  path === '/'
    ? '/'
    : path
        .replace(/\/{2,}/g, '/')
        .split('/')
        .map(encode)
        .join('/');

/** Decoded and encoded again: clients differ in what they leave bare. */
function canonicalS3Path(path: string): string {
  if (/^[A-Za-z0-9\-._~/]*$/.test(path)) return path;
  return path
    .split('/')
    .map((segment) => encode(decode(segment)))
    .join('/');
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const encode = (text: string): string =>
  /^[A-Za-z0-9\-._~]*$/.test(text)
    ? text
    : encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [encode(decode(name.replaceAll('+', ' '))), encode(decode(value.replaceAll('+', ' ')))];
    });
  return pairs
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function sameSignature(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let differs = 0;
  for (let index = 0; index < a.length; index++) differs |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return differs === 0;
}

let lastTime = { text: '', ms: Number.NaN };

/** Milliseconds of '20260101T000000Z'; NaN where it is none. */
export function timeOf(text: string): number {
  if (text === lastTime.text) return lastTime.ms;
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const ms = parts
    ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`)
    : Number.NaN;
  lastTime = { text, ms };
  return ms;
}
