// One page of keys and common prefixes, in order. Keys under a delimiter are passed over as a whole, not one by one.
import type { KeyIndex } from '../keyIndex.ts';
import { afterAll, compareKeys } from '../keyOrder.ts';
import type { KeyEntry } from '../objects/version.ts';

export interface Walk {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what comes after this; a common prefix that it is, or is within, is passed over too. */
  readonly after: string;
  readonly most: number;
  /** Whether an entry is to be shown. */
  readonly shows: (entry: KeyEntry) => boolean;
}

export interface WalkPage {
  readonly items: readonly (KeyEntry | string)[];
  readonly truncated: boolean;
  /** The last key or common prefix of the page. */
  readonly last: string | undefined;
}

/** Items are entries, and texts for common prefixes. */
export function walk(objects: KeyIndex<KeyEntry>, { prefix, delimiter, after, most, shows }: Walk): WalkPage {
  const items: (KeyEntry | string)[] = [];
  let last: string | undefined;
  let from = compareKeys(after, prefix) > 0 ? after : prefix;
  const passed = commonPrefix(after, prefix, delimiter);
  if (passed !== undefined) from = afterAll(passed);
  for (;;) {
    let skipTo: string | undefined;
    for (const entry of objects.from(from)) {
      const { key } = entry;
      if (!key.startsWith(prefix)) return { items, truncated: false, last };
      if (key === after || !shows(entry)) continue;
      if (items.length >= most) return { items, truncated: most > 0, last };
      const common = commonPrefix(key, prefix, delimiter);
      items.push(common ?? entry);
      last = common ?? key;
      if (common === undefined) continue;
      skipTo = afterAll(common);
      break;
    }
    if (skipTo === undefined) return { items, truncated: false, last };
    from = skipTo;
  }
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
