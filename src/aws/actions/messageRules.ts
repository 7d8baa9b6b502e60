// What SQS, SNS and Kinesis will not take, said before the call and in words.
// In: where a message goes and what was typed. Out: every field that does not fit, with the rule. Pure.
import { isBinary, weigh, type Destination, type Draft, type DraftAttribute } from './draft.ts';

export interface DraftProblem {
  /** The field's name in Draft; `attributes.2.name` of the third attribute. */
  readonly field: string;
  readonly what: string;
}

export const mostAttributes = 10;
export const mostCopies = 1000;

export function problemsOf(to: Destination, draft: Draft): readonly DraftProblem[] {
  const byKind = { queue: queueProblems, topic: topicProblems, stream: streamProblems }[to.kind];
  return [...byKind(to, draft), ...sizeProblems(to, draft), ...countProblems(draft)];
}

type Rule = readonly [field: string, broken: boolean, what: string];

const broken = (rules: readonly Rule[]): DraftProblem[] => {
  const first = new Map<string, DraftProblem>();
  for (const [field, isBroken, what] of rules) if (isBroken && !first.has(field)) first.set(field, { field, what });
  return [...first.values()];
};

/** Anything that XML 1.0 cannot hold, lone surrogates too. */
const unsendable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const unsendableWords = (what: string): string =>
  `${what} holds a control character that cannot be sent. Only tab, line feed and carriage return can.`;

function queueProblems(to: Destination, draft: Draft): DraftProblem[] {
  const delay = draft.delay.trim();
  return [
    ...broken([
      ['body', draft.body === '', 'The body is empty. SQS takes from 1 byte on.'],
      ['body', unsendable.test(draft.body), unsendableWords('The body')],
      ['delay', to.fifo && delay !== '', 'A FIFO queue delays all its messages alike: set the delay on the queue.'],
      ['delay', delay !== '' && !isWhole(delay, 900), 'The delay is a whole number of seconds, 0 to 900.'],
    ]),
    ...fifoProblems(to, draft),
    ...attributeProblems(to, draft.attributes),
  ];
}

function topicProblems(to: Destination, draft: Draft): DraftProblem[] {
  const { subject } = draft;
  const controls = /\p{Cc}/u;
  return [
    ...broken([
      ['body', draft.body === '' && draft.perProtocol, 'The text for all others is empty, and SNS wants a default.'],
      ['body', draft.body === '', 'The message is empty. SNS takes from 1 byte on.'],
      ['body', unsendable.test(draft.body), unsendableWords('The message')],
      ['subject', [...subject].length > 100, 'A subject has at most 100 characters.'],
      ['subject', controls.test(subject), 'A subject has no line breaks and no control characters.'],
      ['subject', /^\s/.test(subject), 'A subject begins with a letter, a digit or a punctuation mark.'],
    ]),
    ...Object.entries(draft.perProtocol ? draft.bodies : {})
      .filter(([, text]) => unsendable.test(text))
      .map(([protocol]) => ({ field: `bodies.${protocol}`, what: unsendableWords('This text') })),
    ...fifoProblems(to, draft),
    ...attributeProblems(to, draft.attributes),
  ];
}

function streamProblems(_to: Destination, { body, base64, partitionKey, hashKey }: Draft): DraftProblem[] {
  const key = [...partitionKey].length;
  return broken([
    ['body', base64 && !isBase64(body), 'This is not base64: A-Z, a-z, 0-9, + and /, in groups of four.'],
    ['partitionKey', key === 0, 'A record needs a partition key: records with the same one keep their order.'],
    ['partitionKey', key > 256, `A partition key has at most 256 characters; this one has ${key}.`],
    [
      'hashKey',
      hashKey.trim() !== '' && !isHashKey(hashKey.trim()),
      'A hash key is a whole number, 0 to 2^128 - 1 (340282366920938463463374607431768211455).',
    ],
  ]);
}

const identifier = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

