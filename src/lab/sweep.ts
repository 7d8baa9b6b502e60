// Finds what labs left behind, by its tags, even where a journal is lost. In: a target. Out: what is there, with the session that made it.
import { AwsFailure } from '../aws/errors.ts';
import { kinds } from '../aws/resources/kinds.ts';
import type { Found, Look, ResourceKind } from '../aws/resources/kind.ts';
import { labTag, sessionTag } from './stepContext.ts';

export interface Leftover {
  readonly found: Found;
  readonly session: string;
  readonly lab: string;
}

/** Where one may not look, or the service is none that this target has. */
export interface Unseen {
  readonly kind: ResourceKind;
  readonly failure: AwsFailure;
}

/** Of one session, or of all. `unseen` hears of the kinds that cannot be looked at; without it, the first ends the sweep. */
export async function sweep(
  look: Look,
  session?: string,
  unseen?: (kind: Unseen) => void,
): Promise<readonly Leftover[]> {
  const taggable = Object.values(kinds).filter((kind) => kind.taggable);
  const found = await Promise.all(taggable.map((kind) => sweepSeen(look, kind, unseen)));
  return found.flat().filter((leftover) => session === undefined || leftover.session === session);
}

async function sweepSeen(
  look: Look,
  kind: ResourceKind,
  unseen: ((kind: Unseen) => void) | undefined,
): Promise<readonly Leftover[]> {
  try {
    return await sweepKind(look, kind);
  } catch (failure) {
    const told = failure instanceof AwsFailure && ['access-denied', 'refused', 'service'].includes(failure.kind);
    if (!told || !unseen) throw failure;
    unseen({ kind, failure });
    return [];
  }
}

async function sweepKind(look: Look, kind: ResourceKind): Promise<readonly Leftover[]> {
  const leftovers: Leftover[] = [];
  let next: string | undefined;
  do {
    const page = await kind.list(look, next);
    for (const group of inGroups(page.entries, 8))
      leftovers.push(...(await Promise.all(group.map((entry) => tagged(look, kind, entry)))).flat());
    next = page.next;
  } while (next !== undefined && next !== '');
  return leftovers;
}

async function tagged(look: Look, kind: ResourceKind, found: Found): Promise<readonly Leftover[]> {
  const { [sessionTag]: session, [labTag]: lab } = await kind.tags(look, found);
  return session === undefined ? [] : [{ found, session, lab: lab ?? '' }];
}

function inGroups<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
