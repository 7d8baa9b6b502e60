// JMESPath as in the AWS CLI, plus the functions a lab needs to look into messages: json, base64, lower, split, jwt.
// In: an expression and JSON. Out: JSON, or an ExpressionError with the place in the expression.
// The grammar and the standard functions are the `jmespath` package's; the walk is ours, because that package takes no functions of others.
import * as library from 'jmespath';

declare module 'jmespath' {
  export function compile(expression: string): unknown;
  export function tokenize(expression: string): { type: string; value: unknown; start: number }[];
  export function strictDeepEqual(left: unknown, right: unknown): boolean;
}

type Json = unknown;

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly children: readonly unknown[];
}

/** `offset` counts from the start of the expression. */
export class ExpressionError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const own: Record<string, { readonly takes: number; readonly run: (args: readonly Json[]) => Json }> = {
  json: { takes: 1, run: ([text]) => (typeof text === 'string' ? parseJson(text) : null) },
  base64: { takes: 1, run: ([text]) => (typeof text === 'string' ? Buffer.from(text).toString('base64') : null) },
  lower: { takes: 1, run: ([text]) => (typeof text === 'string' ? text.toLowerCase() : null) },
  jwt: { takes: 1, run: ([text]) => (typeof text === 'string' ? decodeToken(text) : null) },
  split: {
    takes: 2,
    run: ([text, by]) => (typeof text === 'string' && typeof by === 'string' ? text.split(by) : null),
  },
};

/** How many arguments each standard function takes. */
const standard: Record<string, readonly [number, number]> = {
  ...one(
    'abs',
    'avg',
    'ceil',
    'floor',
    'keys',
    'length',
    'max',
    'min',
    'reverse',
    'sort',
    'sum',
    'to_array',
    'to_number',
  ),
  ...one('to_string', 'type', 'values'),
  ...two('contains', 'ends_with', 'join', 'map', 'max_by', 'min_by', 'sort_by', 'starts_with'),
  merge: [1, Infinity],
  not_null: [1, Infinity],
};

function one(...names: string[]): Record<string, [number, number]> {
  return Object.fromEntries(names.map((name) => [name, [1, 1]]));
}

function two(...names: string[]): Record<string, [number, number]> {
  return Object.fromEntries(names.map((name) => [name, [2, 2]]));
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What stands in a JSON web token; whether it is to be believed nobody has asked. */
function decodeToken(text: string): Json {
  const [header, payload] = text.split('.').map((part) => parseJson(Buffer.from(part, 'base64url').toString('utf8')));
  return isObject(header) && isObject(payload) ? { header, payload } : null;
}

export interface Expression {
  readonly text: string;
  readonly root: Node;
}

/** Its tree is walked by recursion, and is at most half as deep. */
const longestExpression = 4000;

/** Throws ExpressionError for bad syntax, and for a function that does not exist or takes other arguments. */
export function parseExpression(text: string): Expression {
  if (text.length > longestExpression)
    throw new ExpressionError(`An expression may have ${longestExpression} characters.`, 0);
  let compiled: unknown;
  try {
    compiled = library.compile(text);
  } catch (error) {
    throw syntaxError(text, error);
  }
  const root = asNode(compiled);
  checkFunctions(root, text);
  return { text, root };
}

export function evaluate(expression: Expression, data: Json): Json {
  return visit(expression.root, data) ?? null;
}

/** The same expression with its texts replaced. */
export function mapTexts({ text, root }: Expression, each: (text: string) => unknown): Expression {
  return { text, root: asNode(mapLiterals(root, each)) };
}

function mapLiterals(value: unknown, each: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLiterals(item, each));
  if (!isObject(value)) return value;
  if (value['type'] === 'Literal')
    return typeof value['value'] === 'string' ? { ...value, value: each(value['value']) } : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapLiterals(inner, each)]));
}

/** What the expression reads from its data: `['queue', 'QueueUrl']` of `queue.QueueUrl.x`; at most two names each. */
export function pathsOf(expression: Expression): readonly (readonly string[])[] {
  const paths: string[][] = [];
  collectPaths(expression.root, paths);
  return paths;
}

