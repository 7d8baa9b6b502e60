// Text of unknown origin as it can be shown: what cannot be seen is made visible, and nothing of it changes what stands beside it.

/** Control and format characters and lone surrogates; not tab and line ends, nor the joiners that many scripts and emoji need. */
const unseen = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** `a\u0007b` -> `a␇b`, a lone surrogate -> `\ud83d`, a turn to the left -> `\u202e`. */
export function visibleText(text: string): string {
  return text.replaceAll(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** One line of it, of at most so many characters, never half a character. */
export function preview(text: string, most: number): string {
  const start = text
    .slice(0, most * 2)
    .replaceAll(/\s+/g, ' ')
    .trimStart();
  const cut = [...start].slice(0, most).join('');
  return visibleText(cut.length < start.length || text.length > most * 2 ? `${cut}…` : cut);
}
