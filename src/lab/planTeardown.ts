// What clean-up would remove, in which order. Pure: entries in, waves out. Nothing in a wave depends on anything in its own wave or a later one.
import { kinds, type KindName } from '../aws/resources/kinds.ts';
import type { Content, ResourceKey } from '../aws/resources/kind.ts';

export interface Removable {
  /** The journal's number; sweeping makes numbers of its own. */
  readonly n: number;
  readonly kind: KindName;
  readonly key: ResourceKey;
  readonly name: string;
  readonly ref: string;
  readonly arn?: string;
  readonly contents: readonly Content[];
}

export type Waves = readonly (readonly Removable[])[];

export function planTeardown(entries: readonly Removable[]): Waves {
  const waves: Removable[][] = [];
  let left = [...entries].sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
  while (left.length > 0) {
    const waiting = new Set(left.map(({ kind }) => kind));
    const ready = left.filter(
      ({ kind }) => !kinds[kind].goesAfter.some((before) => before !== kind && waiting.has(before)),
    );
    // Kinds that wait for each other in a circle go together: the last wave tries them all.
    const wave = ready.length > 0 ? ready : left;
    waves.push(wave);
    left = left.filter((entry) => !wave.includes(entry));
  }
  return waves;
}

export function costPerHour(entries: readonly { readonly kind: KindName }[]): number {
  return entries.reduce((sum, { kind }) => sum + kinds[kind].costPerHour, 0);
}
