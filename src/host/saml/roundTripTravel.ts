// The trips themselves, done here without a browser window, and what the app's server does with a code. In: a sandbox that is set up.
// Out: nothing but what the sandbox records as hops, and secrets only as far as they are cut short or used at once.
import { createHash, randomBytes } from 'node:crypto';
import type { IdentityProviderFacts, IdentityProviderHop } from '../../aws/identityProvider.ts';
import { formOf, LoopbackBrowser, wordsOf, type ShownPage } from '../../aws/loopbackBrowser.ts';
import type { Target } from '../../aws/target.ts';
import type { FactRow, TripName, TripStart } from '../../protocol/roundTrip.ts';
import { decodeMessage } from '../../saml/message/decodeMessage.ts';
import { decodeJwt, verifyJwt } from '../../saml/message/jwt.ts';
import { Refusal } from '../explain.ts';
import { cut } from './roundTripDetail.ts';
import { byeOf, callbackOf, names, type Things } from './roundTripThings.ts';

export interface Way {
  readonly target: Target;
  readonly facts: IdentityProviderFacts;
  readonly things: Things;
}

/** Where a browser begins, and, where the app asked, what only the app knows. */
export interface Departure {
  readonly url: string;
  readonly state?: string;
  readonly verifier?: string;
}

export const endpointOf = ({ endpoint }: Target): string => {
  if (endpoint === undefined) throw new Refusal({ what: 'The sandbox has no address yet. Try it again.' });
  return endpoint;
};

/** Of the pool: http://<prefix>.auth.<region>.localhost:<port> */
export const webOf = ({ target }: Way): string =>
  `http://${names.domain(target.region)}.auth.${target.region}.localhost:${new URL(endpointOf(target)).port}`;

export function departure(way: Way, trip: TripName, start: TripStart): Departure {
  const { facts, things } = way;
  if (trip === 'aws') return { url: facts.startUrl };
  const { userPool, appClient } = things;
  if (!userPool || !appClient) throw new Refusal({ what: 'There is no user pool yet: set up first.' });
  if (start === 'provider') {
    const query = { service: `urn:amazon:cognito:sp:${userPool.ref}`, client: names.appClient };
    return { url: `${facts.address}/start?${new URLSearchParams(query).toString()}` };
  }
  const [state, verifier] = [randomBytes(16).toString('base64url'), randomBytes(32).toString('base64url')];
  const query = new URLSearchParams({
    client_id: appClient.ref,
    redirect_uri: callbackOf(facts.appUrl),
    response_type: 'code',
    scope: 'openid email profile',
    identity_provider: names.identityProvider,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { url: `${webOf(way)}/oauth2/authorize?${query.toString()}`, state, verifier };
}

/** A browser that has signed in to Cognito, to sign out with; and the credentials of AWS, cut short. */
export interface Arrived {
  readonly browser: LoopbackBrowser;
  /** The ID of the response, by which its hops are known where nobody asked. */
  readonly flow: string | undefined;
  readonly credentials?: readonly FactRow[];
}

export async function signInHere(way: Way, trip: TripName, from: Departure, user: string): Promise<Arrived> {
  const { target, facts, things } = way;
  const provider = target.identityProvider;
  if (!provider) throw new Refusal({ what: 'Only the sandbox has an identity provider of its own.' });
  const browser = new LoopbackBrowser(endpointOf(target));
  if (trip === 'cognito') {
    const { samlResponse } = await provider.signIn({
      user,
      to: { kind: 'cognito', authorizeUrl: withCallback(from.url, callbackOf(facts.appUrl)) },
      browser,
    });
    return { browser, flow: idOf(samlResponse) };
  }
  const { samlResponse, postedTo } = await provider.signIn({ user, to: { kind: 'aws' }, browser });
  const page = await post(browser, postedTo, samlResponse, things.role?.arn);
  const credentials = page && (await credentialsOn(target, page));
  return { browser, flow: idOf(samlResponse), ...(credentials && { credentials }) };
}

function idOf(response: string): string | undefined {
  const decoded = decodeMessage(response);
  return decoded.ok && decoded.kind !== 'jwt' ? /\bID="([^"]{1,200})"/.exec(decoded.xml)?.[1] : undefined;
}

/** The client of the identity provider reads from here where the app takes over; the provider's own page does not mind. */
function withCallback(address: string, callback: string): string {
  const url = new URL(address);
  url.searchParams.set('redirect_uri', callback);
  return url.href;
}

/** Where there are several roles, ours is chosen. */
async function post(
  browser: LoopbackBrowser,
  address: string,
  SAMLResponse: string,
  role: string | undefined,
): Promise<ShownPage | undefined> {
  const first = await browser.open(address, { form: { SAMLResponse } });
  if (first.kind !== 'page') return undefined;
  const form = formOf(first.page);
  if (!form || !('role' in form.fields)) return first.page;
  const chosen = await browser.open(form.action, { form: { ...form.fields, ...(role !== undefined && { role }) } });
  return chosen.kind === 'page' ? chosen.page : undefined;
}

