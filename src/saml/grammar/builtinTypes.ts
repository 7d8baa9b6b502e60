// XML Schema's own simple types as libxml2 judges them: it, and not the letter of the standard, is what the world's
// validators run, and our verdict should be theirs. In: a value. Out: what is wrong with it, or undefined.
import { durationProblem, momentProblem } from './timeTypes.ts';
import { isUri } from './uriType.ts';

type Check = (value: string) => boolean;

interface Builtin {
  readonly space: 'keep' | 'replace' | 'collapse';
  readonly ok: Check;
  /** For people: "should be ..." */
  readonly what: string;
}

const nameStart =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const nameRest = `${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}`;
const ncName = new RegExp(`^[${nameStart}][${nameRest}]*$`, 'u');
const name = new RegExp(`^[:${nameStart}][:${nameRest}]*$`, 'u');
const nmtoken = new RegExp(`^[:${nameRest}]+$`, 'u');
const qName = new RegExp(`^(?:[${nameStart}][${nameRest}]*:)?[${nameStart}][${nameRest}]*$`, 'u');

// libxml2 holds 24 digits.
const integer = /^[+-]?0*\d{1,24}$/;

function within(low: bigint | undefined, high: bigint | undefined): Check {
  return (value) => {
    if (!integer.test(value) || value.length > 1000) return false;
    const number = BigInt(value.replace(/^\+/, ''));
    return (low === undefined || number >= low) && (high === undefined || number <= high);
  };
}

const collapsed = (ok: Check, what: string): Builtin => ({ space: 'collapse', ok, what });
const matching = (pattern: RegExp, what: string) => collapsed((value) => pattern.test(value), what);
const whole = (low: bigint | undefined, high: bigint | undefined, what: string) => collapsed(within(low, high), what);
const asWritten = (ok: Check, what: string): Builtin => ({ space: 'keep', ok, what });
// Where libxml2 counts bits it takes no blanks around, and no sign where there can be none below 0.
const bits = (low: bigint, high: bigint, what: string) => asWritten(within(low, high), what);
const unsigned = (high: bigint, what: string) =>
  asWritten((value) => /^\d/.test(value) && within(0n, high)(value), what);
// Nor before a time, nor behind a duration.
const moment = (kind: Parameters<typeof momentProblem>[0], what: string) =>
  asWritten((value) => momentProblem(kind, value.replace(/[ \t\r\n]+$/, '')) === undefined, what);

const anything: Builtin = { space: 'keep', ok: () => true, what: 'text' };
const id = matching(ncName, 'a name that begins with a letter or "_" and has no blank and no colon');
const max = (count: bigint) => 2n ** count - 1n;

export const builtins: Readonly<Record<string, Builtin>> = {
  anySimpleType: anything,
  string: anything,
  normalizedString: { ...anything, space: 'replace' },
  token: { ...anything, space: 'collapse' },
  anyURI: collapsed(isUri, 'an address (URI)'),
  boolean: matching(/^(?:true|false|1|0)$/, 'true or false'),
  ID: id,
  IDREF: id,
  ENTITY: id,
  NCName: id,
  Name: matching(name, 'an XML name'),
  NMTOKEN: matching(nmtoken, 'one word of name characters'),
  QName: matching(qName, 'a name, with or without a prefix'),
  language: matching(/^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/, 'a language such as en or de-AT'),
  base64Binary: { space: 'collapse', ok: isBase64, what: 'base64' },
  hexBinary: matching(/^(?:[0-9a-fA-F]{2})*$/, 'pairs of hexadecimal digits'),
  decimal: collapsed(
    (value) => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value) && value.replace(/\D/g, '').length <= 24,
    'a number',
  ),
  float: matching(/^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/, 'a number'),
  double: matching(/^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/, 'a number'),
  integer: whole(undefined, undefined, 'a whole number'),
  nonNegativeInteger: whole(0n, undefined, 'a whole number, 0 or more'),
  positiveInteger: whole(1n, undefined, 'a whole number, 1 or more'),
  nonPositiveInteger: whole(undefined, 0n, 'a whole number, 0 or less'),
  negativeInteger: whole(undefined, -1n, 'a whole number below 0'),
  unsignedByte: unsigned(max(8n), 'a whole number from 0 to 255'),
  unsignedShort: unsigned(max(16n), 'a whole number from 0 to 65535'),
  unsignedInt: unsigned(max(32n), 'a whole number from 0 to 4294967295'),
  unsignedLong: unsigned(max(64n), 'a whole number, 0 or more'),
  byte: bits(-(2n ** 7n), max(7n), 'a whole number from -128 to 127'),
  short: bits(-(2n ** 15n), max(15n), 'a whole number from -32768 to 32767'),
  int: bits(-(2n ** 31n), max(31n), 'a whole number'),
  long: bits(-(2n ** 63n), max(63n), 'a whole number'),
  dateTime: moment('dateTime', 'a time such as 2030-01-31T12:00:00Z'),
  date: moment('date', 'a date such as 2030-01-31'),
  time: moment('time', 'a time of day such as 12:00:00'),
  gYear: moment('gYear', 'a year'),
  gYearMonth: moment('gYearMonth', 'a year and month such as 2030-01'),
  gMonthDay: moment('gMonthDay', 'a month and day such as --01-31'),
  gDay: moment('gDay', 'a day such as ---31'),
  gMonth: moment('gMonth', 'a month such as --01'),
  duration: asWritten(
    (value) => durationProblem(value.replace(/^[ \t\r\n]+/, '')) === undefined,
    'a duration such as PT1H or P7D',
  ),
};

const lists: Readonly<Record<string, string>> = { NMTOKENS: 'NMTOKEN', IDREFS: 'IDREF', ENTITIES: 'ENTITY' };

export function isBuiltin(type: string): boolean {
  return type === 'anyType' || Object.hasOwn(builtins, type) || Object.hasOwn(lists, type);
}

export function normalize(value: string, space: Builtin['space']): string {
  if (space === 'keep') return value;
  const replaced = value.replace(/[\t\n\r]/g, ' ');
  return space === 'replace' ? replaced : replaced.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

/** `what` the value should be, where it is not. */
export function builtinProblem(type: string, value: string): string | undefined {
  const item = lists[type];
  if (item !== undefined) {
    const words = normalize(value, 'collapse').split(' ').filter(Boolean);
    if (words.length === 0) return 'at least one word';
    return words.map((word) => builtinProblem(item, word)).find((problem) => problem !== undefined);
  }
  const builtin = builtins[type] ?? anything;
  return builtin.ok(normalize(value, builtin.space)) ? undefined : builtin.what;
}

const sextets = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Strays (blanks, dashes, dots) count for nothing, as in libxml2; padding must fit, and its spare bits must be 0. */
export function isBase64(value: string): boolean {
  const [body = '', ...tail] = value.split('=');
  const digits = body.replace(/[^A-Za-z0-9+/]/g, '');
  const padding = value.length - value.replaceAll('=', '').length;
  if (tail.some((rest) => /[A-Za-z0-9+/]/.test(rest))) return false;
  const final = sextets.indexOf(digits.at(-1) ?? '');
  if (padding === 0) return digits.length % 4 === 0;
  if (padding === 1) return digits.length % 4 === 3 && (final & ~0x3c) === 0;
  return padding === 2 && digits.length % 4 === 2 && (final & ~0x30) === 0;
}
