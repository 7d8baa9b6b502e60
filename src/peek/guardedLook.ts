// A look where there is no peek: messages are received, held for a short while, and given back.
// In: a Consent to the price that was said. Out: a MessageList with what was seen.
// Never: receives without consent, goes on past a message near its limit without an agreement to that risk, or holds on for good.
import { randomUUID } from 'node:crypto';
import type { Target } from '../aws/target.ts';
import { Holds, type GivenBack, type LookClock } from './holds.ts';
import type { MessageList } from './messageList.ts';
import type { SeenMessage } from './model.ts';
import { isNear, priceOf, type Consent, type Price } from './price.ts';
import type { QueueFacts } from './queueFacts.ts';
import { receivePage, type Received } from './receivePage.ts';

/** Why a look came to its end: nothing more to be had, as many as asked for, a message near its limit, all that were looked for. */
export type LookEnd = 'empty' | 'enough' | 'near' | 'found';

export interface LookOutcome {
  readonly end: LookEnd;
  /** First seen by this look. */
  readonly seen: number;
  /** Received by it, known or not. */
  readonly received: number;
  /** The one near its limit. */
  readonly near?: { readonly id: string; readonly receives: number };
  /** What was given back because of it. */
  readonly givenBack?: GivenBack;
}

export interface LookWanted {
  /** Messages to receive, at the most. */
  readonly most: number;
  /** Go on until all of these are held. */
  readonly find?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
  /** After each page. */
  page?(outcome: { readonly seen: number }): void;
}

/** A look was asked for without an agreement to what it costs now. `price` is what has to be agreed to. */
export class NotAgreed extends Error {
  readonly price: Price;
  constructor(price: Price) {
    super('Nobody agreed to what this look costs.');
    this.name = 'NotAgreed';
    this.price = price;
  }
}

export interface GuardedLookOptions {
  readonly target: Target;
  readonly facts: QueueFacts;
  readonly list: MessageList;
  readonly clock: LookClock;
  /** Holds have ended by themselves. */
  lapsed?(): void;
  /** Seconds; default 1. */
  readonly wait?: number;
}

const most = 10;

export class GuardedLook {
  readonly holds: Holds;
  readonly #options: GuardedLookOptions;
  #facts: QueueFacts;
  #highest = 0;

  constructor(options: GuardedLookOptions) {
    this.#options = options;
    this.#facts = options.facts;
    for (const { receives } of options.list.all()) this.#highest = Math.max(this.#highest, receives);
    this.holds = new Holds(options.target, options.facts.url, options.clock, (ids) => this.#markLapsed(ids));
  }

  /** What a look costs as things are. While all that was seen is held, going on meets others only. */
  get price(): Price {
    const known = this.holds.count > 0 && this.holds.count >= this.#options.list.size ? 0 : this.#highest;
    return priceOf(this.#facts, known);
  }

  /** The limit or the dead-letter queue may have been changed meanwhile. */
  update(facts: QueueFacts): void {
    this.#facts = facts;
  }

  /**
   * Page by page, until there are enough, nothing comes, or a message is near its limit.
   * @throws NotAgreed before anything is received; AwsFailure or the signal's reason after all was given back
   */
  async look(consent: Consent, wanted: LookWanted): Promise<LookOutcome> {
    this.#check(consent);
    try {
      return await this.#pages(consent, wanted);
    } catch (error) {
      await this.giveBack();
      throw error;
    }
  }

  giveBack(): Promise<GivenBack> {
    return this.holds.giveBack();
  }

  /** A consent is to what was said: where something else would have to be said now, it does not hold. */
  #check({ price, to }: Consent): void {
    const now = this.price;
    const same = JSON.stringify(now) === JSON.stringify(price);
    if (!same || (now.level === 'refused' && to !== 'risk')) throw new NotAgreed(now);
  }

  async #pages(consent: Consent, wanted: LookWanted): Promise<LookOutcome> {
    const limit = this.#facts.redrive?.maxReceiveCount;
    let seen = 0;
    let received = 0;
    for (let page = 0; ; page++) {
      wanted.signal?.throwIfAborted();
      await this.holds.prolong(wanted.signal);
      // One message first: should it be near its limit, no other was touched.
      const count = page === 0 && limit !== undefined ? 1 : Math.min(most, wanted.most - received);
      const came = await this.#receive(Math.max(1, count), wanted.signal);
      const fresh = came.filter(({ message }) => this.#options.list.find(message.id) === undefined).length;
      this.#options.list.put(came.map(({ message }) => message));
      seen += fresh;
      received += came.length;
      wanted.page?.({ seen });
      const near = came.find(({ message }) => isNear(message.receives, limit))?.message;
      if (near && consent.to !== 'risk') return { end: 'near', seen, received, near, givenBack: await this.giveBack() };
      const end = this.#endOf(came, received, wanted);
      if (end) return { end, seen, received };
    }
  }

  #endOf(came: readonly Received[], received: number, { most, find }: LookWanted): LookEnd | undefined {
    if (find && [...find].every((id) => this.holds.has(id))) return 'found';
    if (came.length === 0) return 'empty';
    return received >= most ? 'enough' : undefined;
  }

  async #receive(count: number, signal: AbortSignal | undefined): Promise<readonly Received[]> {
    const { target, clock, wait = 1 } = this.#options;
    const now = clock.now();
    const came = await receivePage(target, this.#facts, { most: count, wait, attempt: randomUUID(), now, signal });
    this.holds.take(
      came.map(({ message, handle }) => ({ id: message.id, handle })),
      now,
    );
    for (const { message } of came) this.#highest = Math.max(this.#highest, message.receives);
    return came;
  }

  #markLapsed(ids: readonly string[]): void {
    const { list, lapsed } = this.#options;
    const known = ids.map((id) => list.find(id)).filter((message) => message !== undefined);
    list.put(known.map((message): SeenMessage => ({ ...message, state: 'visible', due: undefined })));
    lapsed?.();
  }
}