async function credentialsOn(target: Target, page: ShownPage): Promise<readonly FactRow[] | undefined> {
  const { words } = wordsOf(page);
  const value = (name: string): string => new RegExp(`export ${name}=(\\S+)`).exec(words)?.[1] ?? '';
  const accessKeyId = value('AWS_ACCESS_KEY_ID');
  const secretAccessKey = value('AWS_SECRET_ACCESS_KEY');
  const sessionToken = value('AWS_SESSION_TOKEN');
  if (accessKeyId === '') return undefined;
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const caller = await target.send('sts.GetCallerIdentity', {}, { credentials }).catch(() => undefined);
  const rows: readonly (readonly [string, string, string])[] = [
    ['AccessKeyId', accessKeyId, 'ASIA: temporary. It is no secret.'],
    [
      'SecretAccessKey',
      cut(secretAccessKey, 0),
      'Signs requests. It was used once here, to ask who it is, and forgotten.',
    ],
    ['SessionToken', cut(sessionToken), 'Goes along with every request.'],
    ['Until', /Until (\S+)/.exec(words)?.[1] ?? '', 'Then they are worth nothing.'],
    ['GetCallerIdentity', caller?.Arn ?? 'no answer', 'Asked with these credentials: they work.'],
  ];
  return rows.map(([label, shown, check], at) => ({
    label,
    value: shown,
    check,
    state: at === 4 && caller ? 'good' : 'plain',
  }));
}

/** What became of a code. */
export type Redeemed =
  | { readonly ok: true; readonly userInfo: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** As the app's server does it: the code for tokens, and with the access token the user's attributes. */
export async function redeem(way: Way, code: string, verifier: string | undefined): Promise<Redeemed> {
  const { appClient } = way.things;
  const server = new LoopbackBrowser(endpointOf(way.target));
  const form = {
    grant_type: 'authorization_code',
    client_id: appClient?.ref ?? '',
    code,
    redirect_uri: callbackOf(way.facts.appUrl),
    ...(verifier !== undefined && { code_verifier: verifier }),
  };
  const answer = await textOf(server, `${webOf(way)}/oauth2/token`, { form });
  const { access_token: token, error = 'invalid_grant' } = objectIn(answer);
  if (typeof token !== 'string')
    return { ok: false, code: String(error), message: 'The token endpoint refuses the code.' };
  return { ok: true, userInfo: await textOf(server, `${webOf(way)}/oauth2/userInfo`, { token }) };
}

async function textOf(
  server: LoopbackBrowser,
  url: string,
  ask: Parameters<LoopbackBrowser['open']>[1],
): Promise<string> {
  const visit = await server.open(url, ask);
  return visit.kind === 'page' ? visit.page.text : '{}';
}

export function signOutAddress(way: Way): string {
  const query = { client_id: way.things.appClient?.ref ?? '', logout_uri: byeOf(way.facts.appUrl) };
  return `${webOf(way)}/logout?${new URLSearchParams(query).toString()}`;
}

export async function signOutHere(way: Way, browser: LoopbackBrowser): Promise<void> {
  const leaveAt = byeOf(way.facts.appUrl);
  const visit = await browser.open(signOutAddress(way), { leaveAt });
  const form = visit.kind === 'page' ? formOf(visit.page) : undefined;
  if (form) await browser.open(form.action, { form: form.fields, leaveAt });
}

/** Whether the pool's keys have signed the tokens, in a sentence each. Keys come from the sandbox alone, whatever a token says. */
export async function verdictsOn(
  target: Target,
  { message, time }: IdentityProviderHop,
): Promise<Record<string, string>> {
  const tokens = objectIn(message ?? '');
  const entries = ['id_token', 'access_token'].map(async (name): Promise<readonly [string, string]> => {
    const token = tokens[name];
    const decoded = typeof token === 'string' ? decodeJwt(token) : undefined;
    if (!decoded?.ok) return [name, 'there is none.'];
    const pool = /\/([\w-]+)$/.exec(String(decoded.jwt.claims['iss']))?.[1] ?? '';
    const keys: unknown = await (await fetch(`${endpointOf(target)}/${pool}/.well-known/jwks.json`)).json();
    const verdict = verifyJwt(decoded.jwt, keys, Date.parse(time));
    return [name, verdict.valid ? `the signature holds, by the pool’s public key ${cutKey(verdict.kid)}` : verdict.why];
  });
  return Object.fromEntries(await Promise.all(entries).catch(() => []));
}

const cutKey = (kid = ''): string => (kid.length > 12 ? `${kid.slice(0, 12)}…` : kid);

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