function fifoProblems(to: Destination, { groupId, deduplicationId }: Draft): DraftProblem[] {
  const rule = 'has 1 to 128 letters (a-z), digits and punctuation marks, and no spaces.';
  return broken([
    ['groupId', to.fifo && groupId === '', 'FIFO: a message belongs to a group, within which the order is kept.'],
    ['groupId', groupId !== '' && !identifier.test(groupId), `A group id ${rule}`],
    [
      'deduplicationId',
      to.fifo && !to.contentDeduplication && deduplicationId === '',
      `Needed here: ${to.name} does not make one from the body (content-based deduplication is off).`,
    ],
    ['deduplicationId', deduplicationId !== '' && !to.fifo, `Only a FIFO ${to.kind} takes a deduplication id.`],
    ['deduplicationId', deduplicationId !== '' && !identifier.test(deduplicationId), `A deduplication id ${rule}`],
  ]);
}

function attributeProblems(to: Destination, attributes: readonly DraftAttribute[]): DraftProblem[] {
  const tooMany = to.kind === 'queue' && attributes.length > mostAttributes;
  return [
    ...(tooMany ? [{ field: 'attributes', what: `A message has at most ${mostAttributes} attributes.` }] : []),
    ...attributes.flatMap((attribute, place) => {
      const twin = attributes.findIndex(({ name }) => name === attribute.name) < place;
      return broken(attributeRules(to, attribute, `attributes.${place}`, twin));
    }),
  ];
}

function attributeRules(to: Destination, { name, type, value }: DraftAttribute, at: string, twin: boolean): Rule[] {
  const field = `${at}.name`;
  return [
    [field, name === '', 'An attribute needs a name.'],
    [field, Buffer.byteLength(name) > 256, "An attribute's name has at most 256 characters."],
    [field, !/^[\p{L}\p{N}_.-]*$/u.test(name), "An attribute's name has only letters, digits, _, - and dots."],
    [field, /^\.|\.$|\.\./.test(name), 'A name does not begin or end with a dot, and has no two in a row.'],
    [field, /^(aws|amazon)\./i.test(name), 'Names that begin with AWS. or Amazon. are kept for AWS.'],
    [field, twin, 'Another attribute has this name already.'],
    [
      `${at}.type`,
      !typesOf(to).test(type),
      'The type is String, Number or Binary, or one of these with a dot and a name.',
    ],
    ...valueRules(`${at}.value`, type, value),
  ];
}

const typesOf = ({ kind }: Destination): RegExp =>
  kind === 'topic' ? /^(String\.Array|(String|Number|Binary)(\..+)?)$/ : /^(String|Number|Binary)(\..+)?$/;

function valueRules(field: string, type: string, value: string): Rule[] {
  return [
    [field, value === '', 'An attribute needs a value.'],
    [field, isBinary(type) && !isBase64(value), 'A binary value is given as base64.'],
    [field, type.startsWith('Number') && !isNumber(value), 'This is not a number (at most 38 digits).'],
    [field, type === 'String.Array' && !isArray(value), 'A list is JSON: ["a", "b", 3, true].'],
    [field, !isBinary(type) && unsendable.test(value), unsendableWords('The value')],
  ];
}

function sizeProblems(to: Destination, draft: Draft): DraftProblem[] {
  const bytes = weigh(to, draft);
  if (bytes <= to.limit) return [];
  const over = (bytes - to.limit).toLocaleString('en');
  const what = `${over} bytes too many: ${to.name} takes ${to.limit.toLocaleString('en')} bytes, attributes included.`;
  return [{ field: 'body', what }];
}

function countProblems({ count }: Draft): DraftProblem[] {
  const fits = isWhole(count.trim(), mostCopies) && Number(count) >= 1;
  return fits ? [] : [{ field: 'count', what: `A whole number, 1 to ${mostCopies}.` }];
}

const isWhole = (text: string, most: number): boolean => /^\d{1,6}$/.test(text) && Number(text) <= most;
const isHashKey = (text: string): boolean => /^(0|[1-9]\d{0,38})$/.test(text) && BigInt(text) < 2n ** 128n;
const isBase64 = (text: string): boolean =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text.replaceAll(/\s/g, '')) && text.replaceAll(/\s/g, '').length % 4 === 0;

function isNumber(text: string): boolean {
  const parts = /^[+-]?(\d*)\.?(\d*)(?:[eE][+-]?\d{1,3})?$/.exec(text.trim());
  const digits = parts ? `${parts[1] ?? ''}${parts[2] ?? ''}`.length : 0;
  return digits >= 1 && digits <= 38;
}

function isArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
