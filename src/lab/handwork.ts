// What the learner did by hand: looked for under the names that the step's own calls would have given it.
// In: a step that was not run. Out: the resources found, and the values that running it would have saved. Changes nothing.
import { AwsFailure } from '../aws/errors.ts';
import { effectOf } from '../aws/operations.ts';
import { kinds } from '../aws/resources/kinds.ts';
import type { Found } from '../aws/resources/kind.ts';
import { resolve, UnknownName } from './expression.ts';
import type { Action, Step } from './model.ts';
import { ownerOf, type Owner } from './ownership.ts';
import { prepare } from './prepareRequest.ts';
import { sameKey } from './sessionState.ts';
import { credentialsFor } from './otherCredentials.ts';
import { isLeftOut, tagsOf, type StepContext } from './stepContext.ts';

export interface FoundByHand {
  readonly resource: Found;
  readonly owner: Owner | undefined;
}

export interface Handwork {
  readonly found: readonly FoundByHand[];
}

export async function findHandwork(context: StepContext, step: Step): Promise<Handwork> {
  const found: FoundByHand[] = [];
  for (const action of step.actions) {
    try {
      const one = await look(context, action);
      if (
        one &&
        !found.some(({ resource }) => resource.kind === one.resource.kind && sameKey(resource.key, one.resource.key))
      )
        found.push(one);
    } catch (error) {
      // Not there, or not known yet: the checks will say so.
      if (error instanceof UnknownName || (error instanceof AwsFailure && error.kind === 'refused')) continue;
      throw error;
    }
  }
  return { found };
}

async function look(context: StepContext, action: Action): Promise<FoundByHand | undefined> {
  if (isLeftOut(context, action)) return undefined;
  if (action.kind === 'show' && action.save !== undefined)
    context.save(action.save, resolve(action.value, context.scope()));
  if (action.kind === 'metadata' || action.kind === 'relying-party')
    await (await import('./runSaml.ts')).lookUp(context, action);
  if (action.kind !== 'call' && action.kind !== 'until') return undefined;
  const { operation } = action.request;
  const effect = effectOf(operation);
  const { target, signal, session } = context;
  if (effect.effect !== 'create') {
    const credentials = action.kind === 'call' ? credentialsFor(context, action.credentials) : {};
    if (effect.effect === 'read' && action.save !== undefined)
      context.save(
        action.save,
        await target.sendAny(operation, prepare(context, action.request).input, { signal, ...credentials }),
      );
    return undefined;
  }
  const { input } = prepare(context, action.request);
  const kind = kinds[effect.kind];
  const key = kind.keyOf(operation, { ...kind.withTags(input, tagsOf(context)) });
  const place = { target, signal };
  const found = key && (await kind.find(place, key));
  const resource = found ?? (key && (await kind.namesake?.(place, key)));
  if (!key || !resource) return undefined;
  const ours = (found && session.state.find(kind.kind, key)) ?? session.state.find(kind.kind, resource.key);
  const output = resource.output ?? ours?.output;
  if (action.save !== undefined && output) context.save(action.save, output);
  if (ours?.state === 'alive') return undefined;
  return { resource, owner: await ownerOf({ target, signal }, resource) };
}
