// JSON of the JSON protocols: readers check what JSON.parse gave, in place; writers prepare what JSON.stringify takes.
// Both are compiled once a shape. A shape without blobs and timestamps is written as it is.
import { wrongType, WrongType } from './parseError.ts';
import type { Member, Shape, Structure } from './shape.ts';
import { readTime, timeFormat, writeTime } from './time.ts';

/** Gives the value the handlers see; throws WrongType. */
export type Read = (value: unknown) => unknown;
/** Gives what JSON.stringify shall take; undefined instead of a function: the value as it is. */
type Write = (value: unknown) => unknown;

export type Names = 'jsonName' | 'plain';

const readers = { jsonName: new WeakMap<Shape, Read>(), plain: new WeakMap<Shape, Read>() };
const writers = { jsonName: new WeakMap<Shape, Write | false>(), plain: new WeakMap<Shape, Write | false>() };

const wireName = (member: Member, names: Names): string =>
  names === 'jsonName' ? (member.traits.jsonName ?? member.name) : member.name;

export function jsonReader(shape: Shape, names: Names): Read {
  const cached = readers[names].get(shape);
  if (cached) return cached;
  // Called through until it is made: a shape may contain itself.
  const holder: { made?: Read } = {};
  readers[names].set(shape, (value) => holder.made?.(value));
  holder.made = makeReader(shape, names);
  readers[names].set(shape, holder.made);
  return holder.made;
}

function makeReader(shape: Shape, names: Names): Read {
  switch (shape.kind) {
    case 'structure':
      return structureReader(shape.members, names);
    case 'list':
      return listReader(jsonReader(shape.item.shape, names));
    case 'map':
      return mapReader(jsonReader(shape.value.shape, names));
    case 'unit':
    case 'document':
      return (value) => value;
    default:
      return scalarReaders[shape.kind];
  }
}

function structureReader(members: readonly Member[], names: Names): Read {
  const known = new Map(members.map((member) => [wireName(member, names), { name: member.name, shape: member.shape }]));
  const reads = new Map<string, Read>();
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongStructure(value);
    const fields = value as Record<string, unknown>;
    for (const name in fields) {
      const member = known.get(name);
      if (!member) continue;
      const given = fields[name];
      if (given === null || given === undefined) {
        delete fields[name];
        continue;
      }
      let read = reads.get(name);
      if (!read) reads.set(name, (read = jsonReader(member.shape, names)));
      const made = read(given);
      if (made !== given || member.name !== name) fields[member.name] = made;
    }
    return fields;
  };
}

const wrongStructure = (value: unknown): WrongType =>
  Array.isArray(value)
    ? new WrongType('Start of list found where not expected')
    : new WrongType('Unexpected field type');

function listReader(read: Read): Read {
  return (value) => {
    if (!Array.isArray(value)) throw new WrongType('Expected list or null');
    for (let index = 0; index < value.length; index++) {
      const given: unknown = value[index];
      if (given !== null) value[index] = read(given);
    }
    return value;
  };
}

function mapReader(read: Read): Read {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongStructure(value);
    const fields = value as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      const given = fields[name];
      const made = given === null ? undefined : read(given);
      if (made !== given) fields[name] = made;
    }
    return fields;
  };
}

const scalarReaders: Readonly<
  Record<'string' | 'number' | 'boolean' | 'bigint' | 'decimal' | 'timestamp' | 'blob', Read>
> = {
  string: (value) => {
    if (typeof value !== 'string') throw wrongType(value, 'String');
    return value;
  },
  number: (value) => {
    if (typeof value === 'number') return value;
    // Numbers that JSON cannot say.
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
    throw wrongType(value, 'Integer');
  },
  boolean: (value) => {
    if (typeof value !== 'boolean') throw wrongType(value, 'Boolean');
    return value;
  },
  bigint: (value) => {
    if (typeof value !== 'number') throw wrongType(value, 'BigInteger');
    return BigInt(value);
  },
  decimal: (value) => {
    if (typeof value !== 'number') throw wrongType(value, 'BigDecimal');
    return value;
  },
  timestamp: (value) => {
    if (typeof value !== 'number' && typeof value !== 'string') throw wrongType(value, 'Timestamp');
    return readTime(value);
  },
  blob: (value) => {
    if (typeof value !== 'string') throw wrongType(value, 'Blob');
    return readBase64(value);
  },
};

