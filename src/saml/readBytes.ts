// Bytes -> text, and what kept them from being one. Nothing is thrown; what is no text is said in a sentence.
import { Findings, Lines, type Finding } from './finding.ts';

/** More is refused unread: IAM takes 10 million characters, and nobody writes that by hand. */
export const mostBytes = 32 * 1024 * 1024;

export interface DecodedBytes {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** False: no use to parse it. */
  readonly readable: boolean;
  readonly encoding: string;
}

export function sizeSentence(bytes: number): string {
  return `The document has ${(bytes / 1024 / 1024).toFixed(0)} MB; more than ${mostBytes / 1024 / 1024} MB are not read.`;
}

export function decodeBytes(bytes: Uint8Array): DecodedBytes {
  if (bytes.length > mostBytes) return unreadable(sizeSentence(bytes.length));
  const kind = knownBinary(bytes);
  if (kind !== undefined) return unreadable(`This is ${kind}, not XML.`);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return decodeWide(bytes, wide);
  return decodeNarrow(bytes);
}

function unreadable(message: string, text = ''): DecodedBytes {
  const findings = new Findings(new Lines(text));
  findings.error('R1', { start: 0, end: 0 }, message);
  return { text, findings: findings.all, readable: false, encoding: '' };
}

const signatures: readonly (readonly [string, string])[] = [
  ['1f8b', 'a gzip archive'],
  ['504b0304', 'a zip archive'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['3082', 'a certificate or key in binary form (DER)'],
];

function knownBinary(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return signatures.find(([start]) => head.startsWith(start))?.[1];
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0 && d !== 0)) return 'utf-16be';
  return undefined;
}

function decodeWide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedBytes {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  const text = (encoding === 'utf-16be' ? even.swap16() : even).toString('utf16le').replace(/^\uFEFF/, '');
  const findings = new Findings(new Lines(text));
  const message = 'The file is UTF-16. Save it as UTF-8 without byte order mark.';
  findings.error('R3', { start: 0, end: 0 }, message, { profiles: ['iam'] });
  findings.inform('R3', { start: 0, end: 0 }, message);
  return { text, findings: findings.all, readable: true, encoding };
}

function decodeNarrow(bytes: Uint8Array): DecodedBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    buffer.toString('latin1', 0, 300),
  )?.[1];
  const label = (declared ?? 'utf-8').toLowerCase();
  // The mark is believed, whatever the declaration says.
  if (buffer.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return decodeUtf8(buffer);
  if (/^(?:ucs-?[24]|utf-?(?:16|32)(?:le|be)?|iso-10646-ucs-[24])$/.test(label))
    return unreadable(
      `The file says that it is ${declared}, and is not. Write encoding="UTF-8" in its first line.`,
      buffer.toString('utf8'),
    );
  if (/^(?:us-)?ascii$/.test(label) && buffer.some((byte) => byte > 0x7f))
    return unreadable(
      `The file says that it is ${declared}, and has other letters. Write encoding="UTF-8" in its first line.`,
      buffer.toString('utf8'),
    );
  if (/^(?:utf-?8|us-ascii|ascii)$/.test(label)) return decodeUtf8(buffer);
  return decodeDeclared(buffer, declared ?? label);
}

function decodeUtf8(buffer: Buffer): DecodedBytes {
  const text = buffer.toString('utf8');
  if (text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(buffer)) {
    const start = text.indexOf('\uFFFD');
    const findings = new Findings(new Lines(text));
    findings.error(
      'R1',
      { start, end: start + 1 },
      'The file is not valid UTF-8: here is a byte that cannot stand in it.',
    );
    return { text, findings: findings.all, readable: false, encoding: 'utf-8' };
  }
  return { text, findings: [], readable: true, encoding: 'utf-8' };
}

function decodeDeclared(buffer: Buffer, declared: string): DecodedBytes {
  try {
    const text = new TextDecoder(declared, { fatal: true }).decode(buffer);
    const findings = new Findings(new Lines(text));
    const message = `The file is ${declared}. Save it as UTF-8 without byte order mark.`;
    findings.error('R3', { start: 0, end: 0 }, message, { profiles: ['iam'] });
    findings.inform('R3', { start: 0, end: 0 }, message);
    return { text, findings: findings.all, readable: true, encoding: declared };
  } catch {
    return unreadable(`The encoding ${declared} that the file names is not known, or the file is not in it.`);
  }
}
