// The Resources view without the editor: which rows there are, what each says, and what is read when.
// In: what is unfolded (`children`) and what is in sight (`seen`). Out: `changed`, with the rows to be drawn anew.
// Never: reads anything before it is asked for, or throws: what goes wrong is a row.
import type { Found, Look } from '../../aws/resources/kind.ts';
import type { Target } from '../../aws/target.ts';
import type { Notice } from '../../protocol/message.ts';
import type { Aim, GroupName, ResourceRefresh } from './aim.ts';
import { ChildNodes } from './childNodes.ts';
import { detailKey, numberFact } from './detail.ts';
import { Details } from './details.ts';
import { Lists, type ListEntry } from './lists.ts';
import { groupNames, groupRow } from './messageRows.ts';
import type { Node } from './node.ts';
import { NodeBook } from './nodeBook.ts';
import { folderRow, objectRow } from './otherRows.ts';
import { nearlyRow, resourceRow, searchRow } from './resourceRows.ts';
import { counted, type Row } from './row.ts';

export interface ModelOptions {
  open(): Promise<Target>;
  /** Where the calls go, for sentences; opens nothing. */
  region(): string;
  explain(error: unknown): Notice;
  now(): number;
  /** The lab that made it, as far as is known. */
  markOf(found: Found): string | undefined;
  /** What was added by name. */
  namesOf(group: GroupName): readonly Found[];
  /** Undefined: all rows. */
  changed(nodes: readonly Node[] | undefined): void;
  /** Deleted by somebody else. */
  gone(found: Found): void;
}

export class ResourceModel implements ResourceRefresh {
  readonly details: Details;
  readonly #options: ModelOptions;
  readonly #lists: Lists;
  readonly #book = new NodeBook();
  readonly #children: ChildNodes;
  /** What each row said when it was last drawn. */
  readonly #said = new Map<string, string>();
  /** How many subscriptions each topic had when it was last asked. */
  readonly #subscribed = new Map<string, string>();
  #visible = false;