export function readBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) {
    const found = `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`;
    throw new WrongType(`'${text}' can not be converted to a Blob: ${found}`);
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new WrongType(`'${text}' can not be converted to a Blob: Invalid Base64`);
  return Buffer.from(text, 'base64');
}

/** The output's JSON text. */
export function writeJson(shape: Shape, value: unknown, names: Names): string {
  const write = jsonWriter(shape, names);
  return JSON.stringify(write ? write(value) : value) ?? '{}';
}

function jsonWriter(shape: Shape, names: Names): Write | false {
  const cached = writers[names].get(shape);
  if (cached !== undefined) return cached;
  if (!needsWork(shape, names, new Set())) {
    writers[names].set(shape, false);
    return false;
  }
  const holder: { made?: Write } = {};
  writers[names].set(shape, (value) => holder.made?.(value));
  holder.made = makeWriter(shape, names);
  writers[names].set(shape, holder.made);
  return holder.made;
}

/** Whether anything in the shape is not written by JSON.stringify as the protocol wants it. */
function needsWork(shape: Shape, names: Names, seen: Set<Shape>): boolean {
  if (seen.has(shape)) return false;
  seen.add(shape);
  switch (shape.kind) {
    case 'structure':
      return shape.members.some(
        (member) => wireName(member, names) !== member.name || needsWork(member.shape, names, seen),
      );
    case 'list':
      return needsWork(shape.item.shape, names, seen);
    case 'map':
      return needsWork(shape.value.shape, names, seen);
    default:
      return shape.kind === 'blob' || shape.kind === 'timestamp' || shape.kind === 'bigint' || shape.kind === 'number';
  }
}

function makeWriter(shape: Shape, names: Names): Write {
  switch (shape.kind) {
    case 'structure':
      return structureWriter(shape, names);
    case 'list': {
      const write = jsonWriter(shape.item.shape, names);
      return (value) =>
        write && Array.isArray(value) ? value.map((item: unknown) => (isThere(item) ? write(item) : item)) : value;
    }
    case 'map': {
      const write = jsonWriter(shape.value.shape, names);
      return (value) => (write && isFields(value) ? mapValues(value, write) : value);
    }
    case 'timestamp': {
      const format = timeFormat(shape, shape.traits, 'epoch-seconds');
      return (value) => (format === 'epoch-seconds' ? Number(writeTime(value, format)) : writeTime(value, format));
    }
    default:
      return scalarWriters[shape.kind] ?? ((value) => value);
  }
}

const scalarWriters: Readonly<Record<string, Write>> = {
  blob: (value) => writeBase64(value),
  number: (value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
  bigint: (value) => Number(value),
};

export const writeBase64 = (value: unknown): string =>
  value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
    : Buffer.from(String(value)).toString('base64');

function structureWriter(shape: Structure, names: Names): Write {
  const changes = shape.members
    .map((member) => ({ member, wire: wireName(member, names), write: memberWriter(member, names) }))
    .filter(({ member, wire, write }) => wire !== member.name || write);
  return (value) => {
    if (!isFields(value)) return value;
    let copy: Record<string, unknown> | undefined;
    for (const { member, wire, write } of changes) {
      const given = value[member.name];
      if (given === undefined || given === null) continue;
      const made = write ? write(given) : given;
      if (made === given && wire === member.name) continue;
      copy ??= { ...value };
      if (wire !== member.name) delete copy[member.name];
      copy[wire] = made;
    }
    return copy ?? value;
  };
}

function memberWriter(member: Member, names: Names): Write | false {
  if (member.shape.kind !== 'timestamp') return jsonWriter(member.shape, names);
  const format = timeFormat(member.shape, member.traits, 'epoch-seconds');
  return (value) => (format === 'epoch-seconds' ? Number(writeTime(value, format)) : writeTime(value, format));
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const mapValues = (value: Record<string, unknown>, write: Write): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [name, isThere(item) ? write(item) : item]));