function collectPaths(node: Node, paths: string[][]): void {
  const [first, second] = node.type === 'Subexpression' ? nodes(node) : [];
  if (first?.type === 'Field' && second?.type === 'Field') paths.push([first.name ?? '', second.name ?? '']);
  else if (node.type === 'Field') paths.push([node.name ?? '']);
  else for (const child of scopedChildren(node)) collectPaths(child, paths);
}

/** Children that see the same data as their parent; the rest see what a sibling before them found. */
function scopedChildren(node: Node): readonly Node[] {
  switch (node.type) {
    case 'Subexpression':
    case 'IndexExpression':
    case 'Projection':
    case 'ValueProjection':
    case 'FilterProjection':
    case 'Pipe':
      return nodes(node).slice(0, 1);
    case 'MultiSelectHash':
      return nodes(node).map((pair) => asNode(pair.value));
    case 'ExpressionReference':
    case 'Slice':
      return [];
    default:
      return nodes(node);
  }
}

function visit(node: Node, data: Json): Json {
  const [first, second, third] = node.children;
  switch (node.type) {
    case 'Field':
      return fieldOf(data, node.name ?? '');
    case 'Subexpression':
    case 'IndexExpression':
    case 'Pipe':
      return then(visit(asNode(first), data), node.type === 'Pipe', (value) => visit(asNode(second), value));
    case 'Index':
      return Array.isArray(data) ? data.at(Number(node.value)) : null;
    case 'Slice':
      return Array.isArray(data) ? delegate(data, `@[${node.children.map((part) => part ?? '').join(':')}]`) : null;
    case 'Projection':
      return project(visit(asNode(first), data), asNode(second));
    case 'ValueProjection': {
      const base = visit(asNode(first), data);
      return isObject(base) ? project(Object.values(base), asNode(second)) : null;
    }
    case 'FilterProjection': {
      const base = visit(asNode(first), data);
      return Array.isArray(base)
        ? project(
            base.filter((item) => isTrue(visit(asNode(third), item))),
            asNode(second),
          )
        : null;
    }
    case 'Flatten': {
      const base = visit(asNode(first), data);
      return Array.isArray(base) ? base.flat() : null;
    }
    case 'Comparator':
      return compare(node.name ?? '', visit(asNode(first), data), visit(asNode(second), data));
    case 'OrExpression':
    case 'AndExpression': {
      const left = visit(asNode(first), data);
      return isTrue(left) === (node.type === 'OrExpression') ? left : visit(asNode(second), data);
    }
    case 'NotExpression':
      return !isTrue(visit(asNode(first), data));
    case 'MultiSelectList':
      return data === null ? null : nodes(node).map((child) => visit(child, data) ?? null);
    case 'MultiSelectHash':
      return data === null
        ? null
        : Object.fromEntries(nodes(node).map((pair) => [pair.name, visit(asNode(pair.value), data) ?? null]));
    case 'Literal':
      return node.value;
    case 'Identity':
    case 'Current':
      return data;
    case 'Function':
      return callFunction(node, data);
    default:
      throw new ExpressionError(`No meaning for ${node.type} here.`, 0);
  }
}

function callFunction(node: Node, data: Json): Json {
  const name = node.name ?? '';
  const args = nodes(node);
  const by = args.find((arg) => arg.type === 'ExpressionReference');
  if (by) return callWithReference(name, args, asNode(by.children[0]), data);
  const values = args.map((arg) => visit(arg, data) ?? null);
  const ours = own[name];
  return ours ? ours.run(values) : delegate(values, `${name}(${values.map((_, index) => `[${index}]`).join(', ')})`);
}

/** sort_by, max_by, min_by and map: the keys are found here, the function itself is the library's. */
function callWithReference(name: string, args: readonly Node[], by: Node, data: Json): Json {
  const list = visit(asNode(args.find((arg) => arg.type !== 'ExpressionReference')), data);
  if (!Array.isArray(list)) throw new ExpressionError(`${name}() expects a list.`, 0);
  const keyed = list.map((value: unknown) => ({ key: visit(by, value) ?? null, value }));
  if (name === 'map') return keyed.map(({ key }) => key);
  const found = delegate(keyed, `${name}(@, &key)`);
  return Array.isArray(found) ? found.map((entry) => fieldOf(entry, 'value')) : fieldOf(found, 'value');
}

