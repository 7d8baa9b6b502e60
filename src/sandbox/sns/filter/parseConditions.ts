import { checkCidr } from './cidr.ts';
import type { Condition } from './filter.ts';
import { parseNumeric } from './parseNumeric.ts';
import type { TokenReader } from './tokenReader.ts';

/** What follows a `[`: values and match expressions, up to its `]`. */
export function parseConditions(reader: TokenReader): readonly Condition[] {
  const conditions: Condition[] = [];
  for (let token = reader.next(); token.kind !== ']'; token = reader.next()) {
    switch (token.kind) {
      case '{':
        conditions.push(parseMatch(reader));
        break;
      case 'string':
        conditions.push({ kind: 'equals', value: token.text });
        break;
      case 'number':
        conditions.push({ kind: 'equals', value: Number(token.text) });
        break;
      case 'true':
      case 'false':
        conditions.push({ kind: 'equals', value: token.kind === 'true' });
        break;
      case 'null':
        conditions.push({ kind: 'equals', value: null });
        break;
      default:
        reader.fail('Match value must be String, number, true, false, or null');
    }
  }
  if (conditions.length === 0) reader.fail('Empty arrays are not allowed');
  return conditions;
}

function parseMatch(reader: TokenReader): Condition {
  const name = reader.next();
  if (name.kind !== 'field') return reader.fail('Empty objects are not allowed');
  const condition = parseOperator(name.text, reader);
  if (reader.next().kind !== '}') reader.fail('Only one key allowed in match expression');
  return condition;
}

function parseOperator(name: string, reader: TokenReader): Condition {
  switch (name) {
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'equals-ignore-case':
      return { kind: name, text: readText(name, reader) };
    case 'cidr': {
      const text = readText('prefix', reader);
      const problem = checkCidr(text);
      return problem === undefined ? { kind: 'cidr', text } : reader.refuse(problem);
    }
    case 'exists':
      return parseExists(reader);
    case 'numeric':
      return { kind: 'numeric', ranges: parseNumeric(reader) };
    case 'anything-but':
      return parseAnythingBut(reader);
    default:
      return reader.fail(`Unrecognized match type ${name}`);
  }
}

function readText(name: string, reader: TokenReader): string {
  const token = reader.next();
  return token.kind === 'string' ? token.text : reader.fail(`${name} match pattern must be a string`);
}

function parseExists(reader: TokenReader): Condition {
  const token = reader.next();
  if (token.kind === 'true' || token.kind === 'false') return { kind: 'exists', present: token.kind === 'true' };
  return reader.fail('exists match pattern must be either true or false.');
}

function parseAnythingBut(reader: TokenReader): Condition {
  const token = reader.next();
  switch (token.kind) {
    case 'string':
      return { kind: 'anything-but', values: [token.text] };
    case 'number':
      return { kind: 'anything-but', values: [Number(token.text)] };
    case '[':
      return { kind: 'anything-but', values: parseExcluded(reader) };
    case '{':
      return { kind: 'anything-but-matching', condition: parseExcludedMatch(reader) };
    default:
      return reader.fail('Value of anything-but must be an array or single string/number value.');
  }
}

function parseExcluded(reader: TokenReader): readonly (string | number)[] {
  const values: (string | number)[] = [];
  for (let token = reader.next(); token.kind !== ']'; token = reader.next()) {
    if (token.kind === 'string') values.push(token.text);
    else if (token.kind === 'number') values.push(Number(token.text));
    else reader.fail('Inside anything but list, start|null|boolean is not supported.');
    if (typeof values[0] !== typeof values[values.length - 1])
      reader.fail('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  if (values.length === 0) reader.fail('Empty arrays are not allowed');
  return values;
}

/** AWS was seen to refuse `suffix` here, although it takes it elsewhere. */
function parseExcludedMatch(reader: TokenReader): Condition {
  const name = reader.next();
  if (name.kind !== 'field') return reader.fail('Empty objects are not allowed');
  if (name.text !== 'prefix' && name.text !== 'wildcard' && name.text !== 'equals-ignore-case')
    return reader.fail(`Unsupported anything-but pattern: ${name.text}`);
  const condition: Condition = { kind: name.text, text: readText(name.text, reader) };
  if (reader.next().kind !== '}') reader.fail('Only one key allowed in match expression');
  return condition;
}
