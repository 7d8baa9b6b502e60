/**
 * An object's key, or a part of one, as it can be read: control characters and others that show nothing, or turn the line
 * around, become visible; two different keys never look the same because of them.
 */
export function keyText(key: string): string {
  return plain.test(key) ? key : [...key].map(visible).join('');
}

/** Nearly every key there is: ASCII that can be seen, with no space at an end. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/** The part of a key after its folder; an empty name, as in `a//b`, is said. */
export function nameInFolder(key: string, prefix: string): string {
  const rest = key.startsWith(prefix) ? key.slice(prefix.length) : key;
  const name = rest.endsWith('/') ? rest.slice(0, -1) : rest;
  return name === '' ? '(no name)' : keyText(name);
}

/** In letters that every font has. */
const named: Readonly<Record<string, string>> = { '\n': '‹LF›', '\r': '‹CR›', '\t': '‹TAB›', '\u0000': '‹NUL›' };
const unseen = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]$/u;
/** Joins emoji and picks their form: without them 👩‍👧 falls apart. */
const joining = new Set(['\u200d', '\ufe0f']);

function visible(character: string, index: number, all: readonly string[]): string {
  const code = character.codePointAt(0) ?? 0;
  if (named[character] !== undefined) return named[character];
  if (joining.has(character) && /\p{Extended_Pictographic}/u.test(all[index - 1] ?? '')) return character;
  if (unseen.test(character)) return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  // A space at an end cannot be seen otherwise.
  if (character === ' ' && (index === 0 || index === all.length - 1)) return '‹SP›';
  return character;
}
