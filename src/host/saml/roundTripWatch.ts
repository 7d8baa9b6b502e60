// Follows the hops of one sandbox: which journeys they make, what was known when each came, and the codes that this editor's app redeems.
// In memory only, and forgotten with the panel: a code's verifier, what is cut short of credentials. Never: a whole secret.
import type { IdentityProviderHop } from '../../aws/identityProvider.ts';
import type { FactRow, TripName } from '../../protocol/roundTrip.ts';
import type { Evidence } from './roundTripDetail.ts';
import { follow, type Journey } from './roundTripJourney.ts';
import { callbackOf } from './roundTripThings.ts';
import { redeem, verdictsOn, webOf, type Departure, type Redeemed, type Way } from './roundTripTravel.ts';

export type Journeys = Readonly<Partial<Record<TripName, Journey>>>;

/** A sandbox remembers no more sign-ins either. */
const most = 100;

export class RoundTripWatch {
  #journeys: Journeys = {};
  #seen = 0;
  #looked = false;
  #polling: Promise<unknown> = Promise.resolve();
  readonly #verdicts = new Map<number, Record<string, string>>();
  /** By flow: the metadata that the service had when the response came. */
  readonly #had = new Map<string, string>();
  /** By flow: what the app asked. */
  readonly #asked = new Map<string, string>();
  readonly #credentials = new Map<string, readonly FactRow[]>();
  readonly #departures = new Map<string, Departure>();
  #redeemUnasked = false;

  get journeys(): Journeys {
    return this.#journeys;
  }

  /** Whether it has been looked once: what was there then is no news. */
  get looked(): boolean {
    return this.#looked;
  }

  departed(departure: Departure, trip: TripName): void {
    if (departure.state !== undefined) keep(this.#departures, departure.state, departure);
    else if (trip === 'cognito') this.#redeemUnasked = true;
  }

  arrived(flow: string, credentials: readonly FactRow[]): void {
    keep(this.#credentials, flow, credentials);
  }

  /** One after the other, so that no hop is taken twice. Answers the journey that there is news of. */
  poll(way: Way, metadata: string): Promise<Journey | undefined> {
    const next = this.#polling.catch(() => undefined).then(() => this.#poll(way, metadata));
    this.#polling = next;
    return next;
  }

  async #poll(way: Way, metadata: string): Promise<Journey | undefined> {
    const hops = (await way.target.identityProvider?.hops(this.#seen)) ?? [];
    const news = this.#looked;
    this.#looked = true;
    if (hops.length === 0) return undefined;
    await this.#take(way, hops, metadata);
    if (!news) return undefined;
    for (const hop of hops) if (hop.kind === 'code') await this.#redeem(way, hop, metadata);
    const flow = hops.at(-1)?.flow;
    return Object.values(this.#journeys).find((one) => one.flow === flow || one.hops.some((hop) => hop.flow === flow));
  }

  async #take({ target }: Way, hops: readonly IdentityProviderHop[], metadata: string): Promise<void> {
    for (const hop of hops) {
      this.#seen = Math.max(this.#seen, hop.id);
      const asked = this.#departureOf(hop);
      if (asked) keep(this.#asked, hop.flow, asked.url);
      if (hop.kind === 'response' && !this.#had.has(hop.flow)) keep(this.#had, hop.flow, metadata);
      if (hop.kind === 'tokens') keep(this.#verdicts, hop.id, await verdictsOn(target, hop));
    }
    this.#journeys = follow(this.#journeys, hops);
  }

  /** A code says whose it is; a request does not, so it is the newest's. */
  #departureOf({ kind, url = '' }: IdentityProviderHop): Departure | undefined {
    if (kind === 'code') return this.#departures.get(URL.parse(url)?.searchParams.get('state') ?? '');
    return kind === 'authn-request' ? [...this.#departures.values()].at(-1) : undefined;
  }

  /** The editor is the app's server: it redeems the codes of sign-ins that began here, and no others. */
  async #redeem(way: Way, hop: IdentityProviderHop, metadata: string): Promise<void> {
    const url = URL.parse(hop.url ?? '');
    if (!url?.href.startsWith(callbackOf(way.facts.appUrl))) return;
    const state = url.searchParams.get('state');
    const departure = this.#departures.get(state ?? '');
    if (state === null ? !this.#redeemUnasked : !departure) return;
    this.#departures.delete(state ?? '');
    const redeemed = await redeem(way, url.searchParams.get('code') ?? '', departure?.verifier);
    await this.#take(way, (await way.target.identityProvider?.hops(this.#seen)) ?? [], metadata);
    await this.#take(way, [ownHop(hop, redeemed)], metadata);
  }

  evidence(way: Way, { trip, flow, hops }: Journey, hop: IdentityProviderHop): Evidence {
    const response = hops.find(({ kind, to }) => kind === 'response' && to === 'browser');
    const toCognito = trip === 'cognito';
    return {
      trip,
      broken: response?.broken,
      metadata: this.#had.get(flow) ?? '',
      audience: toCognito ? `urn:amazon:cognito:sp:${way.things.userPool?.ref ?? ''}` : 'urn:amazon:webservices',
      recipient: toCognito ? `${webOf(way)}/saml2/idpresponse` : 'https://signin.aws.amazon.com/saml',
      authorizeUrl: this.#asked.get(flow),
      verdicts: this.#verdicts.get(hop.id) ?? {},
      response: response?.message,
      credentials: this.#credentials.get(flow),
    };
  }
}

/** The oldest goes where there are many. */
function keep<Key, Value>(memory: Map<Key, Value>, key: Key, value: Value): void {
  memory.set(key, value);
  const [oldest] = memory.keys();
  if (memory.size > most && oldest !== undefined) memory.delete(oldest);
}

/** What only the app's server sees. */
function ownHop({ flow, time }: IdentityProviderHop, redeemed: Redeemed): IdentityProviderHop {
  const own = { id: 0, flow, time, from: 'cognito', to: 'app', title: '' };
  return redeemed.ok
    ? { ...own, kind: 'user-info', message: redeemed.userInfo }
    : { ...own, kind: 'redeem-refused', error: { code: redeemed.code, message: redeemed.message } };
}
