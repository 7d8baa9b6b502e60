// One queue that is being looked into: its facts, what was seen, and the look itself. In: intents. Out: changes, told to `changed`.
// One thing at a time: what is asked while something runs is refused, but for stopping it.
import type { Target } from '../../aws/target.ts';
import { GuardedLook, NotAgreed, type LookOutcome } from '../../peek/guardedLook.ts';
import type { LookClock } from '../../peek/holds.ts';
import { MessageList } from '../../peek/messageList.ts';
import type { Consent, Price } from '../../peek/price.ts';
import { describeQueue, type QueueFacts, type QueueRef } from '../../peek/queueFacts.ts';
import { TruePeek } from '../../peek/truePeek.ts';
import type { Notice } from '../../protocol/message.ts';
import { isAbort, Refusal } from '../explain.ts';
import { lookWords, vanishedWords } from './peekWords.ts';

export interface PeekSessionOptions {
  readonly queue: QueueRef;
  /** The window's target; where it is another account or region by then, the session goes on with none. */
  open(): Promise<Target>;
  readonly clock: LookClock;
  explain(error: unknown): Notice;
  changed(): void;
  /** Seconds that an empty queue is waited for; default 1. */
  readonly wait?: number;
}

/** Messages that one press of Look receives, at the most. */
const perLook = 100;

export class PeekSession {
  readonly queue: QueueRef;
  readonly list = new MessageList();
  readonly #options: PeekSessionOptions;
  target: Target | undefined;
  facts: QueueFacts | undefined;
  phase: 'loading' | 'ready' | 'gone' | 'failed' = 'loading';
  notice: Notice | undefined;
  busy: { readonly what: string } | undefined;
  lastLook: { readonly at: number; readonly said: string } | undefined;
  words: { readonly number: number; readonly text: string } | undefined;
  unread = 0;
  guarded: GuardedLook | undefined;
  #true: TruePeek | undefined;
  #stopping: AbortController | undefined;
  #price: { readonly number: number; readonly price: Price } | undefined;
  #ahead = 0;

  constructor(options: PeekSessionOptions) {
    this.#options = options;
    this.queue = options.queue;
  }

  get manner(): 'true' | 'guarded' | 'unknown' {
    return this.target === undefined ? 'unknown' : this.target.peek ? 'true' : 'guarded';
  }

  /** Milliseconds in the queue's own time: the sandbox's clock can be ahead. */
  now(): number {
    return this.#options.clock.now() + this.#ahead;
  }

  /** What a look would cost now, with the number by which it is agreed to. */
  get price(): { readonly number: number; readonly price: Price } | undefined {
    const price = this.guarded?.price;
    if (price === undefined) return undefined;
    if (JSON.stringify(price) !== JSON.stringify(this.#price?.price))
      this.#price = { number: (this.#price?.number ?? 0) + 1, price };
    return this.#price;
  }

  say(text: string): void {
    this.words = { number: (this.words?.number ?? 0) + 1, text };
  }

  /**
   * Reads the facts, and in the sandbox the messages too. Never receives. `after`: something was done, of which a notice may tell.
   * `watching`: by itself, so it is over at once where nothing has changed.
   */
  async refresh(why: 'asked' | 'after' | 'watching' = 'asked'): Promise<void> {
    if (this.busy !== undefined) return;
    if (why !== 'asked') return this.#refreshed(why);
    await this.run(this.list.size === 0 ? 'Reading the queue' : 'Refreshing', (signal) => this.#refreshed(why, signal));
  }

  async #refreshed(why: 'asked' | 'after' | 'watching', signal?: AbortSignal): Promise<void> {
    try {
      await this.#connect();
      const look = this.target && { target: this.target, ...(signal && { signal }) };
      if (!look) return;
      const truly = this.#true && (await this.#lookTruly(this.#true, signal));
      if (why === 'watching' && !truly) return;
      this.facts = await describeQueue(look, this.queue);
      if (this.facts === undefined) return this.#gone();
      this.phase = 'ready';
      if (why === 'asked') this.notice = undefined;
      this.#guard(look.target, this.facts);
      this.#prune();
      this.#options.changed();
    } catch (error) {
      if (isGone(error)) return this.#gone();
      if (this.phase === 'loading') this.phase = 'failed';
      if (why !== 'asked' && !isAbort(error)) this.#fail(error);
      else throw error;
    }
  }

  async #connect(): Promise<void> {
    if (this.target !== undefined) return;
    const target = await this.#options.open();
    const known = this.#pinned;
    if (known && (known.account !== target.account || known.region !== target.region || known.kind !== target.kind))
      throw new Refusal({
        what: `${this.queue.name} is a queue of account ${known.account} in ${known.region}; this window now works with ${target.label} in ${target.region}.`,
        advice: 'Switch back to go on with it. What was seen stays here.',
        offers: [{ id: 'switchTarget', label: 'Switch target' }],
      });
    this.#pinned = { account: target.account, region: target.region, kind: target.kind };
    this.target = target;
    if (target.peek)
      this.#true = new TruePeek(target.peek, { queueUrl: this.queue.url, region: target.region }, this.list);
  }

  #pinned: { readonly account: string; readonly region: string; readonly kind: string } | undefined;

  /** The window's target is another one, or was opened anew. */
  async targetMoved(): Promise<void> {
    this.stop();
    await this.giveBack();
    this.target = undefined;
    this.guarded = undefined;
    this.#true = undefined;
    this.#options.changed();
  }

  /** Gives whether anything is different from before. */
  async #lookTruly(peek: TruePeek, signal?: AbortSignal): Promise<boolean> {
    const first = this.list.size === 0 && this.lastLook === undefined;
    const result = await peek.look(() => this.#options.changed(), signal);
    this.#ahead = Math.max(0, result.now - this.#options.clock.now());
    this.unread = result.unread;
    this.lastLook = { at: result.now, said: 'nothing was received' };
    if (!first && result.changed) this.say(vanishedWords(result.gone, result.came));
    else if (first) this.say(`${this.list.size} messages.`);
    return result.changed;
  }

  #guard(target: Target, facts: QueueFacts): void {
    if (target.peek) return;
    const { clock, wait } = this.#options;
    const lapsed = () => this.#options.changed();
    this.guarded ??= new GuardedLook({
      target,
      facts,
      list: this.list,
      clock,
      lapsed,
      ...(wait !== undefined && { wait }),
    });
    this.guarded.update(facts);
  }

