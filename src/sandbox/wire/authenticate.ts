// Who sent this request: the signature is verified with the key that belongs to the access key id, or the request is refused.
import { AwsError, type Caller } from '../service.ts';
import type { Session } from '../ports.ts';
import { header, type WireRequest } from './exchange.ts';
import { refusal, type Dialect } from './fault.ts';
import { bucketOfHost, hasPage } from './hosts.ts';
import { mismatch, readHeadersOfUrl, refuseUnsignedHeaders } from './presigned.ts';
import { oldSignature, oldTextsToSign, type OldClaim } from './sigv2.ts';
import {
  bodyHashOf,
  canonicalOf,
  sameSignature,
  sha256,
  signatureOf,
  signingKey,
  textToSign,
  timeOf,
  type Claim,
  type Claimed,
} from './sigv4.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Identity {
  readonly caller: Caller;
  readonly region: string;
  /** The secret that signed, for what follows in signed chunks. */
  readonly secret: string | undefined;
}

export interface Authority {
  /** The sandbox's own key: the learner's. */
  readonly credentials: Credentials;
  readonly account: string;
  readonly region: string;
  /** No signature is checked. */
  readonly anyCredentials: boolean;
  /** Temporary credentials that STS gave out. */
  session(accessKeyId: string): Session | undefined;
  /** Lasting keys that IAM gave to users. */
  accessKey(accessKeyId: string): { readonly secretAccessKey: string; readonly caller: Caller } | undefined;
  /** Sandbox time and wall time: clients sign with the one or the other. */
  now(): number;
  wall(): number;
}

const tolerance = 15 * 60_000;

export const learner = (account: string, accessKeyId: string): Caller => ({
  account,
  arn: `arn:aws:iam::${account}:user/learner`,
  userId: `AIDA${account.padEnd(17, 'L').slice(0, 17)}`,
  accessKeyId,
  kind: 'user',
});

export const anonymous: Caller = { account: '', arn: '', userId: '', accessKeyId: '', kind: 'anonymous' };

export function createAuthenticator(authority: Authority) {
  // The same caller object for every request of the same key.
  const callers = new Map<string, Caller>();
  let last: Caller | undefined;
  const callerOf = (accessKeyId: string, account: string): Caller => {
    if (last?.accessKeyId === accessKeyId && last.account === account) return last;
    return (last = find(accessKeyId, account));
  };
  const find = (accessKeyId: string, account: string): Caller => {
    const name = `${account}/${accessKeyId}`;
    const known = callers.get(name);
    if (known) return known;
    const made = learner(account, accessKeyId);
    if (callers.size > 1000) callers.clear();
    callers.set(name, made);
    return made;
  };

  return function authenticate(request: WireRequest, claimed: Claimed, dialect: Dialect, options: Signing): Identity {
    // A link on any page could say an operation and forge its signature. S3's links only read, and are meant to be followed.
    const any = authority.anyCredentials && (dialect === 'restXml' || !hasPage(request.headers));
    if (claimed.kind === 'none') {
      if (options.anonymous) return { caller: anonymous, region: authority.region, secret: undefined };
      if (any) {
        return { caller: callerOf('', authority.account), region: authority.region, secret: undefined };
      }
      throw refusal('unsigned', dialect);
    }
    if (claimed.kind === 'incomplete')
      throw (options.s3 && claimed.s3) || refusal('incomplete', dialect, claimed.message);
    if (claimed.kind === 'old') {
      const identity = authenticateOld(request, claimed.claim, authority, dialect, callerOf);
      readHeadersOfUrl(request);
      return identity;
    }
    const { claim } = claimed;
    const known = knownKey(claim.accessKeyId, authority, callerOf);
    if (known?.expires !== undefined && known.expires <= authority.now()) throw refusal('expired', dialect);
    const presigned = options.s3 && claim.expires !== undefined;
    if (any) {
      if (presigned) readHeadersOfUrl(request);
      const account = /^\d{12}$/.test(claim.accessKeyId) ? claim.accessKeyId : authority.account;
      return { caller: known?.caller ?? callerOf(claim.accessKeyId, account), region: claim.region, secret: undefined };
    }
    if (!known || claim.token !== known.token) throw refusal('unknownKey', dialect);
    checkTime(claim, authority, dialect);
    if (presigned) refuseUnsignedHeaders(request, claim);
    checkSignature(request, claim, known.secret, dialect, options);
    if (presigned) readHeadersOfUrl(request);
    return { caller: known.caller, region: claim.region, secret: known.secret };
  };
}

type CallerOf = (accessKeyId: string, account: string) => Caller;

export interface KnownKey {
  readonly secret: string;
  /** Temporary ones only. */
  readonly token?: string;
  readonly expires?: number;
  readonly caller: Caller;
}

