// The round trip's panel behind the page: one sandbox, what is set up in it, and its hops while somebody looks. In: requests of the page.
// Out: whole views. Never: keeps, logs or sends a secret; what is needed once (a code's verifier, a cookie) stays in memory.
import { SignInRefused } from '../../aws/identityProvider.ts';
import type { LoopbackBrowser } from '../../aws/loopbackBrowser.ts';
import { kinds } from '../../aws/resources/kinds.ts';
import type { Notice, OfferId } from '../../protocol/message.ts';
import type { RoundTripRequest, RoundTripView, TripName, TripStart } from '../../protocol/roundTrip.ts';
import { offerLabels, Refusal } from '../explain.ts';
import type { Targets } from '../targets.ts';
import type { Page } from '../webviewChannel.ts';
import { roundTripRequests, startIn } from './roundTripRequests.ts';
import { RoundTripSetting } from './roundTripSetting.ts';
import { departure, endpointOf, signInHere, signOutAddress, signOutHere, type Departure } from './roundTripTravel.ts';
import { roundTripView } from './roundTripView.ts';
import { RoundTripWatch } from './roundTripWatch.ts';

export interface RoundTripRim {
  readonly targets: Pick<Targets, 'choice' | 'view' | 'open' | 'moved' | 'changes'>;
  explain(error: unknown): Notice;
  openBrowser(url: string): PromiseLike<unknown>;
  copy(text: string): PromiseLike<void>;
  takeOffer(id: OfferId): Promise<void>;
  /** Why the user's browser does not reach the sandbox; undefined where it does. */
  outOfReach(endpoint: string): Promise<string | undefined>;
}

/** How often the sandbox is asked for news while the panel is in sight. */
const everyMs = 700;

export class RoundTripPage implements Page<RoundTripView, RoundTripRequest> {
  readonly requests = roundTripRequests;
  readonly #rim: RoundTripRim;
  readonly #listening: readonly { dispose(): void }[];
  #timer: NodeJS.Timeout | undefined;
  #visible = false;
  #asking = false;
  #acting: Promise<void> = Promise.resolve();
  #loading: Promise<void> | undefined;
  #setting: RoundTripSetting | undefined;
  #watch = new RoundTripWatch();
  #outOfReach: string | undefined;
  /** Who can sign out: with the browser that signed in here, or, without one, in the user's own. */
  #signedIn: { readonly browser: LoopbackBrowser | undefined } | undefined;
  #trip: TripName = 'aws';
  #start: Readonly<Record<TripName, TripStart>> = { aws: 'provider', cognito: 'service' };
  #user = '';
  #busy: string | undefined;
  #notice: Notice | undefined;
  #said = { number: 0, text: '' };
  changed: () => void = () => undefined;

  constructor(rim: RoundTripRim) {
    this.#rim = rim;
    const { moved, changes } = rim.targets;
    // A sandbox that is emptied is the same, with less in it.
    this.#listening = [moved.on(() => this.#forget()), changes.on(() => void this.#refresh())];
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const one of this.#listening) one.dispose();
  }

