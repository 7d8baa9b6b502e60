// The sandbox's local identity provider: its switches, over its admin path, and signing in at it as a browser would.
// In: the sandbox's address. Out: facts, hops, and what the browser would carry. Never: asks another machine, or keeps a response or token.
import { classifyError } from './classifyError.ts';
import type { LoopbackBrowser, Visit } from './loopbackBrowser.ts';

export interface IdentityProviderUser {
  readonly name: string;
  readonly mail: string;
  readonly givenName: string;
  readonly surname: string;
  readonly groups: readonly string[];
  /** Names of AWS roles, `*` for all that trust the provider. */
  readonly roles: readonly string[];
}

export interface SignInBreak {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  readonly expects: { readonly aws: string; readonly cognito: string };
}

export interface IdentityProviderFacts {
  readonly address: string;
  readonly entityID: string;
  readonly metadataUrl: string;
  readonly startUrl: string;
  /** Of the page that stands in for AWS's sign-in. */
  readonly signInUrl: string;
  /** Of an app that Cognito can send browsers back to. */
  readonly appUrl: string;
  readonly users: readonly IdentityProviderUser[];
  /** Switched on for every sign-in. */
  readonly break: string | undefined;
  readonly breaks: readonly SignInBreak[];
  /** Base64. */
  readonly certificates: { readonly current: string; readonly next?: string; readonly old?: string };
}

export interface IdentityProviderHop {
  readonly id: number;
  /** ISO 8601, sandbox time. */
  readonly time: string;
  /** The same for all hops of one sign-in. */
  readonly flow: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly title: string;
  readonly url?: string;
  /** XML of SAML messages, JSON of others: may hold assertions and tokens. */
  readonly message?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Whose response it is: `aws`, `cognito` or `other`. */
  readonly service?: string;
  /** Who signed in. */
  readonly user?: string;
  /** How the response was broken on purpose. */
  readonly broken?: string;
}

export interface SignInWish {
  /** Name of a user of the provider. */
  readonly user: string;
  /**
   * AWS's sign-in of a region, or a user pool's /oauth2/authorize address with client_id, redirect_uri and identity_provider.
   * `post`: the response is also posted to the page that stands in for AWS's.
   */
  readonly to:
    | { readonly kind: 'aws'; readonly region?: string; readonly post?: boolean }
    | { readonly kind: 'cognito'; readonly authorizeUrl: string };
  /** One of the breaks for this one sign-in; null: none, whatever is switched on. */
  readonly break?: string | null;
  readonly signal?: AbortSignal;
  /** One that goes on afterwards, to sign out with; a new one where it is left out. */
  readonly browser?: LoopbackBrowser;
}

/** What the browser carries, and where it ends. */
export interface SignedIn {
  /** Base64, as the form field has it. */
  readonly samlResponse: string;
  /** Where it is posted to. */
  readonly postedTo: string;
  /** The app's address with the code, or with the error that it is told. */
  readonly callback?: string;
  /** A page shown instead: AWS's sign-in, or an error. */
  readonly page?: { readonly status: number; readonly title: string; readonly words: string };
}

export type RolloverStep = 'announce' | 'switch' | 'retire';

