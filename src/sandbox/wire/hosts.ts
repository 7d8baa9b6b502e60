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
  /^(?:[a-z0-9.-]+\.)?s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/,
];

const verdicts = new Map<string, boolean>();

export function isLoopbackHost(host: string | undefined): boolean {
  if (!host) return false;
  const known = verdicts.get(host);
  if (known !== undefined) return known;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const verdict = loopback.some((pattern) => pattern.test(name));
  if (verdicts.size > 1000) verdicts.clear();
  verdicts.set(host, verdict);
  return verdict;
}

/** Whether a web page made this request; a link that somebody followed is none. */
export function isFromWebPage(method: string, headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') return false;
  return !(method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');
}

/** The bucket that a host name says: `BUCKET.s3.*`, `BUCKET.localhost`. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const found = /^(.+?)\.s3[.-]/.exec(name) ?? /^(.+)\.localhost$/.exec(name);
  const bucket = found?.[1];
  return bucket === undefined || bucket === 's3' || /^s3[.-]/.test(name) ? undefined : bucket;
}
