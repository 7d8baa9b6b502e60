// Where an object's key may be written. Keys can hold anything: `..`, `//`, a leading slash, control characters, names that Windows keeps
// for itself. In: keys and the prefix they were asked for. Out: for each one a path below the chosen folder, and whether it was changed.
// Never: a part that is empty, `.` or `..`; two keys at one path, on file systems that do not tell capitals apart included.

export interface SafePath {
  readonly key: string;
  /** Parts, each a plain file name. */
  readonly parts: readonly string[];
  /** The key could not be taken as it is. */
  readonly changed: boolean;
}

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$/i;
const longestPart = 200;

/** One part of a path that every file system takes. */
export function safePart(part: string): string {
  const plain = part
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*\u2028\u2029]/gu, '_')
    .replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  const named = reserved.test(plain) ? `_${plain}` : plain;
  return named === '' ? '_' : shorten(named);
}

/** By bytes, as file systems count, with the ending kept. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= longestPart) return name;
  const ending = /\.[\w-]{1,16}$/.exec(name)?.[0] ?? '';
  let stem = '';
  for (const character of name.slice(0, name.length - ending.length)) {
    if (Buffer.byteLength(stem + character + ending) > longestPart) break;
    stem += character;
  }
  return stem + ending;
}

export function safePaths(keys: readonly string[], prefix: string): readonly SafePath[] {
  const taken = new Set<string>();
  return keys.map((key) => {
    const asked = key.slice(prefix.length).split('/');
    const parts = free(asked.map(safePart), taken);
    return { key, parts, changed: parts.join('/') !== asked.join('/') };
  });
}

/** Neither a path that is taken, nor one that would be a folder where a file is, or the other way round. */
function free(parts: readonly string[], taken: Set<string>): readonly string[] {
  const folded = (some: readonly string[]) => some.join('/').normalize('NFC').toLowerCase();
  const folders = parts.slice(0, -1).map((_, place) => `file ${folded(parts.slice(0, place + 1))}`);
  const clash = folders.findIndex((folder) => taken.has(folder));
  if (clash >= 0) return free(renamed(parts, clash), taken);
  if (taken.has(`file ${folded(parts)}`) || taken.has(`folder ${folded(parts)}`))
    return free(renamed(parts, parts.length - 1), taken);
  taken.add(`file ${folded(parts)}`);
  for (let place = 1; place < parts.length; place++) taken.add(`folder ${folded(parts.slice(0, place))}`);
  return parts;
}

/** `a.txt` -> `a~2.txt` -> `a~3.txt`. */
function renamed(parts: readonly string[], place: number): readonly string[] {
  const part = parts[place] ?? '_';
  const [, stem = part, number, ending = ''] = /^(.*?)(?:~(\d+))?(\.[\w-]{1,16})?$/s.exec(part) ?? [];
  return parts.with(place, `${stem}~${Number(number ?? 1) + 1}${ending}`);
}
