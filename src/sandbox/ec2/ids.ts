import { createHash } from 'node:crypto';
import type { World } from '../service.ts';

/** 'i-' and 17 random digits. A UUID's own fixed digits are left out. */
export function freshId(world: World, prefix: string): string {
  const digits = world.id().replaceAll('-', '');
  return `${prefix}-${digits.slice(0, 12)}${digits.slice(17, 22)}`;
}

/** The same id at every start, for what is always there: images, default networks. */
export const stableId = (prefix: string, ...of: readonly string[]): string =>
  `${prefix}-0${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 16)}`;

/** Whether this may be an id: 8 digits, as they were until 2018, or 17. */
export const isId = (prefix: string, id: string): boolean =>
  id.startsWith(`${prefix}-`) && /^([0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length + 1));