  /** A look at the price of this number. `anyway`: also where it is refused by default. */
  async look(number: number, anyway: boolean, find?: ReadonlySet<string>): Promise<void> {
    await this.run(find ? 'Looking for the chosen messages' : 'Looking', async (signal) => {
      const { guarded, price: said } = this;
      if (guarded === undefined || said === undefined) return;
      if (said.number !== number || (said.price.level === 'refused' && !anyway)) throw new NotAgreed(said.price);
      const before = this.facts?.redrive?.depth;
      const outcome = await this.#guardedLook(
        guarded,
        { price: said.price, to: anyway ? 'risk' : 'price' },
        signal,
        find,
      );
      const after = this.target && (await describeQueue({ target: this.target }, this.queue));
      if (after) this.facts = after;
      this.#tell(outcome, before, after?.redrive?.depth);
    });
  }

  async #guardedLook(
    guarded: GuardedLook,
    consent: Consent,
    signal: AbortSignal,
    find: ReadonlySet<string> | undefined,
  ): Promise<LookOutcome> {
    return guarded.look(consent, {
      most: find ? Math.max(perLook, this.list.size * 2) : perLook,
      signal,
      page: () => this.#options.changed(),
      ...(find && { find }),
    });
  }

  #tell(outcome: LookOutcome, before: number | undefined, after: number | undefined): void {
    const moved = before !== undefined && after !== undefined ? Math.max(0, after - before) : 0;
    const { said, notice } = lookWords(outcome, moved, this.facts);
    this.lastLook = { at: this.now(), said };
    this.notice = notice;
    this.say(notice ? `${said}. ${notice.what}` : said);
  }

  stop(): void {
    this.#stopping?.abort();
  }

  async giveBack(): Promise<void> {
    const back = await this.guarded?.giveBack();
    if (back === undefined || back.given + back.lapsing === 0) return;
    const rest = back.lapsing > 0 ? `; ${back.lapsing} come back by themselves within 30 seconds` : '';
    this.say(`${back.given} given back${rest}. Their receive counts stay raised.`);
    this.#options.changed();
  }

  /** One thing at a time. What it throws is told as a notice. */
  async run(what: string, act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy !== undefined) throw new Refusal({ what: `${this.busy.what} is not over yet.`, severity: 'info' });
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.busy = { what };
    this.#options.changed();
    try {
      await act(stopping.signal);
    } catch (error) {
      if (isGone(error)) this.#gone();
      else this.#fail(error);
    } finally {
      this.busy = undefined;
      this.#stopping = undefined;
      this.#options.changed();
    }
  }

  #fail(error: unknown): void {
    this.notice =
      error instanceof NotAgreed
        ? {
            severity: 'warning',
            what: 'The look was not made: what it costs has changed.',
            advice: 'Read it again.',
            offers: [],
          }
        : isAbort(error)
          ? { severity: 'info', what: 'Stopped. What was held was given back.', offers: [] }
          : this.#options.explain(error);
    this.#options.changed();
  }

  #gone(): void {
    this.phase = 'gone';
    this.guarded = undefined;
    this.list.replace([]);
    this.notice = {
      severity: 'warning',
      what: `${this.queue.name} is not there any more: it was deleted, and its messages with it.`,
      offers: [],
    };
    this.#options.changed();
  }

  /** What has expired since it was seen. */
  #prune(): void {
    if (this.#true) return;
    const now = this.now();
    const over = [...this.list.all()].filter(({ expiresAt }) => expiresAt <= now).map(({ id }) => id);
    if (over.length === 0) return;
    this.list.remove(over);
    this.say(vanishedWords(over.length, 0));
  }

  async dispose(): Promise<void> {
    this.stop();
    await this.guarded?.giveBack();
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /QueueDoesNotExist|NonExistentQueue/.test(String(error.code));
}