  /** Nothing is asked while nobody looks. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    clearInterval(this.#timer);
    if (!visible) return;
    this.#timer = setInterval(() => void this.#tick(), everyMs);
    void this.#refresh();
  }

  view(): RoundTripView {
    const { choice, view } = this.#rim.targets;
    const setting = this.#setting;
    return roundTripView({
      target: view.label,
      region: setting?.target.region ?? '',
      elsewhere: choice.kind !== 'sandbox',
      ready: this.#watch.looked,
      notice: this.#notice,
      busy: this.#busy,
      facts: setting?.facts,
      things: setting?.things ?? {},
      removed: setting?.removed ?? false,
      stale: setting?.stale ?? false,
      trip: this.#trip,
      start: this.#start,
      user: this.#user,
      journeys: this.#watch.journeys,
      evidence: (journey, hop) => setting && this.#watch.evidence(setting, journey, hop),
      canSignOut: this.#signedIn !== undefined,
      outOfReach: this.#outOfReach,
      said: this.#said,
    });
  }

  async handle(request: RoundTripRequest): Promise<Notice | undefined> {
    switch (request.kind) {
      case 'ready':
        this.changed();
        await this.#load();
        return undefined;
      case 'offer':
        return this.#offer(request.offer);
      case 'trip':
        if (request.trip === 'aws' || request.trip === 'cognito') this.#trip = request.trip;
        break;
      case 'user':
        if (this.#setting?.facts.users.some(({ name }) => name === request.user)) this.#user = request.user;
        break;
      default:
        await this.#act(request);
    }
    this.changed();
    return undefined;
  }

  async #offer(id: string): Promise<undefined> {
    const known = Object.keys(offerLabels).find((one) => one === id);
    // One of the labels' own names.
    if (known !== undefined) await this.#rim.takeOffer(known as OfferId);
    await this.#load();
  }

  /** One act after the other; what it does is said meanwhile. */
  #act(request: RoundTripRequest): Promise<void> {
    this.#acting = this.#acting.then(() => this.#actNow(request));
    return this.#acting;
  }

  async #actNow(request: RoundTripRequest): Promise<void> {
    this.#tell('Working…');
    this.#notice = undefined;
    try {
      await this.#load();
      if (this.#setting) await this.#does(request, this.#setting);
    } catch (error) {
      this.#notice = error instanceof SignInRefused ? refusedThere(error) : this.#rim.explain(error);
      this.#say(this.#notice.what);
      await this.#setting?.read().catch(() => undefined);
    } finally {
      this.#busy = undefined;
      this.changed();
    }
  }

  async #does(request: RoundTripRequest, setting: RoundTripSetting): Promise<void> {
    switch (request.kind) {
      case 'setUp':
        await setting.setUp((kind) => this.#tell(`Making the ${kinds[kind].label}…`));
        return this.#say('Everything is set up.');
      case 'remove':
        return this.#remove(setting);
      case 'signIn':
        return this.#signIn(setting, startIn(request.start));
      case 'browse':
        return this.#browse(setting, startIn(request.start));
      case 'copyAddress':
        await this.#rim.copy(this.#depart(setting, startIn(request.start)).url);
        return this.#say('The address is copied. It is good for one sign-in.');
      case 'signOut':
        return this.#signOut(setting);
      case 'break':
        return setting.breakWith(request.break === 'none' ? undefined : request.break);
      case 'rollOver':
        await setting.rollOver();
        return this.#say('The identity provider signs with a new key now.');
      case 'update':
        await setting.update();
        return this.#say('IAM and Cognito have the new metadata.');
      default:
    }
  }

  async #remove(setting: RoundTripSetting): Promise<void> {
    const gone = await setting.remove((kind) => this.#tell(`Removing the ${kinds[kind].label}…`));
    this.#signedIn = undefined;
    this.#say(gone ? 'Everything is removed; nothing is left.' : 'Something is left: see the list.');
  }

  async #signIn(setting: RoundTripSetting, start: TripStart): Promise<void> {
    const trip = this.#trip;
    this.#tell(`${this.#user} signs in…`);
    const from = this.#depart(setting, start);
    const { browser, flow, credentials } = await signInHere(setting, trip, from, this.#user);
    if (trip === 'cognito') this.#signedIn = { browser };
    if (credentials && flow !== undefined) this.#watch.arrived(flow, credentials);
    await this.#poll();
  }

  async #browse(setting: RoundTripSetting, start: TripStart): Promise<void> {
    if (this.#outOfReach !== undefined) throw new Refusal({ severity: 'warning', what: this.#outOfReach });
    const { url } = this.#depart(setting, start);
    if (this.#trip === 'cognito') this.#signedIn = { browser: undefined };
    await this.#rim.openBrowser(url);
    this.#say('The page is open in the browser. Sign in there; the diagram follows.');
  }

  async #signOut(setting: RoundTripSetting): Promise<void> {
    const browser = this.#signedIn?.browser;
    if (browser) await signOutHere(setting, browser);
    else await this.#rim.openBrowser(signOutAddress(setting));
    this.#signedIn = undefined;
    await this.#poll();
  }

  #depart(setting: RoundTripSetting, start: TripStart): Departure {
    const from = departure(setting, this.#trip, start);
    this.#start = { ...this.#start, [this.#trip]: start };
    this.#watch.departed(from, this.#trip);
    return from;
  }

  #load(): Promise<void> {
    if (this.#rim.targets.choice.kind !== 'sandbox') return Promise.resolve();
    this.#loading ??= this.#open().catch((error: unknown) => {
      this.#loading = undefined;
      this.#notice = this.#rim.explain(error);
      this.changed();
    });
    return this.#loading;
  }

  async #open(): Promise<void> {
    const watch = this.#watch;
    const setting = await RoundTripSetting.open(await this.#rim.targets.open());
    const outOfReach = await this.#rim.outOfReach(endpointOf(setting.target));
    if (watch !== this.#watch) return;
    this.#setting = setting;
    this.#outOfReach = outOfReach;
    this.#user ||= setting.facts.users[0]?.name ?? '';
    await this.#poll();
    this.#notice = undefined;
    this.changed();
  }

  /** Seen again: the labs and the tree may have changed what is there. */
  async #refresh(): Promise<void> {
    await this.#loading;
    if (this.#visible && this.#busy === undefined)
      await this.#setting?.read().catch((error: unknown) => (this.#notice = this.#rim.explain(error)));
    this.changed();
  }

  async #tick(): Promise<void> {
    if (!this.#watch.looked || this.#asking) return;
    this.#asking = true;
    // Whoever asks next finds it again, or says why not.
    await this.#poll().catch(() => undefined);
    this.#asking = false;
  }

  async #poll(): Promise<void> {
    const [watch, setting] = [this.#watch, this.#setting];
    const news = setting && (await watch.poll(setting, setting.metadata));
    if (watch !== this.#watch || !news) return;
    this.#trip = news.trip;
    this.#sayJourney();
    this.changed();
  }

  #say(text: string): void {
    this.#said = { number: this.#said.number + 1, text };
  }

  #sayJourney(): void {
    const { lines, outcome } = this.view().trips[this.#trip];
    const done = lines.filter(({ state }) => state === 'done').length;
    this.#say(`${done} of ${lines.length} messages. ${outcome?.text ?? ''}`.trim());
  }

  #tell(busy: string): void {
    this.#busy = busy;
    this.changed();
  }

  /** Another target, or a sandbox that was started again: nothing of before holds. */
  #forget(): void {
    this.#setting = undefined;
    this.#watch = new RoundTripWatch();
    this.#signedIn = undefined;
    this.#loading = undefined;
    this.#notice = undefined;
    this.changed();
    if (this.#visible) void this.#load();
  }
}

const refusedThere = ({ message }: SignInRefused): Notice => ({
  severity: 'error',
  what: `The sign-in ended before there was a response: ${message}`,
  advice: 'See whether everything is set up.',
  offers: [],
});
