// Search over what was seen: words in bodies and attributes, and filters such as `group:a receives>2 attr.Kind:order -state:delayed`.
// No index is built: a case-insensitive pattern over 100,000 messages takes some 30 ms, less than an index takes to build.
import type { SeenMessage } from './model.ts';

export interface Filter {
  readonly matches: (message: SeenMessage, now: number) => boolean;
  /** What was not understood, as a sentence; such a part is left out. */
  readonly problem?: string;
  readonly empty: boolean;
}

type Test = (message: SeenMessage, now: number) => boolean;

/** Words that belong together stand in quotes; `-` before a part means without it. What is no known field is text. */
export function parseFilter(text: string): Filter {
  const tests: Test[] = [];
  let problem: string | undefined;
  for (const part of text.match(/-?(?:[^\s":<>=]+[:<>=]+)?"[^"]*"(?=\s|$)|\S+/g) ?? []) {
    const without = part.length > 1 && part.startsWith('-');
    const test = readPart(without ? part.slice(1) : part);
    if (typeof test === 'string') problem = test;
    else tests.push(without ? (message, now) => !test(message, now) : test);
  }
  return {
    empty: tests.length === 0,
    matches: (message, now) => tests.every((test) => test(message, now)),
    ...(problem !== undefined && { problem }),
  };
}

function readPart(part: string): Test | string {
  const [, name = '', operator = '', value = ''] = /^([a-z]+(?:\.[^:<>=]+)?)(:|<=|>=|<|>|=)(.*)$/i.exec(part) ?? [];
  const field = name.toLowerCase();
  const wanted = value.replace(/^"(.*)"$/, '$1');
  if (/^attr\./i.test(name)) return attributeTest(name.slice(5), wanted);
  const words = Object.hasOwn(texts, field) ? texts[field] : undefined;
  if (words && (operator === ':' || operator === '=')) return textTest(words, operator, wanted);
  const number = Object.hasOwn(numbers, field) ? numbers[field] : undefined;
  if (number) return numberTest(field, number, operator, wanted);
  return anywhere(part.replace(/^"(.*)"$/, '$1'));
}

const pattern = (text: string): RegExp => new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'i');

function anywhere(text: string): Test {
  const wanted = pattern(text);
  return ({ body, id, groupId, attributes }) => {
    if (wanted.test(body) || wanted.test(id) || (groupId !== undefined && wanted.test(groupId))) return true;
    for (const name in attributes) if (wanted.test(name) || wanted.test(valueOf(attributes, name))) return true;
    return false;
  };
}

const valueOf = (attributes: SeenMessage['attributes'], name: string): string =>
  attributes[name]?.StringValue ?? attributes[name]?.BinaryValue ?? '';

function attributeTest(name: string, value: string): Test {
  const wanted = pattern(value);
  const lower = name.toLowerCase();
  return ({ attributes }) => {
    for (const each in attributes)
      if (each.toLowerCase() === lower && wanted.test(valueOf(attributes, each))) return true;
    return false;
  };
}

const texts: Readonly<Record<string, (message: SeenMessage) => string>> = {
  group: ({ groupId }) => groupId ?? '',
  state: ({ state }) => (state === 'inflight' ? 'in-flight' : state),
  id: ({ id }) => id,
  body: ({ body }) => body,
  source: ({ source }) => source ?? '',
  sender: ({ senderId }) => senderId ?? '',
};

function textTest(read: (message: SeenMessage) => string, operator: ':' | '=', value: string): Test {
  const lower = value.toLowerCase();
  if (operator === '=') return (message) => read(message).toLowerCase() === lower;
  const wanted = pattern(read === texts['state'] ? lower.replace(/^in\W?f/, 'in-f') : value);
  return (message) => wanted.test(read(message));
}

interface NumberField {
  readonly read: (message: SeenMessage, now: number) => number;
  readonly unit: 'count' | 'bytes' | 'time';
}

const numbers: Readonly<Record<string, NumberField>> = {
  receives: { read: ({ receives }) => receives, unit: 'count' },
  size: { read: ({ size }) => size, unit: 'bytes' },
  age: { read: ({ sentAt }, now) => now - sentAt, unit: 'time' },
  expires: { read: ({ expiresAt }, now) => expiresAt - now, unit: 'time' },
};

const units: Readonly<Record<NumberField['unit'], Readonly<Record<string, number>>>> = {
  count: { '': 1 },
  bytes: { '': 1, b: 1, k: 1024, kb: 1024, kib: 1024, m: 1_048_576, mb: 1_048_576, mib: 1_048_576 },
  time: { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 },
};

const examples: Readonly<Record<NumberField['unit'], string>> = { count: '2', bytes: '4k', time: '30m' };

function numberTest(field: string, { read, unit }: NumberField, operator: string, value: string): Test | string {
  const [, digits = '', name = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(value) ?? [];
  const factor = digits === '' ? undefined : units[unit][name.toLowerCase()];
  if (factor === undefined) return `${field} is compared with a number, such as ${field}>${examples[unit]}.`;
  const wanted = Number(digits) * factor;
  const compare = comparisons[operator] ?? ((a, b) => a === b);
  return (message, now) => compare(read(message, now), wanted);
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};