export interface IdentityProvider {
  describe(signal?: AbortSignal): Promise<IdentityProviderFacts>;
  metadata(signal?: AbortSignal): Promise<string>;
  /** For every sign-in from now on; undefined: none. */
  breakWith(kind: string | undefined): Promise<void>;
  rollover(step: RolloverStep): Promise<void>;
  /** Those after that number. */
  hops(after?: number): Promise<readonly IdentityProviderHop[]>;
  clearHops(): Promise<void>;
  /** Throws a SignInRefused where a page of the way says no before there is a response. */
  signIn(wish: SignInWish): Promise<SignedIn>;
  /** What a user pool's /oauth2/token answers. */
  redeem(
    tokenUrl: string,
    fields: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>>>;
}

export class SignInRefused extends Error {
  readonly status: number;
  constructor(status: number, words: string) {
    super(words);
    this.name = 'SignInRefused';
    this.status = status;
  }
}

const attempts = 3;

export function identityProviderClient(endpoint: string): IdentityProvider {
  const ask = async (rest: string, init: RequestInit = {}, attempt = 1): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${endpoint}/_sandbox/idp${rest}`, init).catch((error: unknown) => {
      init.signal?.throwIfAborted();
      if (attempt >= attempts)
        throw classifyError(error, { operation: 'the identity provider', region: '', endpoint, sandbox: true });
      return undefined;
    });
    if (!answer || (answer.status >= 500 && attempt < attempts)) return ask(rest, init, attempt + 1);
    const body = record(await answer.json());
    if (answer.ok) return body;
    throw new Error(`The sandbox's identity provider: ${text(body['error']) || `answered ${answer.status}.`}`);
  };
  const post = (rest: string, body: object) =>
    ask(rest, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const signalled = (signal: AbortSignal | undefined): RequestInit => (signal ? { signal } : {});
  const describe = async (signal?: AbortSignal) => parseFacts(await ask('', signalled(signal)));
  return {
    describe,
    metadata: async (signal) => text((await ask('/metadata', signalled(signal)))['metadata']),
    breakWith: async (kind) => void (await post('/break', { break: kind ?? null })),
    rollover: async (step) => void (await post('/rollover', { step })),
    hops: async (after = 0) => list((await ask(`/hops/${after}`))['hops']).map(parseHop),
    clearHops: async () => void (await ask('/hops', { method: 'DELETE' })),
    signIn: async (wish) => signIn(endpoint, await describe(wish.signal), wish),
    async redeem(tokenUrl, fields, signal) {
      const { LoopbackBrowser } = await import('./loopbackBrowser.ts');
      const visit = await new LoopbackBrowser(endpoint, signal).open(tokenUrl, { form: fields });
      if (visit.kind === 'left') throw new Error('This token endpoint is not in the sandbox; it was not asked.');
      return record(JSON.parse(visit.page.text));
    },
  };
}

async function signIn(endpoint: string, provider: IdentityProviderFacts, wish: SignInWish): Promise<SignedIn> {
  const { LoopbackBrowser: NewBrowser, formOf, wordsOf } = await import('./loopbackBrowser.ts');
  const { user, to, signal } = wish;
  const known = provider.users.map(({ name }) => name);
  if (!known.includes(user)) throw new SignInRefused(404, `There is no user ${user}. There is: ${known.join(', ')}.`);
  const browser = wish.browser ?? new NewBrowser(endpoint, signal);
  const page = (visit: Visit) => {
    if (visit.kind === 'page') return visit.page;
    throw refusedOnTheWay(visit.url);
  };
  const signInPage = page(await browser.open(startOf(provider, to)));
  const form = formOf(signInPage);
  if (!form || !('ticket' in form.fields)) {
    const { title, words } = wordsOf(signInPage);
    throw new SignInRefused(signInPage.status, `${title}: ${words}`);
  }
  const broken = wish.break === undefined ? {} : { break: wish.break ?? '' };
  const posting = page(await browser.open(form.action, { form: { ...form.fields, ...broken, user } }));
  const carried = formOf(posting);
  const samlResponse = carried?.fields['SAMLResponse'];
  if (!carried || samlResponse === undefined) throw new SignInRefused(posting.status, wordsOf(posting).words);
  const response = { samlResponse, postedTo: carried.action };
  if (to.kind === 'aws' && !to.post) return response;
  const leaveAt =
    to.kind === 'cognito' ? (new URL(to.authorizeUrl).searchParams.get('redirect_uri') ?? undefined) : undefined;
  const end = await browser.open(carried.action, { form: carried.fields, ...(leaveAt !== undefined && { leaveAt }) });
  return end.kind === 'left'
    ? { ...response, callback: end.url }
    : { ...response, page: { status: end.page.status, ...wordsOf(end.page) } };
}

function startOf({ startUrl }: IdentityProviderFacts, to: SignInWish['to']): string {
  if (to.kind === 'cognito') return to.authorizeUrl;
  const start = new URL(startUrl);
  if (to.region !== undefined) start.searchParams.set('region', to.region);
  return start.href;
}

/** Cognito tells the app what is wrong, by its address. */
function refusedOnTheWay(url: string): SignInRefused {
  const { searchParams, origin, pathname } = new URL(url);
  const said = searchParams.get('error_description') ?? searchParams.get('error');
  return new SignInRefused(
    302,
    said ?? `The way leads out of the sandbox, to ${origin}${pathname}; it was not followed.`,
  );
}

function parseFacts(body: Readonly<Record<string, unknown>>): IdentityProviderFacts {
  const { current, next, old } = record(body['certificates']);
  return {
    address: text(body['address']),
    entityID: text(body['entityID']),
    metadataUrl: text(body['metadataUrl']),
    startUrl: text(body['startUrl']),
    signInUrl: text(body['signInUrl']),
    appUrl: text(body['appUrl']),
    users: list(body['users']).map(parseUser),
    break: typeof body['break'] === 'string' ? body['break'] : undefined,
    breaks: list(body['breaks']).map((one) => {
      const { id, title, what, expects } = record(one);
      const { aws, cognito } = record(expects);
      return {
        id: text(id),
        title: text(title),
        what: text(what),
        expects: { aws: text(aws), cognito: text(cognito) },
      };
    }),
    certificates: {
      current: text(current),
      ...(typeof next === 'string' && { next }),
      ...(typeof old === 'string' && { old }),
    },
  };
}

function parseUser(value: unknown): IdentityProviderUser {
  const { name, mail, givenName, surname, groups, roles } = record(value);
  return {
    name: text(name),
    mail: text(mail),
    givenName: text(givenName),
    surname: text(surname),
    groups: list(groups).map(text),
    roles: list(roles).map(text),
  };
}

function parseHop(value: unknown): IdentityProviderHop {
  const { id, time, flow, from, to, kind, title, url, message, error, service, user, broken } = record(value);
  const { code, message: said } = record(error);
  return {
    id: Number(id),
    time: text(time),
    flow: text(flow),
    from: text(from),
    to: text(to),
    kind: text(kind),
    title: text(title),
    ...(typeof url === 'string' && { url }),
    ...(typeof message === 'string' && { message }),
    ...(error !== undefined && { error: { code: text(code), message: text(said) } }),
    ...(typeof service === 'string' && { service }),
    ...(typeof user === 'string' && { user }),
    ...(typeof broken === 'string' && { broken }),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
