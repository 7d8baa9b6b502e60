// Resources that were added by name, kept for the window: one set a target, because a name means something else elsewhere.
import type { Found } from '../../aws/resources/kind.ts';
import type { TargetFacts } from '../../aws/target.ts';
import type { Memory } from '../targets.ts';
import type { GroupName } from './aim.ts';
import { detailKey } from './detail.ts';

const memoryKey = 'resourcesByName';

export class KeptNames {
  readonly #memory: Memory;
  readonly #facts: () => TargetFacts | undefined;

  constructor(memory: Memory, facts: () => TargetFacts | undefined) {
    this.#memory = memory;
    this.#facts = facts;
  }

  readonly of = (group: GroupName): readonly Found[] => {
    const facts = this.#facts();
    if (facts === undefined) return [];
    return (this.#read()[placeOf(facts)] ?? []).filter(({ kind }) => kind === group);
  };

  add(found: Found): void {
    this.#change((kept) => [
      ...kept,
      { kind: found.kind, key: found.key, name: found.name, ref: found.ref, ...arnIn(found) },
    ]);
  }

  remove(found: Found): void {
    if (found.kind !== 'subscription') this.#change((kept) => kept, found);
  }

  #change(change: (kept: readonly Found[]) => readonly Found[], without?: Found): void {
    const facts = this.#facts();
    if (facts === undefined) return;
    const all = this.#read();
    const kept = all[placeOf(facts)] ?? [];
    if (without && !kept.some((each) => detailKey(each) === detailKey(without))) return;
    const left = kept.filter((each) => detailKey(each) !== (without && detailKey(without)));
    const changed = new Map(change(left).map((each) => [detailKey(each), each]));
    this.#memory.update(memoryKey, JSON.stringify({ ...all, [placeOf(facts)]: [...changed.values()] }));
  }

  #read(): Readonly<Record<string, readonly Found[]>> {
    try {
      const text = this.#memory.get(memoryKey);
      const value: unknown = typeof text === 'string' ? JSON.parse(text) : {};
      if (typeof value !== 'object' || value === null) return {};
      return Object.fromEntries(
        Object.entries(value).map(([place, list]) => [place, Array.isArray(list) ? list.filter(isFound) : []]),
      );
    } catch {
      return {};
    }
  }
}

const arnIn = ({ arn }: Found): { arn?: string } => (arn === undefined ? {} : { arn });

/** The sandbox may answer at another port tomorrow. */
const placeOf = ({ kind, account, region, endpoint }: TargetFacts): string =>
  [kind, account, region, kind === 'sandbox' ? '' : (endpoint ?? '')].join('|');

/** The border to the editor's memory: our own format. */
function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, key, name, ref }: Partial<Record<string, unknown>> = { ...value };
  return [kind, name, ref].every((each) => typeof each === 'string') && typeof key === 'object' && key !== null;
}
