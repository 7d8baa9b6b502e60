import type { Found, Look } from '../../aws/resources/kind.ts';
import { kinds, type KindName } from '../../aws/resources/kinds.ts';
import { arnOf, nameInUrl } from '../../aws/resources/lookup.ts';

/** Listed without being asked for; then by "More", or as far as what is typed needs. */
const atFirst = 1000;
const most = 20_000;

/** Resources of some kinds, listed page by page as somebody looks for one. Knows no editor. */
export class NameList {
  readonly kinds: readonly KindName[];
  onChange: () => void = () => undefined;
  failure: unknown;
  readonly #look: Look;
  readonly #found = new Map<string, Found>();
  /** Where each kind's next page begins; '' before the first. */
  readonly #next: Map<KindName, string>;
  #working = 0;
  #wanted = '';

  constructor(look: Look, wanted: readonly KindName[]) {
    this.#look = look;
    this.kinds = wanted;
    this.#next = new Map(wanted.map((kind) => [kind, '']));
  }

  get entries(): readonly Found[] {
    return [...this.#found.values()];
  }

  get busy(): boolean {
    return this.#working > 0;
  }

  get hasMore(): boolean {
    return this.#next.size > 0 && this.#found.size < most;
  }

  more(): Promise<void> {
    const until = this.#found.size + atFirst;
    return this.#work(async () => {
      while (this.hasMore && this.#found.size < until && !this.#look.signal?.aborted) await this.#page();
    });
  }

  /** Makes sure that what begins so, or contains it, is listed if there is such a thing. */
  search(text: string): Promise<void> {
    this.#wanted = text;
    return this.#work(async () => {
      if (text === '' || !this.hasMore) return;
      if (this.#next.has('queue')) await this.#queues(text);
      while (this.#wanted === text && this.hasMore && !this.#has(text) && !this.#look.signal?.aborted)
        await this.#page();
    });
  }

  #has(text: string): boolean {
    const sought = text.toLowerCase();
    return this.entries.some(({ name }) => name.toLowerCase().includes(sought));
  }

  async #page(): Promise<void> {
    const [kind, next] = [...this.#next][0] ?? [];
    if (kind === undefined) return;
    const page = await kinds[kind].list(this.#look, next === '' ? undefined : next);
    if (page.next === undefined) this.#next.delete(kind);
    else this.#next.set(kind, page.next);
    this.#keep(page.entries);
  }

  /** SQS alone can search, by the beginning of a name and letter for letter. */
  async #queues(QueueNamePrefix: string): Promise<void> {
    const { target, signal } = this.#look;
    const input = { QueueNamePrefix, MaxResults: 100 };
    const { QueueUrls = [] } = await target.send('sqs.ListQueues', input, signal ? { signal } : {});
    this.#keep(
      QueueUrls.map((url): Found => {
        const name = nameInUrl(url);
        const arn = arnOf(target, 'sqs', name);
        return { kind: 'queue', key: { name }, name, arn, ref: url, output: { QueueUrl: url } };
      }),
    );
  }

  #keep(found: readonly Found[]): void {
    for (const each of found) if (!this.#found.has(each.ref)) this.#found.set(each.ref, each);
    this.onChange();
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.#working++;
    this.onChange();
    try {
      await work();
    } catch (error) {
      if (!this.#look.signal?.aborted) this.failure = error;
    } finally {
      this.#working--;
      this.onChange();
    }
  }
}
