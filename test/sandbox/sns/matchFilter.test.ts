import { expect, test } from 'vitest';
import { compileFilter } from '../../../src/sandbox/sns/filter/compileFilter.ts';
import { attributeEntries, bodyEntries } from '../../../src/sandbox/sns/filter/entries.ts';
import { matchesFilter } from '../../../src/sandbox/sns/filter/matchFilter.ts';

function passesBody(policy: unknown, body: unknown): boolean {
  const { filter, problem } = compileFilter(JSON.stringify(policy), 'MessageBody');
  if (filter === undefined) throw new Error(problem);
  const entries = bodyEntries(JSON.stringify(body));
  return entries !== undefined && matchesFilter(filter, entries);
}

/** Attributes as [type, text]. */
function passesAttributes(policy: unknown, attributes: Record<string, readonly [string, string]>): boolean {
  const { filter, problem } = compileFilter(JSON.stringify(policy), 'MessageAttributes');
  if (filter === undefined) throw new Error(problem);
  const given = Object.entries(attributes).map(([name, [DataType, StringValue]]) => [name, { DataType, StringValue }]);
  return matchesFilter(filter, attributeEntries(Object.fromEntries(given)));
}

const record = (key: string, eventName: string) => ({ eventName, s3: { object: { key } } });
const records = {
  Records: { s3: { object: { key: [{ prefix: 'auto-' }] } }, eventName: [{ prefix: 'ObjectCreated:' }] },
};
const either = {
  $or: [{ metricName: ['CPUUtilization', 'ReadLatency'] }, { namespace: ['AWS/EC2', 'AWS/ES'] }],
  detail: { scope: ['Service'], $or: [{ source: ['aws.cloudwatch'] }, { type: ['Alarm'] }] },
};

