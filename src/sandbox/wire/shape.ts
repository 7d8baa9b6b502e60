// A shape as the wire needs it: the SDK's schema, walked once, with every trait at hand. Readers and writers are compiled from it.
import { NormalizedSchema } from '@smithy/core/schema';

export type Scalar = 'string' | 'number' | 'boolean' | 'bigint' | 'decimal' | 'timestamp' | 'blob' | 'document';

/** How a timestamp is written where its protocol leaves the choice. */
export type TimeFormat = 'date-time' | 'http-date' | 'epoch-seconds';

export interface Traits {
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: unknown;
  readonly xmlAttribute?: unknown;
  readonly xmlNamespace?: readonly [prefix: string | undefined, uri: string];
  readonly ec2QueryName?: string;
  readonly httpLabel?: unknown;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: unknown;
  readonly httpPayload?: unknown;
  readonly httpPrefixHeaders?: string;
  readonly httpResponseCode?: unknown;
  readonly mediaType?: string;
  readonly streaming?: unknown;
  readonly http?: readonly [method: string, uri: string, status: number];
  readonly error?: 'client' | 'server';
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
}

export interface Member {
  readonly name: string;
  readonly required: boolean;
  /** Own traits of the member and of what it points to, together. */
  readonly traits: Traits;
  /** Traits of the member alone. */
  readonly own: Traits;
  readonly shape: Shape;
}

export type Shape =
  | {
      readonly kind: Scalar;
      readonly name: string;
      readonly traits: Traits;
      readonly time?: TimeFormat;
      /** Timestamps: milliseconds are written even where there are none. */
      readonly precise?: boolean;
      readonly streaming?: boolean;
    }
  | { readonly kind: 'list'; readonly name: string; readonly traits: Traits; readonly item: Member }
  | {
      readonly kind: 'map';
      readonly name: string;
      readonly traits: Traits;
      readonly key: Member;
      readonly value: Member;
    }
  | Structure
  | { readonly kind: 'unit'; readonly name: string; readonly traits: Traits };

export interface Structure {
  readonly kind: 'structure';
  readonly name: string;
  readonly traits: Traits;
  readonly namespace: string;
  readonly union: boolean;
  readonly members: readonly Member[];
}

const timeFormats: Readonly<Record<number, TimeFormat>> = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' };

/** Shapes refer to themselves (a filter of filters), so members are looked up when first asked for. */
const known = new WeakMap<object, Shape>();

/** `precise`: the service writes its timestamps with milliseconds, always. */
export function shapeOf(schema: unknown, precise = false): Shape {
  return shapeOfNormal(NormalizedSchema.of(border(schema)), precise);
}

/** The only place where the SDK's schema enters: an opaque value that its own walker understands. */
const border = (schema: unknown): Parameters<typeof NormalizedSchema.of>[0] =>
  schema as Parameters<typeof NormalizedSchema.of>[0];

function shapeOfNormal(normal: NormalizedSchema, precise: boolean): Shape {
  const raw: unknown = normal.getSchema();
  const cached = typeof raw === 'object' && raw !== null ? known.get(raw) : undefined;
  if (cached) return cached;
  const shape = build(normal, raw, precise);
  if (typeof raw === 'object' && raw !== null) known.set(raw, shape);
  return shape;
}

function build(normal: NormalizedSchema, raw: unknown, precise: boolean): Shape {
  const name = normal.getName() ?? '';
  const traits: Traits = normal.getOwnTraits();
  if (normal.isUnitSchema()) return { kind: 'unit', name, traits };
  if (normal.isListSchema()) {
    return lazily({ kind: 'list' as const, name, traits }, 'item', () =>
      memberOf('member', normal.getValueSchema(), false, precise),
    );
  }
  if (normal.isMapSchema()) {
    const map = lazily({ kind: 'map' as const, name, traits }, 'key', () =>
      memberOf('key', normal.getKeySchema(), true, precise),
    );
    return lazily(map, 'value', () => memberOf('value', normal.getValueSchema(), false, precise));
  }
  if (normal.isStructSchema()) return structure(normal, raw, name, traits, precise);
  return scalar(normal, raw, name, traits, precise);
}

function structure(normal: NormalizedSchema, raw: unknown, name: string, traits: Traits, precise: boolean): Shape {
  // [kind, namespace, name, traits, member names, member schemas, how many of them (the first ones) are required]
  const needed: unknown = Array.isArray(raw) ? raw[6] : 0;
  const required = typeof needed === 'number' ? needed : 0;
  const namespace = Array.isArray(raw) ? String(raw[1]) : '';
  const shape = { kind: 'structure' as const, name, traits, namespace, union: normal.isUnionSchema() };
  return lazily(shape, 'members', () =>
    [...normal.structIterator()].map(([member, schema], index) => memberOf(member, schema, index < required, precise)),
  );
}

function scalar(normal: NormalizedSchema, raw: unknown, name: string, traits: Traits, precise: boolean): Shape {
  if (normal.isBlobSchema()) return { kind: 'blob', name, traits, streaming: normal.isStreaming() };
  if (normal.isTimestampSchema()) {
    const time = timeFormats[Number(raw)];
    return { kind: 'timestamp', name, traits, ...(time && { time }), precise };
  }
  const kind = normal.isBooleanSchema()
    ? 'boolean'
    : normal.isNumericSchema()
      ? 'number'
      : normal.isBigIntegerSchema()
        ? 'bigint'
        : normal.isBigDecimalSchema()
          ? 'decimal'
          : normal.isDocumentSchema()
            ? 'document'
            : 'string';
  return { kind, name, traits };
}

function memberOf(name: string, normal: NormalizedSchema, required: boolean, precise: boolean): Member {
  const member = {
    name,
    required,
    traits: normal.getMergedTraits() as Traits,
    own: normal.getMemberTraits() as Traits,
  };
  return lazily(member, 'shape', () => shapeOfNormal(normal, precise));
}

/** Adds a member that is worked out when first read, once. */
function lazily<Target extends object, Name extends string, Value>(
  target: Target,
  name: Name,
  make: () => Value,
): Target & { readonly [Key in Name]: Value } {
  let made: { readonly value: Value } | undefined;
  const get = (): Value => (made ??= { value: make() }).value;
  return Object.defineProperty(target, name, { get, enumerable: true }) as Target & { readonly [Key in Name]: Value };
}
