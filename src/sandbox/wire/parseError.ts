// What a request's body is refused with before any service sees it.

/** The bytes are no JSON, XML or form. */
export class Malformed extends Error {}

/** They are, but not of the operation's shape. */
export class WrongType extends Error {}

const tokens: Readonly<Record<string, string>> = { string: 'STRING_VALUE', number: 'NUMBER_VALUE' };

export function wrongType(value: unknown, wanted: string): WrongType {
  if (Array.isArray(value)) return new WrongType('Start of list found where not expected');
  if (typeof value === 'object' && value !== null) {
    return new WrongType('Start of structure or map found where not expected.');
  }
  const token = tokens[typeof value] ?? (value === true ? 'TRUE_VALUE' : 'FALSE_VALUE');
  return new WrongType(`${token} can not be converted to ${/^[AEIOU]/.test(wanted) ? 'an' : 'a'} ${wanted}`);
}
