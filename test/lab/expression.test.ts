import { describe, expect, test } from 'vitest';
import {
  bindExpression,
  evaluate,
  parseExpression,
  pathsInText,
  pathsOf,
  resolve,
  resolveToText,
  resolveWhatIsKnown,
  UnknownName,
} from '../../src/lab/expression.ts';

const data = {
  a: [
    { b: 1, c: 'x' },
    { b: 3, c: 'z' },
    { b: 2, c: 'y' },
  ],
  body: '{"m":{"n":"deep"}}',
  n: null,
  name: 'Ab',
};

test.each([
  ['a[*].b', [1, 3, 2]],
  ['a[?b > `1`].c', ['z', 'y']],
  ['a[::-1].c', ['y', 'z', 'x']],
  ['a[-1].c', 'y'],
  ['sort_by(a, &b)[].c', ['x', 'y', 'z']],
  ['max_by(a, &b).c', 'z'],
  ['map(&c, a)', ['x', 'z', 'y']],
  ["join(',', a[].c)", 'x,z,y'],
  ['length(a)', 3],
  ['{first: a[0].b, all: a[].b}', { first: 1, all: [1, 3, 2] }],
  ['a[].[b, c] | [0]', [1, 'x']],
  ["n || 'other'", 'other'],
  ['!n && name', 'Ab'],
  ['missing.deeper', null],
  ['json(body).m.n', 'deep'],
  ['json(name)', null],
  ['to_string(a[0])', '{"b":1,"c":"x"}'],
  ['lower(name)', 'ab'],
  ["split('a/b', '/')[1]", 'b'],
  ['base64(name)', 'QWI='],
  ['not_null(n, name)', 'Ab'],
  ["a[?contains(c, 'y')] | [0].b", 2],
  ['*.b', []],
  ['values({x: name})', ['Ab']],
])('%s', (expression, value) => {
  expect(evaluate(parseExpression(expression), data)).toEqual(value);
});

describe('templates', () => {
  const scope = { q: { url: 'U', count: 2 }, o: { k: "it's" } };

  test('keep the type of a lone hole, and put in text otherwise', () => {
    expect(resolve({ n: '${q.count}', t: 'n=${q.count}', o: '${q}', l: ['$${q}'], '${q.url}': 1 }, scope)).toEqual({
      n: 2,
      t: 'n=2',
      o: { url: 'U', count: 2 },
      l: ['${q}'],
      U: 1,
    });
  });

  test('hold others: in texts inside an expression, and bare', () => {
    const list = {
      l: [
        { b: 1, c: 'x' },
        { b: 2, c: "it's" },
      ],
      w: { c: "it's" },
      two: 2,
    };
    expect(resolve("${l[?c == '${w.c}'] | [0].b}", list)).toBe(2);
    expect(resolve('${l[?b == ${two}] | [0].c}', list)).toBe("it's");
    expect(() => resolve("${l[?c == '${nobody.c}']}", list)).toThrow(UnknownName);
    expect(pathsInText("${l[?c == '${w.c}'] | [0]} and ${two}")).toEqual([['l'], ['w', 'c'], ['two']]);
  });

  test('do not grow without end: texts made of texts', () => {
    const doubled = { a: 'x'.repeat(1_000_000) };
    expect(() => resolveToText('${a}'.repeat(100), doubled)).toThrow('One text may become 4194304 characters long.');
    expect(resolveWhatIsKnown('${a}'.repeat(100), doubled).unresolved).toHaveLength(1);
    expect(resolveToText('${a}-${a}', doubled)).toHaveLength(2_000_001);
  });

  test('say what is not known', () => {
    expect(() => resolve('${nobody.x}', scope)).toThrow(UnknownName);
  });

  test('braces and quotes inside a hole are its own', () => {
    expect(resolve("${to_string({a: q.url, b: '}'})}", scope)).toBe('{"a":"U","b":"}"}');
  });

  test('values are literals in an expression, whatever they hold', () => {
    const text = "Name == ${o.k} && Name == '${o.k}'";
    expect(evaluate(bindExpression(text, scope), { Name: "it's" })).toBe(true);
    expect(evaluate(bindExpression('Name == ${v}', { v: '` || `1' }), { Name: 'x' })).toBe(false);
    expect(evaluate(bindExpression("Name == '${v}'", { v: "' || 'a" }), { Name: 'x' })).toBe(false);
  });
});

test('paths that an expression reads', () => {
  expect(pathsOf(parseExpression("inputs.email || join('', names.list[].x) || sort_by(saved, &other)"))).toEqual([
    ['inputs', 'email'],
    ['names', 'list'],
    ['saved'],
  ]);
});
