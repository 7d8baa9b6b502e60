// What is known of the resources that were seen, and the fetching of what is not known, or not any more.
// In: "this one is seen". Out: `changed` with its key, `gone` where somebody else has deleted it.
import { AwsFailure } from '../../aws/errors.ts';
import { listSources, queueOfArn } from '../../aws/resources/queue.ts';
import { kinds } from '../../aws/resources/kinds.ts';
import type { Found, Look } from '../../aws/resources/kind.ts';
import type { Notice } from '../../protocol/message.ts';
import { detailKey, redriveOf, type Detail } from './detail.ts';
import { DetailLoader } from './detailLoader.ts';

export interface DetailsOptions {
  look(signal: AbortSignal): Promise<Look>;
  now(): number;
  explain(error: unknown): Notice;
  changed(key: string): void;
  gone(found: Found): void;
}

/** Milliseconds for which what was read is not read again; what failed is left alone for longer. */
const fresh = 1500;
const afterFailure = 30_000;

/** Requests at once for what is seen. With those for lists it stays under ten. */
const atOnce = 8;
const aScreen = 100;

export class Details {
  readonly #options: DetailsOptions;
  readonly loader = new DetailLoader({ most: atOnce, waiting: aScreen });
  readonly #known = new Map<string, Detail>();
  /** Dead-letter queues, as those that were seen name them. */
  readonly #deadLetters = new Map<string, Set<string>>();

  constructor(options: DetailsOptions) {
    this.#options = options;
  }

  get(found: Found): Detail | undefined {
    return this.#known.get(detailKey(found));
  }

  byArn(arn: string): Detail | undefined {
    return this.#known.get(arn);
  }

  isDeadLetter(found: Found): boolean {
    return this.#deadLetters.has(detailKey(found)) || (this.get(found)?.sources?.length ?? 0) > 0;
  }

  /** Keys of the queues whose rows show how many messages this one holds. */
  pointingAt(key: string): readonly string[] {
    return [...(this.#deadLetters.get(key) ?? [])];
  }

  /** It is in sight: what is not known of it is fetched, and what is old is fetched again. */
  seen(found: Found): void {
    const detail = this.get(found);
    const age = this.#options.now() - (detail?.at ?? Number.NEGATIVE_INFINITY);
    if (age < (detail?.error ? afterFailure : fresh)) return;
    this.loader.want({ key: detailKey(found), run: (signal) => this.#fetch(found, signal) });
  }

  /** What was read is no longer so. It stays shown until something newer is known. */
  forget(found: Found): void {
    const detail = this.get(found);
    if (!detail) return;
    const { sources: _, error: __, ...rest } = detail;
    this.#known.set(detailKey(found), { ...rest, at: Number.NEGATIVE_INFINITY });
  }

  forgetAll(): void {
    this.loader.clear();
    this.#known.clear();
    this.#deadLetters.clear();
  }

  /** A list that tells more than names has told this. */
  learn(found: Found & { readonly facts?: Readonly<Record<string, unknown>> }, enough: boolean): void {
    if (found.facts === undefined) return;
    const old = this.get(found);
    const facts = enough ? found.facts : { ...old?.description?.facts, ...found.facts };
    this.#known.set(detailKey(found), {
      description: { ...found, facts },
      at: enough ? this.#options.now() : (old?.at ?? Number.NEGATIVE_INFINITY),
    });
  }

  async #fetch(found: Found, signal: AbortSignal): Promise<void> {
    const { look, explain, gone, now } = this.#options;
    try {
      const where = await look(signal);
      const description = await kinds[found.kind].describe(where, found);
      if (signal.aborted) return;
      if (description === undefined) return gone(found);
      const old = this.get(found);
      const sources = old?.sources ?? (found.kind === 'queue' ? await sourcesOf(where, found) : undefined);
      // Switched away meanwhile: what is known now is of another target.
      if (signal.aborted) return;
      this.#set(found, { description, ...(sources && { sources }), at: now() });
      if (found.kind === 'queue') this.#followDeadLetter(found);
    } catch (error) {
      if (signal.aborted) return;
      const description = this.get(found)?.description;
      this.#set(found, { ...(description && { description }), error: explain(error), at: now() });
    }
  }

  /** A queue's row shows how many its dead-letter queue holds. */
  #followDeadLetter(found: Found): void {
    const arn = redriveOf(this.get(found))?.arn;
    if (arn === undefined) return;
    const deadLetter = queueOfArn(arn, found);
    const sources = this.#deadLetters.get(arn);
    this.#deadLetters.set(arn, new Set([...(sources ?? []), detailKey(found)]));
    if (!sources) this.#options.changed(arn);
    if (deadLetter) this.seen(deadLetter);
  }

  #set(found: Found, detail: Detail): void {
    this.#known.set(detailKey(found), detail);
    this.#options.changed(detailKey(found));
  }
}

/** Who may not ask still sees the rest. */
async function sourcesOf(look: Look, found: Found): Promise<readonly Found[]> {
  try {
    return (await listSources(look, found)).entries;
  } catch (error) {
    look.signal?.throwIfAborted();
    if (!(error instanceof AwsFailure)) throw error;
    return [];
  }
}
