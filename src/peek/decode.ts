// What a message's body says, layer by layer: base64, gzip, JSON, the envelope of SNS, events of S3, one inside the other.
// In: any text. Out: layers, outermost first; the last is the innermost. Never throws, and never grows beyond its bounds.
import { gunzipSync } from 'node:zlib';
import { visibleText } from './visibleText.ts';

export type LayerKind = 'json' | 'text' | 'bytes' | 'facts';

export interface Layer {
  readonly title: string;
  readonly kind: LayerKind;
  /** JSON is indented, bytes are a hex dump, characters that cannot be seen are made visible. */
  readonly text: string;
  /** What is known of it, name by name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Something to know: it was cut short, it was not checked. */
  readonly note?: string;
}

const deepest = 8;
const mostLayers = 40;
/** Bytes that a gzip may become. */
const mostUnpacked = 10_000_000;
/** Characters of one layer. */
const longestText = 65_536;

interface Found {
  readonly layers: Layer[];
}

export function decodeBody(body: string): readonly Layer[] {
  const found: Found = { layers: [] };
  decodeText(body, 'Body', 0, found);
  return found.layers;
}

function add({ layers }: Found, layer: Omit<Layer, 'facts'> & Partial<Layer>): void {
  if (layers.length >= mostLayers) return;
  const cut = layer.text.length > longestText;
  const notes = [layer.note, cut ? `The first ${longestText} of ${layer.text.length} characters.` : undefined].filter(
    Boolean,
  );
  const { note: _note, ...rest } = layer;
  layers.push({
    facts: [],
    ...rest,
    text: cut ? layer.text.slice(0, longestText) : layer.text,
    ...(notes.length > 0 && { note: notes.join(' ') }),
  });
}

function decodeText(text: string, title: string, depth: number, found: Found): void {
  const json = parseJson(text);
  if (json !== undefined) return decodeJson(json, title, depth, found);
  add(found, { title, kind: 'text', text: visibleText(text) });
  if (depth >= deepest) return;
  const bytes = plausibleBase64(text);
  if (bytes) decodeBytes(bytes, depth + 1, found);
}

/** Objects and lists only: a bare number or word is better shown as what it is. */
function parseJson(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function indented(value: unknown): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return 'Nested too deeply to be shown.';
  }
}

function decodeJson(value: object, title: string, depth: number, found: Found): void {
  const fields = record(value);
  if (fields['Type'] !== undefined && typeof fields['Message'] === 'string' && typeof fields['TopicArn'] === 'string')
    return decodeEnvelope(fields, fields['Message'], title, depth, found);
  if (fields['Event'] === 's3:TestEvent') {
    const note = 'S3 sends this once, when the notification is set up, to see whether it may. It is about no object.';
    return add(found, {
      title: `${title}: S3 test event`,
      kind: 'json',
      text: indented(value),
      facts: pick(fields, ['Service', 'Event', 'Time', 'Bucket']),
      note,
    });
  }
  const records = fields['Records'];
  if (Array.isArray(records) && records.some((each) => record(each)['s3'] !== undefined))
    return decodeS3(records, value, title, found);
  add(found, { title: `${title}: JSON`, kind: 'json', text: indented(value) });
  if (depth < deepest) decodeInside(value, depth + 1, found);
}

/** JSON, base64 and gzip that stand as a text in a JSON object: one level, the fields that hold something. */
function decodeInside(value: object, depth: number, found: Found): void {
  for (const [name, inner] of Object.entries(value).slice(0, 100)) {
    if (typeof inner !== 'string' || inner.length < 2) continue;
    const json = parseJson(inner);
    if (json) decodeJson(json, name, depth, found);
    else {
      const bytes = plausibleBase64(inner);
      if (bytes) decodeBytes(bytes, depth, found, name);
    }
  }
}

function decodeEnvelope(fields: Fields, message: string, title: string, depth: number, found: Found): void {
  const attributes = Object.entries(record(fields['MessageAttributes'])).map(([name, each]): [string, string] => {
    const { Type, Value } = record(each);
    return [`Attribute ${visibleText(name)}`, visibleText(`${String(Value)} (${String(Type)})`)];
  });
  const facts = pick(fields, [
    'Type',
    'TopicArn',
    'Subject',
    'MessageId',
    'Timestamp',
    'SignatureVersion',
    'Signature',
  ]);
  add(found, {
    title: `${title}: SNS ${String(fields['Type']).toLowerCase()}`,
    kind: 'facts',
    text: indented(fields),
    facts: [...facts, ...attributes],
    note: 'The signature is shown, not verified.',
  });
  if (depth < deepest) decodeText(message, 'Message', depth + 1, found);
}

