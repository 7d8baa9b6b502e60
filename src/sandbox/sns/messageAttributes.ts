import type { PortMessageAttribute } from '../ports.ts';
import { badValue, missing } from './refusals.ts';

export interface GivenAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

type Given = Readonly<Record<string, GivenAttribute>> | undefined;
type Attributes = Readonly<Record<string, PortMessageAttribute>>;

/** Message attributes as given, checked. `path` is where they are in the request, for AWS's message. */
export function checkMessageAttributes(given: Given, path = 'messageAttributes'): Attributes {
  const checked: Record<string, PortMessageAttribute> = {};
  for (const [name, attribute] of Object.entries(given ?? {})) {
    if (attribute.DataType === undefined) throw missing(`${path}.${name}.member.dataType`);
    checkName(name);
    checked[name] = checkValue(name, attribute.DataType, attribute);
  }
  return checked;
}

function checkName(name: string): void {
  if (name.length > 256) throw badValue('Length of message attribute name must be less than 256 bytes.');
  const strange = /[^\w.-]/.exec(name)?.[0];
  if (strange !== undefined) {
    const code = strange.charCodeAt(0).toString(16).toUpperCase();
    throw badValue(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. ` +
        'Can only include alphanumeric characters, hyphens, underscores, or dots.',
    );
  }
  if (name.startsWith('.')) throw badValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw badValue("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) throw badValue("Message attribute name can not have successive '.' character.");
}

function checkValue(name: string, DataType: string, given: GivenAttribute): PortMessageAttribute {
  const base = /^(String|Number|Binary)($|\..)/.exec(DataType)?.[1];
  if (base === undefined)
    throw badValue(
      `The message attribute '${name}' has an invalid message attribute type, ` +
        'the set of supported type prefixes is Binary, Number, and String.',
    );
  const { StringValue, BinaryValue } = given;
  const binary = base === 'Binary';
  if (binary ? StringValue : BinaryValue)
    throw badValue(
      `The message attribute '${name}' with type '${DataType}' must use field '${binary ? 'Binary' : 'String'}'.`,
    );
  if (binary ? !BinaryValue?.length : !StringValue)
    throw badValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  if (base === 'Number' && !isNumber(StringValue ?? ''))
    throw badValue(`Could not cast message attribute '${name}' value to number.`);
  if (BinaryValue !== undefined) return { DataType, BinaryValue };
  return { DataType, StringValue: StringValue ?? '' };
}

const isNumber = (text: string) => /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text);

/** What attributes add to a message's size: names, types and values. */
export function attributesSize(attributes: Attributes): number {
  let size = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes))
    size += Buffer.byteLength(name + DataType + (StringValue ?? '')) + (BinaryValue?.length ?? 0);
  return size;
}