/** The sandbox's own key, one of a session, or one of a user. */
export function knownKey(accessKeyId: string, authority: Authority, callerOf: CallerOf): KnownKey | undefined {
  const { credentials, account } = authority;
  if (accessKeyId === credentials.accessKeyId) {
    return { secret: credentials.secretAccessKey, caller: callerOf(accessKeyId, account) };
  }
  const session = authority.session(accessKeyId);
  if (session) {
    const { secretAccessKey: secret, sessionToken: token, expires, caller } = session;
    return { secret, token, expires, caller };
  }
  const key = authority.accessKey(accessKeyId);
  return key && { secret: key.secretAccessKey, caller: key.caller };
}

export interface Signing {
  readonly anonymous: boolean;
  readonly s3: boolean;
  /** The body is still to come: its hash is compared when it has been read. */
  readonly streaming: boolean;
}

function checkTime(claim: Claim, authority: Authority, dialect: Dialect): void {
  const signed = timeOf(claim.time);
  if (Number.isNaN(signed) || !claim.time.startsWith(claim.date)) {
    throw refusal('incomplete', dialect, `Date must be in ISO-8601 'basic format'. Got '${claim.time}'.`);
  }
  if (claim.expires !== undefined) return checkExpiry(claim, signed, authority, dialect);
  const fits = [authority.wall(), authority.now()].some((now) => Math.abs(now - signed) <= tolerance);
  if (!fits) throw refusal('skewed', dialect, skewText(claim, signed, authority.wall(), dialect));
}

function checkExpiry(claim: Claim, signed: number, authority: Authority, dialect: Dialect): void {
  const ends = signed + Math.min(claim.expires ?? 0, 7 * 24 * 3600) * 1000;
  // A presigned URL ends with the clock that is further on: moving the sandbox's time on lets it expire.
  if (ends >= authority.now() && signed - tolerance <= Math.max(authority.wall(), authority.now())) return;
  if (dialect === 'restXml') throw expiredUrl(ends, authority.now(), String(claim.expires ?? 0));
  throw refusal('expired', dialect);
}

/** Whatever a URL says, within what a date can be. */
const seconds = (ms: number): string =>
  new Date(Math.min(Math.max(ms || 0, 0), 8.64e15)).toISOString().replace(/\.\d{3}/, '');

const expiredUrl = (ends: number, now: number, lifetime?: string): AwsError =>
  new AwsError('AccessDenied', 'Request has expired', {
    status: 403,
    fields: {
      ...(lifetime !== undefined && { 'X-Amz-Expires': lifetime }),
      Expires: seconds(ends),
      ServerTime: seconds(now),
    },
  });

/** Signature version 2 says no region: '' stands for the bucket's own. */
function authenticateOld(
  request: WireRequest,
  claim: OldClaim,
  authority: Authority,
  dialect: Dialect,
  callerOf: CallerOf,
): Identity {
  const known = knownKey(claim.accessKeyId, authority, callerOf);
  const caller = known?.caller ?? callerOf(claim.accessKeyId, authority.account);
  if (authority.anyCredentials) return { caller, region: '', secret: undefined };
  if (!known || claim.token !== known.token) throw refusal('unknownKey', dialect);
  const ends = Number(claim.expires) * 1000;
  if (!(ends >= authority.now())) throw expiredUrl(Number.isNaN(ends) ? 0 : ends, authority.now());
  const texts = oldTextsToSign(request, bucketOfHost(request.host), claim);
  if (!texts.some((text) => sameSignature(oldSignature(text, known.secret), claim.signature)))
    throw mismatch(refusal('wrongSignature', dialect), claim, texts[0] ?? '');
  return { caller, region: '', secret: undefined };
}

function skewText(claim: Claim, signed: number, now: number, dialect: Dialect): string {
  if (dialect === 'restXml' || dialect === 'ec2') return '';
  const basic = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
  return signed < now
    ? `Signature expired: ${claim.time} is now earlier than ${basic(now - tolerance)} (${basic(now)} - 15 min.)`
    : `Signature not yet current: ${claim.time} is still later than ${basic(now + tolerance)} (${basic(now)} + 15 min.)`;
}

function checkSignature(request: WireRequest, claim: Claim, secret: string, dialect: Dialect, options: Signing): void {
  // HTTP/2 clients sign the name that HTTP/2 has for it.
  if (!claim.signedHeaders.includes('host') && !claim.signedHeaders.includes(':authority'))
    throw refusal('wrongSignature', dialect);
  const bodyHash = bodyHashOf(request, claim, options.s3);
  const canonical = canonicalOf(request, claim, bodyHash, options.s3);
  if (!sameSignature(signatureOf(canonical, claim, secret), claim.signature)) {
    const refused = refusal('wrongSignature', dialect);
    throw options.s3 ? mismatch(refused, claim, textToSign(canonical, claim), canonical) : refused;
  }
  const said = header(request, 'x-amz-content-sha256');
  if (options.streaming || said?.startsWith('STREAMING-')) {
    const { time, scope, signature } = claim;
    request.seed = { key: signingKey(secret, claim), time, scope, signature };
  }
  if (said && /^[0-9a-f]{64}$/.test(said) && !options.streaming && said !== sha256(request.body)) {
    throw refusal('wrongHash', dialect);
  }
}
