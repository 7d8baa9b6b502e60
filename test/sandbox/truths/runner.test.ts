// The judge of the sandbox is itself judged here: makers, expectations and refusals, each by example.
import { describe, expect, test } from 'vitest';
import { fill, spacedJson } from './fill.ts';
import { judgeExpectations, judgeFailure, lookInto } from './judge.ts';
import { readRefusal } from './refusal.ts';
import { parseTruths, type Json } from './truth.ts';

const variables = new Map<string, unknown>([
  ['uid', 'abc'],
  ['now', 42],
]);
const filled = (value: Json): unknown => fill(value, variables, () => 100_000);

describe('fill', () => {
  test('a text that is one variable keeps its type, others become text', () => {
    expect(filled(['{now}', 't-{uid}-{now}', '{proxy+}', '{other}'])).toEqual([42, 't-abc-42', '{proxy+}', '{other}']);
  });
  test('makers', () => {
    expect(filled({ $json: { a: ['{uid}', 1], b: 'ü' } })).toBe('{"a": ["abc", 1], "b": "\\u00fc"}');
    expect(filled({ $repeat: ['ab', 3] })).toBe('ababab');
    expect(filled({ $ago: 100 })).toEqual(new Date(0));
    expect(filled({ $md5: 'hello' })).toBe('XUFAKrxLKna5cZ2REBfFkg==');
    expect(filled({ $zip: { 'a.txt': 'hello' } })).toMatchObject({ length: expect.any(Number) });
  });
  test('nested lists', () => expect(spacedJson([[], {}, null, true])).toBe('[[], {}, null, true]'));
});

describe('judge', () => {
  const holds = (expected: object, answer: unknown) =>
    judgeExpectations(expected, lookInto(answer, new Map([['note', { a: [1] }]]))).length === 0;
  test.each([
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { a: '1' }, false],
    [{ a: { $absent: 1 } }, {}, true],
    [{ a: { $present: 1 } }, {}, false],
    [{ a: { $not: 1 } }, { a: 1 }, false],
    [{ a: { $has: 'x' } }, { a: ['x'] }, true],
    [{ a: { $in: [1, 2] } }, { a: 3 }, false],
    [{ a: { $sorted: ['a', 'b'] } }, { a: ['b', 'a'] }, true],
    [{ a: { $like: '^x' } }, { a: 'xy' }, true],
    [{ 'length(a||`[]`)': 0 }, {}, true],
    [{ '$note.a[0]': 1 }, {}, true],
    [{ '$note.a[0]': 2 }, {}, false],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, false],
  ])('%j of %j: %s', (expected, answer, result) => expect(holds(expected, answer)).toBe(result));
  test('an unknown expectation is an error', () => expect(() => holds({ a: { $foo: 1 } }, {})).toThrow('$foo'));
  test('refusals', () => {
    const refusal = { code: 'X', message: 'no', status: 400 };
    expect(judgeFailure({ code: 'X', matches: '^n', status: 400 }, refusal)).toEqual([]);
    expect(judgeFailure({ code: 'Y', message: 'yes', status: 404 }, refusal)).toHaveLength(3);
    expect(judgeFailure({ code: 'X' }, undefined)).toEqual(['accepted, expected X']);
  });
});

describe('refusals on the wire', () => {
  test.each([
    [{ 'x-amzn-query-error': 'Old.Name;Sender' }, '{"__type":"a#New","message":"m"}', 'Old.Name', 'm'],
    [{ 'x-amzn-errortype': 'Name:http://x' }, '{"Message":"m"}', 'Name', 'm'],
    [{}, '{"__type":"com.amazonaws#Name","message":"m"}', 'Name', 'm'],
    [{}, '<E><Error><Code>Name</Code><Message>a &quot;b&quot; &#39;</Message></Error></E>', 'Name', `a "b" '`],
    [{}, '', '404', 'Not Found'],
  ])('%j %s', (headers, body, code, message) =>
    expect(readRefusal(404, headers, body)).toEqual({ code, message, status: 404 }),
  );
});

test('a truth that is not understood is an error', () => {
  const truth = (step: Json): string =>
    JSON.stringify({ truths: [{ id: 'x', service: 's', about: 'a', source: 's', steps: [step] }] });
  expect(parseTruths(truth(['sqs.ListQueues', {}]))).toHaveLength(1);
  expect(() => parseTruths(truth(['sqs.ListQueues', {}, { hopes: 1 }]))).toThrow('unknown check hopes');
  expect(() => parseTruths(truth(['jump', {}]))).toThrow('what is "jump"');
});
