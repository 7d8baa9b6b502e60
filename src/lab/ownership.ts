// Whose a resource is. Its session tag says so, or, of a kind without tags, the tag of the resource that it ends with.
// In: what is there. Out: the session that has it now. A session that another has taken something over from finds so here.
import { AwsFailure } from '../aws/errors.ts';
import type { Found, Look, Tags } from '../aws/resources/kind.ts';
import { kinds } from '../aws/resources/kinds.ts';
import type { Target } from '../aws/target.ts';
import type { Session } from './session.ts';
import { sameKey, type ResourceState } from './sessionState.ts';
import { labTag, sessionTag, tagsOf, type StepContext } from './stepContext.ts';

export interface Owner {
  readonly session: string;
  readonly lab: string;
}

/** Undefined: no session's, or one may not know. */
export async function ownerOf(look: Look, found: Found): Promise<Owner | undefined> {
  const { [sessionTag]: session, [labTag]: lab = '' } = await tagsThatTell(look, found);
  return session === undefined ? undefined : { session, lab };
}

async function tagsThatTell(look: Look, found: Found): Promise<Tags> {
  const kind = kinds[found.kind];
  const whole = kind.partOf?.(found.key);
  try {
    if (!whole) return kind.taggable ? await kind.tags(look, found) : {};
    const bearer = await kinds[whole.kind].find(look, whole.key);
    return bearer ? await kinds[whole.kind].tags(look, bearer) : {};
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'access-denied') return {};
    throw error;
  }
}

/**
 * Who has this session's resource now, if that is another session. What has no tags went over only if it is part of something
 * that was this session's too: a subscription to a foreign topic is still one's own.
 */
export async function passedOnTo(
  { session, target, signal }: { readonly session: Session; readonly target: Target; readonly signal: AbortSignal },
  resource: ResourceState,
  found: Found,
): Promise<Owner | undefined> {
  const whole = kinds[resource.kind].partOf?.(resource.key);
  const bearer = whole
    ? [...session.state.resources.values()].find(({ kind, key }) => kind === whole.kind && sameKey(key, whole.key))
    : resource;
  const owner = bearer && (await ownerOf({ target, signal }, found));
  const mine = [session.id, bearer?.claimed ? undefined : bearer?.from?.session];
  return owner && !mine.includes(owner.session) ? owner : undefined;
}

/**
 * Takes what is there into the session. First all of it is in the journal, then the tags say so: broken off in between, both
 * sessions may remove it, and neither forgets it.
 */
export async function adopt(
  context: StepContext,
  found: readonly { readonly resource: Found; readonly owner?: Owner | undefined }[],
): Promise<void> {
  const { session, stepId, target, signal } = context;
  const foreign = found.filter(({ owner }) => owner?.session !== session.id);
  const numbers = found.map(({ resource, owner }) => {
    const { kind, key, name, ref, arn } = resource;
    const n = session.state.nextNumber;
    const from = owner && owner.session !== session.id ? { from: owner } : {};
    session.record({ t: 'adopted', n, step: stepId, kind, key, name, ref, ...(arn !== undefined && { arn }), ...from });
    return n;
  });
  for (const each of foreign) {
    const { tag } = kinds[each.resource.kind];
    if (!tag) continue;
    await tag({ target, signal }, each.resource, tagsOf(context));
    session.record({ t: 'claimed', n: numbers[found.indexOf(each)] ?? 0 });
  }
}