function decodeS3(records: readonly unknown[], value: object, title: string, found: Found): void {
  const facts = records.slice(0, 50).flatMap((each, place): (readonly [string, string])[] => {
    const { eventName, eventTime, s3 } = record(each);
    const { bucket, object } = record(s3);
    const { key, size, eTag, versionId } = record(object);
    const mark = records.length === 1 ? '' : `${place + 1}. `;
    const known: readonly (readonly [string, unknown])[] = [
      ['Event', eventName],
      ['Time', eventTime],
      ['Bucket', record(bucket)['name']],
      ['Key', typeof key === 'string' ? decodedKey(key) : key],
      ['Size', typeof size === 'number' ? `${size} bytes` : size],
      ['ETag', eTag],
      ['Version', versionId],
    ];
    return known.flatMap(([name, fact]) =>
      fact === undefined ? [] : [[`${mark}${name}`, visibleText(String(fact))] as const],
    );
  });
  const note = records.length > 50 ? `The first 50 of ${records.length} records.` : undefined;
  add(found, { title: `${title}: S3 event`, kind: 'json', text: indented(value), facts, ...(note && { note }) });
}

/** S3 encodes keys as a web form does: a space is a plus. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

type Fields = Readonly<Record<string, unknown>>;
const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const pick = (fields: Fields, names: readonly string[]): (readonly [string, string])[] =>
  names.flatMap((name) => {
    const value = fields[name];
    return value === undefined
      ? []
      : [[name, visibleText(typeof value === 'string' ? value : JSON.stringify(value))] as const];
  });

/**
 * Bytes, where a text can hardly be anything but base64: of the right length and letters, long enough, and what comes out is
 * gzip, or text that is no noise.
 */
function plausibleBase64(text: string): Buffer | undefined {
  const packed = text.replaceAll(/\s/g, '');
  if (packed.length < 16 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return undefined;
  const bytes = Buffer.from(packed, 'base64');
  if (isGzip(bytes)) return bytes;
  // Words and ids in hex are letters of base64, too: only what becomes readable text is taken for it.
  const words = /^[a-z]+$|^[A-Z]+$|^[0-9a-f]+$|^\d+$/.test(packed);
  return !words && utf8Of(bytes) !== undefined ? bytes : undefined;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** Undefined: these bytes are not text. */
function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex -- control characters are what tells text from bytes
    return /[\u0000-\u0008\u000e-\u001a\u007f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Base64 of bytes, as in a binary attribute. */
export function decodeBinary(base64: string): readonly Layer[] {
  const found: Found = { layers: [] };
  const bytes = Buffer.from(base64, 'base64');
  add(found, { title: `${bytes.length} bytes`, kind: 'bytes', text: hexDump(bytes) });
  if (isGzip(bytes) || utf8Of(bytes) !== undefined) decodeBytes(bytes, 1, found);
  return found.layers;
}

function decodeBytes(bytes: Buffer, depth: number, found: Found, name?: string): void {
  const of = name === undefined ? '' : `${name}: `;
  if (isGzip(bytes)) return unpack(bytes, depth, found, of);
  const text = utf8Of(bytes);
  if (text === undefined) add(found, { title: `${of}bytes`, kind: 'bytes', text: hexDump(bytes) });
  else decodeText(text, `${of}from base64`, depth, found);
}

function unpack(bytes: Buffer, depth: number, found: Found, of: string): void {
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: mostUnpacked });
    const text = utf8Of(unpacked);
    if (text !== undefined && depth < deepest) return decodeText(text, `${of}from gzip`, depth + 1, found);
    add(found, { title: `${of}from gzip`, kind: 'bytes', text: hexDump(unpacked) });
  } catch (error) {
    const large = error instanceof RangeError;
    const note = large
      ? `It unpacks to more than ${mostUnpacked / 1e6} MB, which is not shown.`
      : 'It begins as gzip does, but cannot be unpacked.';
    add(found, { title: `${of}gzip`, kind: 'bytes', text: hexDump(bytes), note });
  }
}

/** 16 bytes a line: offset, hex, and the letters among them. */
export function hexDump(bytes: Uint8Array, most = 4096): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, most); at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, most))];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${letters}`);
  }
  if (bytes.length > most) lines.push(`… ${bytes.length - most} bytes more`);
  return lines.join('\n');
}
