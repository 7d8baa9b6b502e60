import { findNodeAtLocation, getLocation, type Location } from 'jsonc-parser';
import { suggestKeys, suggestValues, type Suggestion } from './suggest.ts';
import type { Attachment, Span } from './model.ts';
import { placeOf } from './place.ts';
import { membersOf, readTree } from './tree.ts';

export interface Completion extends Span {
  readonly label: string;
  /** What comes into the place of `start` to `end`; `${1}` are places to fill in. */
  readonly insert: string;
  readonly what: string;
  readonly kind: Suggestion['kind'];
}

/** What can stand at an offset of a policy's text. Never throws. */
export function completePolicy(text: string, offset: number, of: Attachment): readonly Completion[] {
  const location = getLocation(text, offset);
  const { start, end } = replaced(location, text, offset);
  const after = text.slice(end).trimStart();
  if (!location.isAtPropertyKey) {
    const comma = /^["{[\w-]/.test(after) ? ',' : '';
    return suggestValues(placeOf(location.path), of).map(({ label, value, what, kind }) => ({
      label,
      insert: `${value}${comma}`,
      what,
      kind,
      start,
      end,
    }));
  }
  const path = location.path.slice(0, -1);
  const named = after.startsWith(':');
  const comma = !named && after.startsWith('"') ? ',' : '';
  const taken = namesAt(text, path, start);
  return suggestKeys(placeOf(path), of)
    .filter(({ label }) => !taken.has(label))
    .map(({ label, value, what, kind }) => ({
      label,
      insert: named ? JSON.stringify(label) : `${escaped(JSON.stringify(label))}: ${value}${comma}`,
      what,
      kind,
      start,
      end,
    }));
}

const escaped = (text: string): string => text.replaceAll('$', String.raw`\$`);

/** The word or text that is being written. */
function replaced({ previousNode: node }: Location, text: string, offset: number): Span {
  const within = node !== undefined && node.offset <= offset && offset <= node.offset + node.length;
  if (!within || node.type === 'object' || node.type === 'array') {
    const word = /[\w:.*-]*$/.exec(text.slice(0, offset))?.[0] ?? '';
    return { start: offset - word.length, end: offset };
  }
  // A text that is not closed yet goes on to the end of its line only.
  const line = text.slice(node.offset, node.offset + node.length).split('\n')[0] ?? '';
  return { start: node.offset, end: Math.max(offset, node.offset + line.trimEnd().length) };
}

/** Of the members there, but for the one that is being written. */
function namesAt(text: string, path: Location['path'], start: number): ReadonlySet<string> {
  const { root } = readTree(text);
  const object = root && findNodeAtLocation(root, path);
  return new Set(membersOf(object).flatMap(({ name, key }) => (key.offset === start ? [] : [name])));
}
