// One list of a service, page by page. In: how a page is read. Out: what was read so far, and how it stands.
// A list that reads by itself goes on while it may; another one waits to be asked for more. One request at a time.
// Never: throws. A failure is a state; where a token is no longer good, the list begins again from its first page.
import { AwsFailure } from '../../aws/errors.ts';

export interface ListPage<T> {
  readonly entries: readonly T[];
  readonly next?: string;
}

export interface ListOptions<T> {
  read(next: string | undefined, signal: AbortSignal): Promise<ListPage<T>>;
  keyOf(entry: T): string;
  readonly order?: (left: T, right: T) => number;
  /** Asked before each page after the first. */
  mayGoOn(): boolean;
  /** `entries`: others are shown. `progress`: the same are shown, and more is known. */
  changed(what: 'entries' | 'progress'): void;
}

export type ListStatus = 'unread' | 'reading' | 'paused' | 'done' | 'failed';

const mostAtOnce = 10_000;

export class PagedList<T> {
  readonly #options: ListOptions<T>;
  /** What was read in this go. */
  #read = new Map<string, T>();
  #shown: readonly T[] = [];
  #next: string | undefined;
  #stop = new AbortController();
  #beganAgain = false;
  /** A list that is read anew reads as much as was shown before. */
  #atLeast = 0;
  /** The rows of before stay until this go has read all: a list that is read anew does not shrink meanwhile. */
  #anew = false;
  #status: ListStatus = 'unread';
  #error: unknown;

  constructor(options: ListOptions<T>) {
    this.#options = options;
  }

  get status(): ListStatus {
    return this.#status;
  }
  get error(): unknown {
    return this.#error;
  }
  /** What is to be shown: grows in few, large steps, because each step redraws all of them. */
  get entries(): readonly T[] {
    return this.#shown;
  }
  get countSoFar(): number {
    return Math.max(this.#read.size, this.#shown.length);
  }
  /** There is more, which nobody has asked for yet. */
  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Reads the first page if nothing was read yet, or goes on where it stood still. */
  start(): void {
    if (this.#status === 'unread') void this.#go();
    else if (this.#status === 'paused' && this.#options.mayGoOn()) void this.#go();
  }

  /** As much again as is shown, within ten pages of S3's; also after a failure. So a long list is read in few steps, each of which redraws it. */
  more(): void {
    if (this.#status === 'reading' || this.#status === 'done') return;
    const { length } = this.#shown;
    this.#atLeast = length + Math.min(length, mostAtOnce);
    void this.#go(true);
  }

  /** Everything from the first page on. */
  readAnew(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#beganAgain = false;
    this.#toFirstPage();
    void this.#go();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Shows one more, which was found in another way. */
  add(entry: T): void {
    const key = this.#options.keyOf(entry);
    if (this.#read.has(key)) return;
    this.#read.set(key, entry);
    this.#show(new Map([...this.#shown.map((each) => [this.#options.keyOf(each), each] as const), [key, entry]]));
  }

  remove(key: string): boolean {
    this.#read.delete(key);
    const kept = this.#shown.filter((entry) => this.#options.keyOf(entry) !== key);
    if (kept.length === this.#shown.length) return false;
    this.#shown = kept;
    this.#options.changed('entries');
    return true;
  }

  #toFirstPage(): void {
    this.#atLeast = this.#shown.length;
    this.#anew = this.#shown.length > 0;
    this.#read = new Map();
    this.#next = undefined;
  }

  async #go(asked = false): Promise<void> {
    const { signal } = this.#stop;
    // One row offers more, and says then that more is read; what follows a failure are several.
    const change = this.#status === 'paused' ? 'progress' : 'entries';
    this.#status = 'reading';
    this.#error = undefined;
    if (asked) this.#options.changed(change);
    try {
      do {
        const first = this.#read.size === 0;
        await this.#readPage(signal);
        if (signal.aborted) return;
        this.#status = this.#next === undefined ? 'done' : 'reading';
        if (this.#next !== undefined && this.#read.size >= this.#atLeast && !this.#options.mayGoOn())
          this.#status = 'paused';
        this.#tell(first);
      } while (this.#status === 'reading');
    } catch (error) {
      if (signal.aborted) return;
      this.#status = 'failed';
      this.#error = error;
      this.#show(this.#anew ? undefined : this.#read);
    }
  }

  async #readPage(signal: AbortSignal): Promise<void> {
    try {
      const page = await this.#options.read(this.#next, signal);
      if (signal.aborted) return;
      for (const entry of page.entries) this.#read.set(this.#options.keyOf(entry), entry);
      this.#next = page.next;
    } catch (error) {
      if (signal.aborted || this.#next === undefined || this.#beganAgain || !isTokenRefused(error)) throw error;
      this.#beganAgain = true;
      this.#toFirstPage();
      await this.#readPage(signal);
    }
  }

  #tell(first: boolean): void {
    const settled = this.#status !== 'reading';
    if (settled || (!this.#anew && (first || this.#read.size >= 4 * this.#shown.length))) this.#show(this.#read);
    else this.#options.changed('progress');
    if (settled) this.#anew = false;
  }

  #show(entries: ReadonlyMap<string, T> | undefined): void {
    const { order, changed } = this.#options;
    if (entries) this.#shown = order ? [...entries.values()].toSorted(order) : [...entries.values()];
    changed('entries');
  }
}

/** A page's token lives a day at most. The services say so in as many ways as there are services. */
function isTokenRefused(error: unknown): boolean {
  return error instanceof AwsFailure && error.kind === 'refused';
}
