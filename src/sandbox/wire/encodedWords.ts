// RFC 2047: how S3 says in a header what is not ASCII, and what it decodes when a header says so. https://www.rfc-editor.org/rfc/rfc2047
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html

const word = /=\?utf-8\?(?:q\?([^?]*)|b\?([\w+/]+=*))\?=(?:\s+(?==\?utf-8\?))?/gi;

export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replaceAll(word, (_whole, q: string | undefined, b: string | undefined) =>
    q === undefined ? Buffer.from(b ?? '', 'base64').toString('utf8') : decodeQ(q),
  );
}

const decodeQ = (data: string): string => {
  const bytes = data
    .replaceAll('_', ' ')
    .replaceAll(/=([\da-f]{2})/gi, (_whole, hex: string) => byte(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

const byte = (code: number): string => String.fromCharCode(code);

/** Text that is not plain ASCII as one encoded word: in Q where most of it is ASCII, else in B. */
export function encodeWord(text: string): string {
  const plain = text.match(/[\t\r\n\u0020-\u007e]/g)?.length ?? 0;
  if (plain === text.length) return text;
  const bytes = Buffer.from(text, 'utf8');
  return plain > text.length - plain ? `=?UTF-8?Q?${encodeQ(bytes)}?=` : `=?UTF-8?B?${bytes.toString('base64')}?=`;
}

function encodeQ(bytes: Buffer): string {
  let text = '';
  for (const code of bytes) {
    if (code === 0x20) text += '_';
    else if (code < 0x20 || code > 0x7e || '=_?'.includes(byte(code)))
      text += `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else text += byte(code);
  }
  return text;
}