  constructor(options: ModelOptions) {
    this.#options = options;
    const { now, explain } = options;
    const look = async (signal: AbortSignal): Promise<Look> => ({ target: await options.open(), signal });
    this.details = new Details({
      look,
      now,
      explain,
      changed: (key) => this.#detailChanged(key),
      gone: (found) => this.gone(found),
    });
    this.#lists = new Lists({
      look,
      mayGoOn: () => this.#visible,
      learn: (entry) => this.#learn(entry),
      changed: (node, what) => this.#listChanged(node, what),
    });
    this.#children = new ChildNodes({ ...options, book: this.#book, lists: this.#lists, details: this.details });
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#lists.goOn();
    else this.details.loader.clear();
  }

  roots(): readonly Node[] {
    return groupNames.map((group) => this.#book.group(group));
  }

  node(id: string): Node | undefined {
    return this.#book.get(id);
  }

  children(node: Node): readonly Node[] {
    return this.#children.of(node);
  }

  row(node: Node): Row {
    const row = this.#rowOf(node);
    this.#said.set(node.id, JSON.stringify(row));
    return row;
  }

  /** The row with this id is in sight. */
  seen(id: string): void {
    const what = this.#book.get(id)?.what;
    if (this.#visible && what?.is === 'resource') this.details.seen(what.found);
  }

  /** One more page, or another try, of what this row stands for. */
  more({ parent }: Node): void {
    if (parent) this.#lists.more(parent);
  }

  /** The first row that offers more. */
  moreNode(): Node | undefined {
    return this.#book.all().find(({ what }) => what.is === 'message' && what.row.context === 'more');
  }

  /** Reads one, or all, anew. What is shown stays until then. */
  refresh(aim?: Aim): void {
    const nodes = aim === undefined ? this.#book.all() : this.#book.aimedAt(aim);
    for (const { what } of nodes) if (what.is === 'resource') this.details.forget(what.found);
    if (aim === undefined) {
      this.#lists.readAllAnew();
      return this.#options.changed(undefined);
    }
    for (const node of nodes) {
      this.#lists.readAnew(node);
      this.seen(node.id);
    }
    this.#tell(nodes);
  }

  /** Another target: nothing of what is known holds there. */
  reset(): void {
    this.details.forgetAll();
    this.#lists.clear();
    this.#book.clear();
    this.#said.clear();
    this.#subscribed.clear();
    this.#options.changed(undefined);
  }

  /** It is no longer there. */
  gone(found: Found): void {
    const key = detailKey(found);
    const nodes = this.#book.remove(key);
    for (const { parent } of nodes) if (parent) this.#lists.remove(parent, key);
    this.#tell(nodes.flatMap(({ parent }) => parent ?? []));
    if (nodes.length > 0) this.#options.gone(found);
  }

  /** Adds what was found by its name to the rows of its group, and gives the row. */
  show(group: GroupName, found: Found): Node {
    const parent = this.#book.group(group);
    this.#lists.of(parent).add({ is: 'found', found });
    return this.#book.resource(parent, found);
  }

  /** A row in a bucket, or a folder of one, with what in it begins so. */
  search(parent: Node, bucket: Found, prefix: string): Node {
    this.#lists.search(parent, prefix);
    this.#tell([parent]);
    return this.#children.searchNode(parent, bucket, prefix);
  }

  /** What is loaded of a group, for a search where the service has none. */
  loaded(group: GroupName): readonly Found[] {
    return this.#children.foundIn(this.#book.group(group));
  }

  /** Which group's lists were read, so that they are kept up to date. */
  isRead(group: GroupName): boolean {
    return this.#lists.known(this.#book.group(group)) !== undefined;
  }

  /** Somebody subscribed, confirmed or unsubscribed. */
  refreshSubscriptions(): void {
    this.#lists.readSubscriptionsAnew();
    for (const { what } of this.#book.all())
      if (what.is === 'resource' && what.found.kind === 'topic') this.details.forget(what.found);
  }

  marksChanged(): void {
    this.#tell(this.#book.all().filter((node) => node.what.is === 'resource' && this.#differs(node)));
  }

  #rowOf({ what, parent }: Node): Row {
    switch (what.is) {
      case 'group':
        return groupRow(what.group, this.#countOf(what.group));
      case 'resource':
        return resourceRow(what, { ...this.#options, details: this.details });
      case 'nearly':
        return nearlyRow(parent ? this.#children.instances(parent).nearly.length : 0);
      case 'folder':
        return folderRow(what.key, what.prefix);
      case 'object':
        return objectRow(what.object, what.prefix);
      case 'search':
        return searchRow(what.prefix);
      case 'message':
        return what.row;
    }
  }

  #countOf(group: GroupName): string {
    const node = this.#book.group(group);
    const list = this.#lists.known(node);
    if (!list || list.status === 'unread') return '';
    const count = group === 'instance' ? this.#children.instances(node).matching.length : list.countSoFar;
    if (list.status === 'done') return counted(count);
    if (count > 0) return `${counted(count)} so far`;
    return list.status === 'failed' ? 'could not be read' : '';
  }

  #learn(entry: ListEntry): void {
    if (entry.is === 'found') this.details.learn(entry.found, entry.found.kind === 'instance');
  }

  #listChanged(node: Node, what: 'entries' | 'progress'): void {
    if (what === 'entries') return this.#tell([node]);
    const list = this.#lists.known(node);
    if (list) this.#tell(this.#children.messages(node, list, list.entries.length));
  }

  /** An instance whose tag was changed stands elsewhere. */
  #detailChanged(key: string): void {
    const nodes = [key, ...this.details.pointingAt(key)].flatMap((each) => this.#book.shown(each));
    const changed = nodes.filter((node) => this.#differs(node));
    const parents = changed.flatMap(({ what, parent }) =>
      parent && what.is === 'resource' && what.found.kind === 'instance' ? [parent] : [],
    );
    this.#tell([...changed, ...parents]);
    this.#followSubscriptions(key);
  }

  /** A topic that counts others than before has others: somebody confirmed, subscribed or unsubscribed. */
  #followSubscriptions(key: string): void {
    const nodes = this.#book.shown(key).filter(({ what }) => what.is === 'resource' && what.found.kind === 'topic');
    if (nodes.length === 0) return;
    const detail = this.details.byArn(key);
    const counts = ['SubscriptionsConfirmed', 'SubscriptionsPending'].map((name) => numberFact(detail, name)).join();
    const before = this.#subscribed.get(key);
    this.#subscribed.set(key, counts);
    if (before === undefined || before === counts) return;
    for (const node of nodes) this.#lists.known(node)?.readAnew();
  }

  #differs(node: Node): boolean {
    return this.#said.get(node.id) !== JSON.stringify(this.#rowOf(node));
  }

  #tell(nodes: readonly Node[]): void {
    if (nodes.length > 0) this.#options.changed(nodes);
  }
}
