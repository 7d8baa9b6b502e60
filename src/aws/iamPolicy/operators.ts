// Condition operators. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

export type ValueType = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IP' | 'ARN';

export interface Operator {
  readonly name: string;
  /** What it compares; `any`: whatever the key holds. */
  readonly type: ValueType | 'any';
  readonly wildcards: boolean;
  readonly what: string;
}

const operator = (name: string, type: Operator['type'], what: string, wildcards = false): Operator => ({
  name,
  type,
  what,
  wildcards,
});

export const operators: readonly Operator[] = [
  operator('StringEquals', 'String', 'The same text, letter case included. `*` is a plain star here.'),
  operator('StringNotEquals', 'String', 'Another text, or none at all.'),
  operator('StringEqualsIgnoreCase', 'String', 'The same text, whatever the letter case.'),
  operator('StringNotEqualsIgnoreCase', 'String', 'Another text, whatever the letter case.'),
  operator('StringLike', 'String', 'Text that fits a pattern: `*` any text, `?` one character.', true),
  operator('StringNotLike', 'String', 'Text that does not fit the pattern.', true),
  operator('NumericEquals', 'Numeric', 'The same number.'),
  operator('NumericNotEquals', 'Numeric', 'Another number.'),
  operator('NumericLessThan', 'Numeric', 'A number less than this.'),
  operator('NumericLessThanEquals', 'Numeric', 'A number of at most this.'),
  operator('NumericGreaterThan', 'Numeric', 'A number greater than this.'),
  operator('NumericGreaterThanEquals', 'Numeric', 'A number of at least this.'),
  operator('DateEquals', 'Date', 'At this very time.'),
  operator('DateNotEquals', 'Date', 'At another time.'),
  operator('DateLessThan', 'Date', 'Before this time.'),
  operator('DateLessThanEquals', 'Date', 'Up to this time.'),
  operator('DateGreaterThan', 'Date', 'After this time.'),
  operator('DateGreaterThanEquals', 'Date', 'From this time on.'),
  operator('Bool', 'Bool', '`true` or `false`.'),
  operator('BinaryEquals', 'Binary', 'The same bytes, written in base64.'),
  operator('IpAddress', 'IP', 'An address in this range, such as `203.0.113.0/24`.'),
  operator('NotIpAddress', 'IP', 'An address outside this range.'),
  operator(
    'ArnEquals',
    'ARN',
    'An ARN that fits part by part: `*` any text, `?` one character, as with `ArnLike`.',
    true,
  ),
  operator('ArnLike', 'ARN', 'An ARN that fits part by part: `*` any text, `?` one character.', true),
  operator('ArnNotEquals', 'ARN', 'An ARN that does not fit.', true),
  operator('ArnNotLike', 'ARN', 'An ARN that does not fit.', true),
  operator('Null', 'any', '`true`: the request lacks the key. `false`: it has it.'),
];

const byName = new Map(operators.map((each) => [each.name.toLowerCase(), each]));

export interface ReadOperator extends Operator {
  readonly each?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
}

/** `ForAnyValue:StringLikeIfExists`; letter case does not matter to AWS. */
export function readOperator(name: string): ReadOperator | undefined {
  const [, prefix, base = ''] = /^(?:(forallvalues|foranyvalue):)?(.*)$/s.exec(name.toLowerCase()) ?? [];
  const ifExists = base.endsWith('ifexists');
  const found = byName.get(ifExists ? base.slice(0, -'ifexists'.length) : base);
  if (found === undefined || (found.name === 'Null' && ifExists)) return undefined;
  if (prefix === undefined) return { ...found, ifExists };
  return { ...found, ifExists, each: prefix === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue' };
}

/** What compares a value of this type for being the same. */
export const plainOperator: Readonly<Record<ValueType, string>> = {
  String: 'StringEquals',
  Numeric: 'NumericEquals',
  Date: 'DateGreaterThan',
  Bool: 'Bool',
  Binary: 'BinaryEquals',
  IP: 'IpAddress',
  ARN: 'ArnLike',
};
