// All rows there are, by id, and where each resource is shown. The same row is the same object for as long as it is shown.
import type { Found } from '../../aws/resources/kind.ts';
import type { Aim, GroupName } from './aim.ts';
import { detailKey } from './detail.ts';
import { aimOf, idUnder, type Node, type Place, type What } from './node.ts';

export class NodeBook {
  readonly #nodes = new Map<string, Node>();
  readonly #shown = new Map<string, Set<Node>>();

  get(id: string): Node | undefined {
    return this.#nodes.get(id);
  }

  all(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  group(group: GroupName): Node {
    return this.node(undefined, group, { is: 'group', group });
  }

  resource(parent: Node, found: Found, place?: Place): Node {
    const key = detailKey(found);
    const node = this.node(parent, `${place ?? ''}${key}`, { is: 'resource', found, ...(place && { place }) });
    const shown = this.#shown.get(key);
    if (shown) shown.add(node);
    else this.#shown.set(key, new Set([node]));
    return node;
  }

  node(parent: Node | undefined, part: string, what: What): Node {
    const id = idUnder(parent, part);
    const known = this.#nodes.get(id);
    if (known) {
      known.what = what;
      return known;
    }
    const aim = aimOf(what);
    const node: Node = { id, parent, what, ...(aim && { aim }) };
    this.#nodes.set(id, node);
    return node;
  }

  shown(key: string): readonly Node[] {
    return [...(this.#shown.get(key) ?? [])];
  }

  /** Gives where it was shown. */
  remove(key: string): readonly Node[] {
    const nodes = this.shown(key);
    for (const { id } of nodes) this.#nodes.delete(id);
    this.#shown.delete(key);
    return nodes;
  }

  aimedAt(aim: Aim): readonly Node[] {
    if (aim.kind === 'group') return [this.group(aim.group)];
    if (aim.kind === 'resource') return this.shown(detailKey(aim.found));
    const own = aim.kind === 'folder' ? this.#folders(aim.bucket, aim.key) : [];
    return [...own, ...this.#holders(aim.bucket, aim.key)];
  }

  /** The rows under which this key is listed: those of the nearest folder that is shown. */
  #holders(bucket: Found, key: string): readonly Node[] {
    const slash = key.replace(/\/$/, '').lastIndexOf('/');
    if (slash < 0) return this.shown(detailKey(bucket));
    const folder = key.slice(0, slash + 1);
    const shown = this.#folders(bucket, folder);
    return shown.length > 0 ? shown : this.#holders(bucket, folder);
  }

  #folders(bucket: Found, key: string): readonly Node[] {
    return this.all().filter(({ what }) => what.is === 'folder' && what.key === key && what.bucket.ref === bucket.ref);
  }

  clear(): void {
    this.#nodes.clear();
    this.#shown.clear();
  }
}
