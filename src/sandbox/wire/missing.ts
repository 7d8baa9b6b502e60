// Members that AWS requires: looked for in one cheap walk, named only when one is missing.
import type { Shape } from './shape.ts';

/** The way to a member that is not there: names, and positions in lists (from 1). */
export type Path = readonly (string | number)[];

type Complete = (value: unknown) => boolean;

const checks = new WeakMap<Shape, Complete | true>();

export function isComplete(shape: Shape, value: unknown): boolean {
  const check = completeCheck(shape);
  return check === true || check(value);
}

/** `true`: nothing in the shape is required. */
function completeCheck(shape: Shape): Complete | true {
  const cached = checks.get(shape);
  if (cached) return cached;
  // Called through until it is made: a shape may contain itself.
  const holder: { made: Complete | true } = { made: true };
  checks.set(shape, (value) => holder.made === true || holder.made(value));
  holder.made = makeCheck(shape);
  checks.set(shape, holder.made);
  return holder.made;
}

function makeCheck(shape: Shape): Complete | true {
  if (shape.kind === 'list') {
    const check = completeCheck(shape.item.shape);
    return check === true || ((value) => (value as readonly unknown[]).every(check));
  }
  if (shape.kind === 'map') {
    const check = completeCheck(shape.value.shape);
    return check === true || ((value) => Object.values(value as object).every((item) => isThere(item) && check(item)));
  }
  if (shape.kind !== 'structure') return true;
  const members = shape.members
    .map(({ name, required, shape: inner }) => ({ name, required, check: completeCheck(inner) }))
    .filter(({ required, check }) => required || check !== true);
  if (members.length === 0) return true;
  return (value) => {
    const fields = value as Readonly<Record<string, unknown>>;
    for (const { name, required, check } of members) {
      const given = fields[name];
      if (given === undefined || given === null ? required : check !== true && !check(given)) return false;
    }
    return true;
  };
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

export function missingMembers(shape: Shape, value: unknown, at: Path = []): Path[] {
  if (value === undefined || value === null) return [];
  if (shape.kind === 'list') {
    return (value as readonly unknown[]).flatMap((item, index) =>
      missingMembers(shape.item.shape, item, [...at, index + 1]),
    );
  }
  if (shape.kind === 'map') {
    if (completeCheck(shape.value.shape) === true) return [];
    return Object.entries(value as object).flatMap(([name, item]) => {
      const path = [...at, name, 'member']; // AWS says it so, recorded for SNS
      return isThere(item) ? missingMembers(shape.value.shape, item, path) : [path];
    });
  }
  if (shape.kind !== 'structure') return [];
  const fields = value as Readonly<Record<string, unknown>>;
  return shape.members.flatMap((member) => {
    const given = fields[member.name];
    const path = [...at, member.name];
    return given === undefined || given === null
      ? member.required
        ? [path]
        : []
      : missingMembers(member.shape, given, path);
  });
}