function delegate(data: Json, expression: string): Json {
  try {
    const found: unknown = library.search(data, expression);
    return found;
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message : String(error), 0);
  }
}

function compare(comparator: string, left: Json, right: Json): Json {
  switch (comparator) {
    case 'EQ':
      return library.strictDeepEqual(left ?? null, right ?? null);
    case 'NE':
      return !library.strictDeepEqual(left ?? null, right ?? null);
    default:
      if (typeof left !== 'number' || typeof right !== 'number') return null;
      if (comparator === 'GT') return left > right;
      if (comparator === 'GTE') return left >= right;
      return comparator === 'LT' ? left < right : left <= right;
  }
}

/** A step on from nothing is nothing, but a pipe hands even nothing on. */
function then(value: Json, always: boolean, next: (value: Json) => Json): Json {
  return always || (value !== null && value !== undefined) ? next(value ?? null) : null;
}

function project(list: Json, each: Node): Json {
  if (!Array.isArray(list)) return null;
  return list.map((item) => visit(each, item)).filter((item) => item !== null && item !== undefined);
}

/** JMESPath's truth: empty lists, objects and texts are false, and 0 is true. */
export function isTrue(value: Json): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : true;
}

function fieldOf(data: Json, name: string): Json {
  return isObject(data) && Object.hasOwn(data, name) ? data[name] : null;
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nodes(node: Node): readonly Node[] {
  return node.children.map(asNode);
}

/** The border to the library, whose trees are untyped. */
function asNode(value: unknown): Node {
  if (!isObject(value) || typeof value['type'] !== 'string')
    throw new ExpressionError('The expression is incomplete.', 0);
  const { type, name, children } = value;
  return {
    type,
    value: value['value'],
    children: Array.isArray(children) ? children : [],
    ...(typeof name === 'string' && { name }),
  };
}

function checkFunctions(node: Node, text: string): void {
  if (node.type === 'Function') {
    const name = node.name ?? '';
    const at = Math.max(0, text.indexOf(`${name}(`));
    const ours = own[name];
    const range = ours ? [ours.takes, ours.takes] : standard[name];
    if (!range) throw new ExpressionError(`There is no function ${name}().`, at);
    const [least = 0, most = 0] = range;
    if (node.children.length < least || node.children.length > most)
      throw new ExpressionError(`${name}() takes ${least} argument${least === 1 ? '' : 's'}.`, at);
  }
  const inner = node.type === 'MultiSelectHash' ? nodes(node).map((pair) => asNode(pair.value)) : node.children;
  for (const child of inner)
    if (isObject(child) && typeof child['type'] === 'string') checkFunctions(asNode(child), text);
}

/** The library says which token it stumbled over but not where: it is looked for among the tokens. */
function syntaxError(text: string, error: unknown): ExpressionError {
  const message = error instanceof Error ? error.message : String(error);
  if (text.trim() === '') return new ExpressionError('The expression is empty.', 0);
  const character = /^Unknown character:(.*)$/s.exec(message)?.[1];
  if (character !== undefined) return new ExpressionError(`Unexpected character ${character}`, text.indexOf(character));
  if (message.includes('EOF')) return new ExpressionError('The expression ends too early.', text.length);
  const value = /value: (.*)$/s.exec(message)?.[1] ?? /: "(.*)"$/s.exec(message)?.[1];
  const token = tokens(text).findLast((candidate) => value !== undefined && String(candidate.value) === value);
  return new ExpressionError(
    token ? `Unexpected ${JSON.stringify(token.value)}` : 'This is not JMESPath.',
    token?.start ?? 0,
  );
}

function tokens(text: string): { value: unknown; start: number }[] {
  try {
    return library.tokenize(text);
  } catch {
    return [];
  }
}
