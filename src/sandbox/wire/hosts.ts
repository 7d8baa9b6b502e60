// Who may speak to the sandbox at all. It listens on loopback only, but every web page that a browser on this machine shows can reach
// loopback too. Two things hold it off: the Host header must be a name that only loopback has, so that a foreign name which was
// rebound to 127.0.0.1 is refused; and a request that says it was made by a web page (Origin, Sec-Fetch-Site) is refused.
import type { IncomingHttpHeaders } from 'node:http';

/**
 * `BUCKET.s3.amazonaws.com` and its like are taken too: AWS owns these names, no attacker can make them point to loopback, so only a client
 * that was told to (a proxy setting, a hosts file) sends them here.
 */
const loopback = [
  /^127(\.\d{1,3}){3}$/,
  /^\[::1\]$/,
  /^localhost$/,
  /^[a-z0-9.-]+\.localhost$/,
  /^(?:[a-z0-9.-]+\.)?s3(?:[.-][a-z0-9.-]+)?\.amazonaws\.com(?:\.cn)?$/,
];

/** A name has 253 characters at most, and a port comes after it; what is longer is not even looked at. */
const longest = 260;

const verdicts = new Map<string, boolean>();

export function isLoopbackHost(host: string | undefined): boolean {
  if (!host || host.length > longest) return false;
  const known = verdicts.get(host);
  if (known !== undefined) return known;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const verdict = loopback.some((pattern) => pattern.test(name));
  if (verdicts.size > 1000) verdicts.clear();
  verdicts.set(host, verdict);
  return verdict;
}

/** Whether a page of another origin made this request; a link that somebody followed is none. */
export function isFromWebPage(method: string, headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined) return true;
  return headers['sec-fetch-site'] !== 'same-origin' && isFromAnyPage(method, headers);
}

/** The same, and pages that the sandbox serves itself too: an object of a bucket may be a page of anybody's. */
export function isFromAnyPage(method: string, headers: IncomingHttpHeaders): boolean {
  return hasPage(headers) && !isFollowedLink(method, headers);
}

/** Whether some page is behind this request, even as a link only. */
export function hasPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none');
}

const isFollowedLink = (method: string, headers: IncomingHttpHeaders): boolean =>
  headers.origin === undefined &&
  method === 'GET' &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document';

/** The bucket that a host name says: `BUCKET.s3.*`, `BUCKET.localhost`. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const found = /^(.+?)\.s3[.-]/.exec(name) ?? /^(.+)\.localhost$/.exec(name);
  const bucket = found?.[1];
  return bucket === undefined || bucket === 's3' || /^s3[.-]/.test(name) ? undefined : bucket;
}
