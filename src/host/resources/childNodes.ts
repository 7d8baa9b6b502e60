// What is under a row. In: lists and details as far as they are known; what is missing is asked for. Out: rows, in their order.
import type { Found } from '../../aws/resources/kind.ts';
import { queueOfArn } from '../../aws/resources/queue.ts';
import type { Notice } from '../../protocol/message.ts';
import type { GroupName } from './aim.ts';
import { redriveOf } from './detail.ts';
import type { Details } from './details.ts';
import { tellList } from './listRows.ts';
import type { ListEntry, Lists, ListState } from './lists.ts';
import type { Node } from './node.ts';
import type { NodeBook } from './nodeBook.ts';
import { autoOffIn } from './resourceRows.ts';

export interface ChildSources {
  readonly book: NodeBook;
  readonly lists: Lists;
  readonly details: Details;
  explain(error: unknown): Notice;
  region(): string;
  namesOf(group: GroupName): readonly Found[];
}

/** Parts of ids that no key and no ARN has in its place: keys come after a slash, ARNs begin with `arn`. */
export class ChildNodes {
  readonly #from: ChildSources;

  constructor(from: ChildSources) {
    this.#from = from;
  }

  /** What is unfolded under it; reading begins with the first time. */
  of(node: Node): readonly Node[] {
    const { what } = node;
    switch (what.is) {
      case 'group':
        return what.group === 'instance' ? this.#instanceRows(node) : this.#listed(node);
      case 'resource':
        return what.found.kind === 'queue' ? this.#ofQueue(node, what.found) : this.#listed(node);
      case 'nearly':
        return node.parent
          ? this.instances(node.parent).nearly.map((found) => this.#from.book.resource(node, found))
          : [];
      case 'folder':
      case 'search':
        return this.#listed(node);
      case 'object':
      case 'message':
        return [];
    }
  }

  #listed(node: Node): readonly Node[] {
    const list = this.#from.lists.of(node);
    list.start();
    const rows = list.entries.map((entry) => this.#entryNode(node, entry));
    const named = this.#named(node, new Set(rows.map(({ id }) => id)));
    return [...this.#searchIn(node), ...named, ...rows, ...this.messages(node, list, rows.length + named.length)];
  }

  #searchIn(node: Node): readonly Node[] {
    const prefix = this.#from.lists.searchIn(node);
    const { what } = node;
    if (prefix === undefined || (what.is !== 'resource' && what.is !== 'folder')) return [];
    return [this.searchNode(node, what.is === 'folder' ? what.bucket : what.found, prefix)];
  }

  #named(node: Node, listed: ReadonlySet<string>): readonly Node[] {
    if (node.what.is !== 'group') return [];
    const named = this.#from.namesOf(node.what.group).map((found) => this.#from.book.resource(node, found));
    return named.filter(({ id }) => !listed.has(id));
  }

  /** How a list stands, below its rows. */
  messages(node: Node, list: ListState, shown: number): readonly Node[] {
    return tellList(node.what, list, { explain: this.#from.explain, region: this.#from.region, shown }).map(
      (row, index) => this.#from.book.node(node, `?${index}`, { is: 'message', row }),
    );
  }

  #instanceRows(node: Node): readonly Node[] {
    const list = this.#from.lists.of(node);
    list.start();
    const { matching, nearly } = this.instances(node);
    const rows = matching.map((found) => this.#from.book.resource(node, found));
    const apart = nearly.length === 0 ? [] : [this.#from.book.node(node, '?nearly', { is: 'nearly' })];
    return [...rows, ...this.messages(node, list, rows.length), ...apart];
  }

  /** Those that are switched off, and those that nearly are. */
  instances(group: Node): { readonly matching: readonly Found[]; readonly nearly: readonly Found[] } {
    const all = this.foundIn(group).map((found) => ({ found, is: autoOffIn(this.#from.details, found).is }));
    const of = (wanted: 'yes' | 'nearly') => all.filter(({ is }) => is === wanted).map(({ found }) => found);
    return { matching: of('yes'), nearly: of('nearly') };
  }

  foundIn(node: Node): readonly Found[] {
    return (this.#from.lists.known(node)?.entries ?? []).flatMap((entry) =>
      entry.is === 'found' ? [entry.found] : [],
    );
  }

  #ofQueue(node: Node, found: Found): readonly Node[] {
    const detail = this.#from.details.get(found);
    if (detail === undefined) this.#from.details.seen(found);
    const redrive = redriveOf(detail);
    const deadLetter = redrive && queueOfArn(redrive.arn, found);
    const subscriptions = this.#from.lists.subscriptionsTo(node, found.arn ?? '');
    const rows = [
      ...(deadLetter ? [this.#from.book.resource(node, deadLetter, 'deadLetter')] : []),
      ...(detail?.sources ?? []).map((each) => this.#from.book.resource(node, each, 'source')),
      ...subscriptions.entries.map((each) => this.#from.book.resource(node, each, 'toQueue')),
    ];
    return [...rows, ...this.messages(node, subscriptions, rows.length)];
  }

  #entryNode(parent: Node, entry: ListEntry): Node {
    if (entry.is === 'found')
      return this.#from.book.resource(parent, entry.found, parent.what.is === 'resource' ? 'ofTopic' : undefined);
    const { bucket, prefix, listed } = entry;
    return listed.kind === 'folder'
      ? this.#from.book.node(parent, `/${listed.key}`, { is: 'folder', bucket, key: listed.key, prefix })
      : this.#from.book.node(parent, `/${listed.key}`, { is: 'object', bucket, object: listed, prefix });
  }

  searchNode(parent: Node, bucket: Found, prefix: string): Node {
    return this.#from.book.node(parent, `?search ${prefix}`, { is: 'search', bucket, prefix });
  }
}