test.each([
  [{ key: ['a', 'b'] }, { key: 'b' }, true],
  [{ key: ['a'] }, { key: 'A' }, false],
  [{ key: ['a'] }, { other: 'a' }, false],
  [{ key: ['a'], other: [1] }, { key: 'a', other: 1 }, true],
  [{ key: ['a'], other: [1] }, { key: 'a', other: 2 }, false],
  [{ key: [100] }, { key: '100' }, false],
  [{ key: [true, null] }, { key: null }, true],
  [{ key: [''] }, { key: '', list: [], nothing: null }, true],
  [{ key: [{ prefix: 'au' }] }, { key: 'auto' }, true],
  [{ key: [{ suffix: 'to' }] }, { key: 'auto' }, true],
  [{ key: [{ 'equals-ignore-case': 'Auto' }] }, { key: 'aUTO' }, true],
  [{ key: [{ wildcard: 'a*o' }] }, { key: 'auto' }, true],
  [{ key: [{ wildcard: 'a?to' }] }, { key: 'auto' }, false],
  [{ key: [{ 'anything-but': 'a' }] }, { key: 'b' }, true],
  [{ key: [{ 'anything-but': ['a', 'b'] }] }, { key: 'b' }, false],
  [{ key: [{ 'anything-but': ['a', 'b'] }] }, { key: ['a', 'c'] }, true],
  [{ key: [{ 'anything-but': [1, 2] }] }, { key: 3 }, true],
  [{ key: [{ 'anything-but': 'a' }] }, {}, false],
  [{ key: [{ 'anything-but': { prefix: 'a' } }] }, { key: 'auto' }, false],
  [{ key: [{ 'anything-but': { wildcard: 'a*o' } }] }, { key: 'auction' }, true],
  [{ key: [{ numeric: ['>', 0, '<=', 100] }] }, { key: 100 }, true],
  [{ key: [{ numeric: ['>', 0, '<=', 100] }] }, { key: 0 }, false],
  [{ key: [{ numeric: ['=', 1.5] }] }, { key: 1.5 }, true],
  [{ key: [{ numeric: ['<', 1] }] }, { key: '0' }, false],
  [{ key: [{ exists: true }] }, { key: false }, true],
  [{ key: [{ exists: true }] }, {}, false],
  [{ key: [{ exists: false }] }, {}, true],
  [{ key: [{ exists: false }] }, { key: 1 }, false],
  [{ key: ['a', { exists: false }] }, { other: 1 }, true],
  [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
  [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.1.255' }, false],
  [{ ip: [{ cidr: '2001:db8:1234:1a00::/64' }] }, { ip: '2001:0db8:1234:1a00:0000:0000:0000:0000' }, true],
  [{ object: { key: [{ prefix: 'auto-' }, 'fixed'] } }, { object: { key: 'auto-test' } }, true],
  [{ object: { key: [{ prefix: 'auto-' }, 'fixed'] } }, { object: { key: 'test-auto' } }, false],
  [{ 'object.nested.test': ['v'] }, { object: { nested: { test: 'v' } } }, true],
  [{ 'object.nested.test': ['v'] }, { 'object.nested': { test: 'v' } }, true],
  [{ object: { nested: ['v'] } }, { 'object.nested': 'v' }, true],
  [{ headers: { 'route-to': ['queue1'] } }, { headers: { 'route-to': ['queue1', 'queue2'] } }, true],
  [records, { Records: [record('auto-1', 'ObjectCreated:Put'), record('home-1', 'ObjectRemoved:Delete')] }, true],
  [records, { Records: [record('auto-1', 'ObjectRemoved:Delete'), record('home-1', 'ObjectCreated:Put')] }, false],
  [records, { Records: [{ eventName: 'ObjectCreated:Put', s3: { object: [[{ key: 'auto-1' }]] } }] }, true],
  [either, { metricName: 'ReadLatency', detail: { scope: 'Service', type: 'Alarm' } }, true],
  [either, { namespace: 'AWS/ES', detail: { scope: 'Service', source: 'aws.cloudwatch' } }, true],
  [either, { namespace: 'AWS/ES', detail: { scope: 'Service', source: 'other' } }, false],
  [either, { namespace: 'AWS/S3', detail: { scope: 'Service', type: 'Alarm' } }, false],
])('body: %j on %j is %j', (policy, body, passes) => {
  expect(passesBody(policy, body)).toBe(passes);
});

test.each([
  [{ a: ['x'] }, { a: ['String', 'x'] }, true],
  [{ a: [99] }, { a: ['Number', '99.0'] }, true],
  [{ a: ['99'] }, { a: ['Number', '99'] }, false],
  [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: ['Number', '99.12'] }, true],
  [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: ['Number', '111'] }, false],
  [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: ['String', '50'] }, false],
  [{ a: ['v1'] }, { a: ['String.Array', '["v1", "v2"]'] }, true],
  [{ a: ['v3'] }, { a: ['String.Array', '["v1", "v2"]'] }, false],
  [{ a: [true] }, { a: ['String.Array', '["v1", true]'] }, true],
  [{ a: [{ 'anything-but': ['v1'] }] }, { a: ['String.Array', '["v1", "v2"]'] }, true],
  [{ a: [null, { 'anything-but': 'whatever' }] }, { a: ['String', 'other'] }, true],
  [{ a: [{ exists: false }] }, { b: ['String', 'x'] }, true],
  [{ a: ['x'] }, { a: ['Binary', 'eA=='] }, false],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: ['String', 'y'] }, true],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: ['String', 'z'] }, false],
] as const)('attributes: %j on %j is %j', (policy, attributes, passes) => {
  expect(passesAttributes(policy, attributes)).toBe(passes);
});

test('long lists are not tried in every pairing', () => {
  const xs = Array.from({ length: 5000 }, () => 'x');
  const policy = { a: ['x'], b: ['x'], c: ['x'], d: ['z'] };
  const began = performance.now();
  expect(passesBody(policy, { a: xs, b: xs, c: xs, d: 'y' })).toBe(false);
  expect(passesBody(policy, { a: xs, b: xs, c: xs, d: 'z' })).toBe(true);
  expect(performance.now() - began).toBeLessThan(1000);
});

test('a body that is no JSON object passes no policy', () => {
  expect(bodyEntries('not json')).toBeUndefined();
  expect(bodyEntries('"text"')).toBeUndefined();
});
