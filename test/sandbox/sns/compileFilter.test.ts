import { expect, test } from 'vitest';
import { compileFilter } from '../../../src/sandbox/sns/filter/compileFilter.ts';

/** Policy, AWS's message, and the column where it stops reading (none: it says no place). */
const refused: readonly (readonly [unknown, string, number?])[] = [
  [{ key: [['value']] }, 'Match value must be String, number, true, false, or null', 10],
  [{ key: [{ 'wrong-operator': true }] }, 'Unrecognized match type wrong-operator', 31],
  [{ key: [{ suffix: 'value', prefix: 'value2' }] }, 'Only one key allowed in match expression', 37],
  [{ key: [] }, 'Empty arrays are not allowed', 10],
  [{ key: [{ suffix: 100 }] }, 'suffix match pattern must be a string', 22],
  [{ key: [{ suffix: null }] }, 'suffix match pattern must be a string', 23],
  [{ key: { suffix: 'value' } }, '"suffix" must be an object or an array', 19],
  [{ key: [{ suffix: [] }] }, 'suffix match pattern must be a string', 20],
  [{ key: [{ suffix: ['test', 'test2'] }] }, 'suffix match pattern must be a string', 20],
  [{ key: { suffix: 'value', prefix: 'value' } }, '"suffix" must be an object or an array', 19],
  [{ key: { 'not-an-operator': 'value' } }, '"not-an-operator" must be an object or an array', 28],
  [{ key_a: 'value_one' }, '"key_a" must be an object or an array', 11],
  [{ key: [{ cidr: ['bad-filter'] }] }, 'prefix match pattern must be a string', 18],
  [{ key: [{ cidr: 'bad-filter' }] }, "Malformed CIDR, one '/' required"],
  [{ key: [{ cidr: 'bad-filter/64' }] }, 'Nonstandard IP address: bad-filter'],
  [{ key: [{ cidr: 'bad-filter/b' }] }, 'Malformed CIDR, mask bits must be an integer'],
  [{ key: [{ cidr: 'xx.11.xx/8' }] }, 'Nonstandard IP address: xx.11.xx'],
  [{ key: [{ cidr: 'xxxx:db8:1234:1a00::/64' }] }, 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
  [{ key: [{ exists: null }] }, 'exists match pattern must be either true or false.', 23],
  [{ key: [{ exists: 'no' }] }, 'exists match pattern must be either true or false.', 20],
  [{ key: [{ numeric: [] }] }, 'Invalid member in numeric match: ]', 22],
  [{ key: [{ numeric: ['operator'] }] }, 'Unrecognized numeric range operator: operator', 32],
  [{ key: [{ numeric: [1, '<='] }] }, 'Invalid member in numeric match: 1', 22],
  [{ key: [{ numeric: ['=', '000'] }] }, 'Value of equals must be numeric', 26],
  [{ key: [{ numeric: ['>='] }] }, 'Value of >= must be numeric', 26],
  [{ key: [{ numeric: ['<', 100, '>', 10] }] }, 'Too many elements in numeric expression', 30],
  [{ key: [{ numeric: ['>=', 1, '>', 2] }] }, 'Bad numeric range operator: >', 31],
  [{ key: [{ numeric: ['>', 3, '<', 1] }] }, 'Bottom must be less than top', 33],
  [{ key: [{ numeric: ['>', 20, '<='] }] }, 'Value of <= must be numeric', 33],
  [{ key: [{ numeric: ['>', 20, 30] }] }, 'Bad value in numeric range: 30', 30],
  [{ key: [{ numeric: ['>', 20, 'test'] }] }, 'Bad numeric range operator: test', 34],
  [{ key: [{ numeric: ['>', '20', '<', '30'] }] }, 'Value of > must be numeric', 26],
  [{ key: [{ numeric: ['>', 20, '<', '30'] }] }, 'Value of < must be numeric', 33],
  [{ key: [{ numeric: ['>', 20, '<', 30, '<', 50] }] }, 'Too many terms in numeric range expression', 36],
  [{ key: [{ 'anything-but': { 'wrong-operator': null } }] }, 'Unsupported anything-but pattern: wrong-operator', 47],
  [{ key: [{ 'anything-but': { suffix: 'test' } }] }, 'Unsupported anything-but pattern: suffix', 36],
  [{ key: [{ 'anything-but': { exists: false } }] }, 'Unsupported anything-but pattern: exists', 40],
  [{ key: [{ 'anything-but': { prefix: false } }] }, 'prefix match pattern must be a string', 40],
];

test.each(refused)('%j: %s', (policy, message, column) => {
  const source = JSON.stringify(policy);
  const where = column === undefined ? '' : `\n at [Source: (String)"${source}"; line: 1, column: ${column}]`;
  const problem = `FilterPolicy: ${message}${where}`;
  expect(compileFilter(source, 'MessageAttributes').problem).toBe(problem);
  expect(compileFilter(JSON.stringify(policy, null, 2), 'MessageAttributes').problem).toBe(problem);
});

const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}${index}`);
const hidden = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column:';

test.each([
  ['a list of 151', { key: many('v', 151) }, 'MessageAttributes'],
  ['100 times 51', { a: many('v', 100), b: many('v', 51) }, 'MessageAttributes'],
  ['values times depth', { a: { b: { c: many('v', 4) } }, d: { e: many('v', 3) }, f: many('v', 3) }, 'MessageBody'],
  [
    '$or, added up',
    {
      source: many('s', 4),
      $or: [
        { metricName: many('m', 6) },
        { metricType: many('t', 4), $or: [{ metricId: [1, 2, 3, 4] }, { spaceId: [1, 2, 3, 4] }] },
      ],
    },
    'MessageAttributes',
  ],
  [
    '$or twice, nested',
    {
      $or: [{ metricName: many('m', 3) }, { namespace: many('n', 2) }],
      detail: { scope: many('s', 2), $or: [{ source: ['x'] }, { type: many('t', 3) }] },
    },
    'MessageBody',
  ],
] as const)('too complex: %s', (_, policy, scope) => {
  expect(compileFilter(JSON.stringify(policy), scope).problem).toBe('FilterPolicy: Filter policy is too complex');
});

test('150 combinations and five keys are within the limits, six keys are not', () => {
  const within = {
    source: many('s', 3),
    $or: [
      { metricName: many('m', 6) },
      { metricType: many('t', 4), $or: [{ metricId: [1, 2, 3, 4] }, { spaceId: [1, 2, 3, 4, 5, 6, 7] }] },
    ],
  };
  expect(compileFilter(JSON.stringify(within), 'MessageAttributes').problem).toBeUndefined();
  const six = Object.fromEntries(many('key', 6).map((name) => [name, ['value']]));
  expect(compileFilter(JSON.stringify(six), 'MessageAttributes').problem).toBe(
    'FilterPolicy: Filter policy can not have more than 5 keys',
  );
});

test.each([
  [
    '{invalid-json',
    `Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at ${hidden} 2]`,
  ],
  [
    'invalid',
    `Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${hidden} 8]`,
  ],
])('no JSON: %s', (text, message) => {
  expect(compileFilter(text, 'MessageBody').problem).toBe(`FilterPolicy: failed to parse JSON. ${message}`);
});

test('nested policies need the body', () => {
  const policy = JSON.stringify({ object: { object1: ['string'] } });
  expect(compileFilter(policy, 'MessageAttributes').problem).toBe(
    'Filter policy scope MessageAttributes does not support nested filter policy',
  );
  expect(compileFilter(policy, 'MessageBody').problem).toBeUndefined();
});
