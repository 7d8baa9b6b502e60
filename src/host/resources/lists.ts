// Every list that was unfolded: groups, subscriptions of topics, folders of buckets. In: the row it hangs under. Out: its pages.
// At most two list requests at once, whatever is unfolded; groups read on by themselves, buckets a page at a time.
import { kinds } from '../../aws/resources/kinds.ts';
import type { Description, Found, Look } from '../../aws/resources/kind.ts';
import { listObjects, type ListedFolder, type ListedObject } from '../../aws/resources/objects.ts';
import { listOfTopic } from '../../aws/resources/subscription.ts';
import { detailKey } from './detail.ts';
import type { Node, What } from './node.ts';
import { PagedList, type ListPage, type ListStatus } from './pagedList.ts';
import { Slots } from './slots.ts';

export type ListEntry =
  | { readonly is: 'found'; readonly found: Found | Description }
  | {
      readonly is: 'listed';
      readonly bucket: Found;
      readonly prefix: string;
      readonly listed: ListedFolder | ListedObject;
    };

export interface ListsOptions {
  look(signal: AbortSignal): Promise<Look>;
  /** Somebody looks: then long lists are read to their end. */
  mayGoOn(): boolean;
  learn(entry: ListEntry): void;
  changed(node: Node, what: 'entries' | 'progress'): void;
}

/** How a list stands, for the rows that tell of it. */
export interface ListState {
  readonly status: ListStatus;
  readonly error: unknown;
  readonly countSoFar: number;
}

type Read = (look: Look, next: string | undefined) => Promise<ListPage<ListEntry>>;

export class Lists {
  readonly #options: ListsOptions;
  readonly #slots = new Slots(2);
  readonly #lists = new Map<string, { readonly node: Node; readonly list: PagedList<ListEntry> }>();
  readonly #searches = new Map<string, string>();
  /** All subscriptions of the account: SNS cannot say which of them send to a queue. */
  #subscriptions: PagedList<ListEntry> | undefined;
  readonly #subscribed = new Map<string, Node>();

  constructor(options: ListsOptions) {
    this.#options = options;
  }

  of(node: Node): PagedList<ListEntry> {
    const known = this.known(node);
    if (known) return known;
    const { what } = node;
    const automatic = what.is === 'group' || (what.is === 'resource' && what.found.kind === 'topic');
    const list = this.#make(readOf(what), automatic, sorted(what), (change) => this.#options.changed(node, change));
    this.#lists.set(node.id, { node, list });
    return list;
  }

  known(node: Node): PagedList<ListEntry> | undefined {
    return this.#lists.get(node.id)?.list;
  }

  /** Of the account's subscriptions, those that send to this queue; its row is drawn anew as they become known. */
  subscriptionsTo(node: Node, queueArn: string): ListState & { readonly entries: readonly Found[] } {
    this.#subscribed.set(node.id, node);
    this.#subscriptions ??= this.#make(
      async (look, next) => foundPage(await kinds.subscription.list(look, next)),
      true,
      undefined,
      (change) => {
        if (change === 'entries') for (const each of this.#subscribed.values()) this.#options.changed(each, 'entries');
      },
    );
    const list = this.#subscriptions;
    list.start();
    const entries = list.entries.flatMap((entry) =>
      entry.is === 'found' && entry.found.key['endpoint'] === queueArn ? [entry.found] : [],
    );
    return { entries, status: list.status, error: list.error, countSoFar: entries.length };
  }

  search(node: Node, prefix: string): void {
    this.#searches.set(node.id, prefix);
  }

  searchIn(node: Node): string | undefined {
    return this.#searches.get(node.id);
  }

  more(node: Node): void {
    if (node.what.is === 'resource' && node.what.found.kind === 'queue') this.#subscriptions?.more();
    else this.known(node)?.more();
  }

  /** The view is in sight again: what stood still goes on. */
  goOn(): void {
    for (const { list, node } of this.#lists.values()) if (node.what.is === 'group') list.start();
  }

  readAnew(node: Node): void {
    this.#searches.delete(node.id);
    this.known(node)?.readAnew();
    if (this.#subscribed.has(node.id)) this.#subscriptions?.readAnew();
  }

  readSubscriptionsAnew(): void {
    for (const { node, list } of this.#lists.values())
      if (node.what.is === 'resource' && node.what.found.kind === 'topic') list.readAnew();
    this.#subscriptions?.readAnew();
  }

  readAllAnew(): void {
    this.#searches.clear();
    for (const { list } of this.#lists.values()) list.readAnew();
    this.#subscriptions?.readAnew();
  }

  remove(node: Node, key: string): void {
    this.known(node)?.remove(key);
    this.#subscriptions?.remove(key);
  }

  clear(): void {
    for (const { list } of this.#lists.values()) list.stop();
    this.#subscriptions?.stop();
    this.#lists.clear();
    this.#searches.clear();
    this.#subscribed.clear();
    this.#subscriptions = undefined;
  }

  #make(
    read: Read,
    automatic: boolean,
    order: ((left: ListEntry, right: ListEntry) => number) | undefined,
    changed: (what: 'entries' | 'progress') => void,
  ): PagedList<ListEntry> {
    const { look, mayGoOn, learn } = this.#options;
    return new PagedList<ListEntry>({
      keyOf,
      ...(order && { order }),
      changed,
      mayGoOn: () => automatic && mayGoOn(),
      read: (next, signal) =>
        this.#slots.use(async () => {
          signal.throwIfAborted();
          const page = await read(await look(signal), next);
          page.entries.forEach(learn);
          return page;
        }),
    });
  }
}

const keyOf = (entry: ListEntry): string => (entry.is === 'found' ? detailKey(entry.found) : entry.listed.key);

function readOf(what: What): Read {
  if (what.is === 'group') return async (look, next) => foundPage(await kinds[what.group].list(look, next));
  if (what.is === 'resource' && what.found.kind === 'bucket') return objectsOf(what.found, '');
  if (what.is === 'resource') return async (look, next) => foundPage(await listOfTopic(look, what.found.ref, next));
  if (what.is === 'folder') return objectsOf(what.bucket, what.key);
  if (what.is === 'search') return objectsOf(what.bucket, what.prefix);
  return async () => ({ entries: [] });
}

const objectsOf =
  (bucket: Found, prefix: string): Read =>
  async (look, next) => {
    const page = await listObjects(look, { bucket: bucket.ref, prefix, next });
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    return { ...page, entries: page.entries.map((listed) => ({ is: 'listed', bucket, prefix: folder, listed })) };
  };

function foundPage({ entries, next }: ListPage<Found>): ListPage<ListEntry> {
  return { entries: entries.map((found) => ({ is: 'found', found })), ...(next !== undefined && { next }) };
}

/** Groups by name; S3's own order is by key, with folders first. */
function sorted(what: What): ((left: ListEntry, right: ListEntry) => number) | undefined {
  if (what.is !== 'group') return undefined;
  const name = (entry: ListEntry): string => (entry.is === 'found' ? entry.found.name : entry.listed.key);
  return (left, right) => (name(left) < name(right) ? -1 : name(left) > name(right) ? 1 : 0);
}
