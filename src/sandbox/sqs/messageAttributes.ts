// The attributes that a sender gives a message: what they may be, how much they weigh, which of them a receiver asked for.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
import { invalidContents, invalidParameter } from './errors.ts';

export interface AttributeValue {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, AttributeValue>>;

/** As the SDK's shapes have it: every part may be missing. */
export interface GivenAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
  readonly StringListValues?: readonly string[] | undefined;
  readonly BinaryListValues?: readonly Uint8Array[] | undefined;
}

const mostAttributes = 10;

/** Anything that XML 1.0 cannot hold, lone surrogates too. */
const invalidCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export const hasInvalidCharacter = (text: string): boolean => invalidCharacter.test(text);

/**
 * Checks what a sender gave and copies it to what is kept.
 * @throws InvalidParameterValue
 */
export function readAttributes(
  given: Readonly<Record<string, GivenAttribute>> | undefined,
): MessageAttributes | undefined {
  if (given === undefined) return undefined;
  const entries = Object.entries(given);
  if (entries.length === 0) return undefined;
  if (entries.length > mostAttributes) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${mostAttributes}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [checkName(name), readValue(name, value)]));
}

function checkName(name: string): string {
  if (name === '') throw invalidParameter('The request must contain non-empty message (user) attribute names.');
  if (Buffer.byteLength(name) > 256) {
    throw invalidParameter('Message (user) attribute name must be shorter than 256 bytes.');
  }
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
    throw invalidParameter(
      'Message (user) attributes name can only contain upper and lower score characters, ' +
        'digits, periods, hyphens and underscores. ',
    );
  }
  if (/^aws\.|^amazon\.|^\.|\.$|\.\./i.test(name)) {
    throw invalidParameter(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for " +
        "internal use. Additionally, they cannot start or end with '.'.",
    );
  }
  return name;
}

function readValue(name: string, given: GivenAttribute): AttributeValue {
  if (given.StringListValues?.length || given.BinaryListValues?.length) {
    throw invalidParameter('Message attribute list values in SendMessage operation are not supported.');
  }
  const type = checkType(name, given.DataType);
  return type.startsWith('Binary') ? readBinary(name, type, given) : readString(name, type, given);
}

function checkType(name: string, type: string | undefined): string {
  if (type === undefined || type === '') {
    throw invalidParameter(`The message (user) attribute '${name}' must contain a non-empty message attribute value.`);
  }
  if (Buffer.byteLength(type) > 256) {
    throw invalidParameter('Message (user) attribute type must be shorter than 256 bytes.');
  }
  if (!/^(?:Binary|Number|String)(?:\..+)?$/s.test(type)) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type ` +
        'prefixes: Binary, Number, String.',
    );
  }
  return type;
}

function readBinary(name: string, type: string, { BinaryValue: value }: GivenAttribute): AttributeValue {
  if (value === undefined || value.length === 0) throw emptyValue(name, 'Binary');
  return { DataType: type, BinaryValue: value };
}

function readString(name: string, type: string, { StringValue: value }: GivenAttribute): AttributeValue {
  const kind = type.startsWith('Number') ? 'Number' : 'String';
  if (value === undefined || value === '') throw emptyValue(name, kind);
  if (kind === 'Number' && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value.trim())) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (hasInvalidCharacter(value)) throw invalidParameter(invalidContents);
  return { DataType: type, StringValue: value };
}

const emptyValue = (name: string, kind: string): Error =>
  invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`);

/** Bytes that names, types and values add to a message's size. */
export function attributesSize(attributes: MessageAttributes | undefined): number {
  let size = 0;
  for (const name in attributes) {
    const value = attributes[name];
    if (!value) continue;
    const bytes = value.BinaryValue?.length ?? Buffer.byteLength(value.StringValue ?? '');
    size += Buffer.byteLength(name) + Buffer.byteLength(value.DataType) + bytes;
  }
  return size;
}

/** Those that a receiver asked for: by name, by `All`, `*` or `.*`, or by a prefix and `.*`. */
export function pickAttributes(
  attributes: MessageAttributes | undefined,
  names: readonly string[] | undefined,
): MessageAttributes | undefined {
  if (attributes === undefined || names === undefined || names.length === 0) return undefined;
  if (names.some((name) => name === 'All' || name === '*' || name === '.*')) return attributes;
  const wanted = Object.entries(attributes).filter(([has]) =>
    names.some((name) => (name.endsWith('.*') ? has.startsWith(name.slice(0, -2)) : has === name)),
  );
  return wanted.length > 0 ? Object.fromEntries(wanted) : undefined;
}
