// Which operation of a REST service a request means: method, path, and what the query must say. S3's bucket is taken off before,
// from the host's name or from the path's first part, so that both its styles look alike afterwards.
import { bucketOfHost } from './hosts.ts';
import { header, type WireRequest } from './exchange.ts';
import type { Model, Operation } from './model.ts';
import type { Member } from './shape.ts';

interface RestRoute {
  readonly operation: Operation;
  readonly method: string;
  /** Literal parts, and labels; a greedy label takes the rest. */
  readonly parts: readonly { readonly literal?: string; readonly label?: string; readonly greedy?: boolean }[];
  readonly literals: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly id: string | undefined;
  /** Input members that must come in query or headers. */
  readonly required: readonly Member[];
  readonly takesBucket: boolean;
}

export interface Address {
  readonly bucket: string | undefined;
  readonly path: string;
}

const compiled = new WeakMap<Model, readonly RestRoute[]>();

export function addressOf(model: Model, request: WireRequest): Address {
  if (!model.description.bucket) return { bucket: undefined, path: request.path };
  const host = bucketOfHost(request.host);
  if (host !== undefined) return { bucket: host, path: request.path };
  const slash = request.path.indexOf('/', 1);
  const first = slash < 0 ? request.path.slice(1) : request.path.slice(1, slash);
  return { bucket: first === '' ? undefined : decode(first), path: slash < 0 ? '/' : request.path.slice(slash) };
}

export function matchRest(model: Model, request: WireRequest): Operation | undefined {
  const { bucket, path } = addressOf(model, request);
  const query = new URLSearchParams(request.query);
  const parts = partsOf(path);
  const fitting = routesOf(model).filter(
    (route) =>
      route.method === request.method &&
      (!model.description.bucket || route.takesBucket === (bucket !== undefined)) &&
      fitsPath(route, parts) &&
      route.literals.every(({ name, value }) => query.has(name) && (value === undefined || query.get(name) === value)),
  );
  // What the query says outright counts before what is missing: '?attributes' without its header is no GetObject.
  const most = Math.max(0, ...fitting.map(({ literals }) => literals.length));
  const meant = fitting.filter(({ literals }) => literals.length === most);
  const complete = meant.filter(({ required }) => required.every((member) => isGiven(member, query, request)));
  const score = (route: RestRoute): number =>
    (route.id !== undefined && query.get('x-id') === route.id ? 10_000 : 0) +
    route.parts.filter(({ literal }) => literal !== undefined).length * 1000 +
    route.literals.length * 100 +
    route.required.length;
  const best = (complete.length > 0 ? complete : meant).toSorted((a, b) => score(b) - score(a));
  return best[0]?.operation;
}

/** What the path says of the operation's labels. */
export function labelsOf(model: Model, operation: Operation, request: WireRequest): ReadonlyMap<string, string> {
  const { bucket, path } = addressOf(model, request);
  const labels = new Map<string, string>(bucket === undefined ? [] : [['Bucket', bucket]]);
  const route = routesOf(model).find((one) => one.operation === operation);
  const parts = partsOf(path);
  for (const [index, { label, greedy }] of (route?.parts ?? []).entries()) {
    if (label === undefined) continue;
    labels.set(label, decode(greedy ? path.slice(1).split('/').slice(index).join('/') : (parts[index] ?? '')));
  }
  return labels;
}

const isGiven = ({ traits }: Member, query: URLSearchParams, request: WireRequest): boolean =>
  traits.httpQuery === undefined
    ? header(request, (traits.httpHeader ?? '').toLowerCase()) !== undefined
    : query.has(traits.httpQuery);

/** An ending slash says nothing, but for keys, which take the path as it is. */
const partsOf = (path: string): string[] => path.replace(/^\//, '').replace(/\/$/, '').split('/');

function fitsPath({ parts: wanted }: RestRoute, given: readonly string[]): boolean {
  const greedy = wanted.findIndex((part) => part.greedy);
  if (greedy < 0 && wanted.length !== given.length) return false;
  return wanted.every(({ literal }, index) =>
    literal === undefined
      ? Boolean(given[index]) || (greedy === index && given.length > index + 1)
      : given[index] === literal,
  );
}

function routesOf(model: Model): readonly RestRoute[] {
  const known = compiled.get(model);
  if (known) return known;
  const made = [...model.operations.values()].flatMap((operation) => routeOf(operation) ?? []);
  compiled.set(model, made);
  return made;
}

function routeOf(operation: Operation): RestRoute | undefined {
  const [method, uri] = operation.traits.http ?? [];
  if (!method || !uri) return undefined;
  const [path = '/', query = ''] = uri.split('?');
  const literals = [...new URLSearchParams(query)].map(([name, value]) => ({
    name,
    value: value === '' ? undefined : value,
  }));
  const members = operation.input.kind === 'structure' ? operation.input.members : [];
  return {
    operation,
    method,
    parts: partsOf(path).map((part) => {
      const label = /^\{([^+}]+)(\+?)\}$/.exec(part);
      return label?.[1] ? { label: label[1], greedy: label[2] === '+' } : { literal: part };
    }),
    literals: literals.filter(({ name }) => name !== 'x-id'),
    id: literals.find(({ name }) => name === 'x-id')?.value,
    required: members.filter(
      ({ required, traits }) => required && (traits.httpQuery !== undefined || traits.httpHeader !== undefined),
    ),
    takesBucket: members.some(({ name, traits }) => name === 'Bucket' && traits.httpLabel !== undefined),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
