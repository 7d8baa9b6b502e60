// Whether a text is SAML metadata, told by its beginning alone: what stands before the root is passed over, nothing is parsed.

const most = 100_000;

/** `text` may be only the beginning. */
export function looksLikeMetadata(text: string): boolean {
  const at = startOfRoot(text.slice(0, most));
  return /^<(?:[\w.-]+:)?(?:EntityDescriptor|EntitiesDescriptor)(?=[\s/>]|$)/i.test(text.slice(at, at + 200));
}

/** Federation metadata is fetched from an address; without a sign-in, what comes is a web page. */
export function isPageInstead(path: string, text: string): boolean {
  return /metadata[^/]*\.xml$/i.test(path) && /^\s*<(?:!doctype\s+html|html[\s>])/i.test(text.slice(0, 1000));
}

/** Behind white space, declarations and comments. */
function startOfRoot(text: string): number {
  let at = 0;
  for (;;) {
    while (/[\s\uFEFF]/.test(text[at] ?? '<')) at += 1;
    const end = endOfMisc(text, at);
    if (end === undefined) return at;
    at = end;
  }
}

function endOfMisc(text: string, at: number): number | undefined {
  if (text.startsWith('<?', at)) return behind(text, '?>', at);
  if (text.startsWith('<!--', at)) return behind(text, '-->', at);
  if (!/^<!DOCTYPE/i.test(text.slice(at, at + 9))) return undefined;
  const close = text.indexOf('>', at);
  const bracket = text.indexOf('[', at);
  return behind(text, bracket >= 0 && bracket < close ? ']>' : '>', at);
}

function behind(text: string, sign: string, at: number): number | undefined {
  const found = text.indexOf(sign, at);
  return found < 0 ? undefined : found + sign.length;
}
