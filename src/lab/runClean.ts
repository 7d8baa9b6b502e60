// Clean-up of a session: what is there is looked up and counted, planned, shown, removed, and looked up again.
// In: a session. Out: a plan, then a result; the journal hears of each removal as it happens.
import type { Found } from '../aws/resources/kind.ts';
import { kinds } from '../aws/resources/kinds.ts';
import type { Target } from '../aws/target.ts';
import { ownerOf, passedOnTo } from './ownership.ts';
import { costPerHour, planTeardown, type Removable, type Waves } from './planTeardown.ts';
import type { RunClock } from './runOptions.ts';
import { runTeardown, type Left } from './runTeardown.ts';
import type { Session } from './session.ts';
import { sameKey, type ResourceState } from './sessionState.ts';
import type { EmptyResult, TeardownItem, TeardownPlan, TeardownResult } from './snapshot.ts';
import { sweep } from './sweep.ts';

export interface CleanContext {
  readonly session: Session;
  readonly target: Target;
  readonly clock: RunClock;
  readonly signal: AbortSignal;
}

/** Looks up each resource of the journal: those that are gone are noted as gone, doubtful ones settled, the rest counted. */
export async function findRemovable(
  context: CleanContext,
  only?: (resource: ResourceState) => boolean,
): Promise<readonly Removable[]> {
  if (context.session.broken > 0 && !only) await recordSwept(context);
  const living = context.session.state.living().filter(only ?? (() => true));
  const found = await Promise.all(living.map((resource) => settle(context, resource)));
  return found.filter((entry) => entry !== undefined);
}

async function settle(
  { session, target, signal }: CleanContext,
  resource: ResourceState,
): Promise<Removable | undefined> {
  const { n, key, state } = resource;
  const kind = kinds[resource.kind];
  const look = { target, signal };
  const found = await kind.find(look, key);
  const made = found && (state === 'alive' || !kind.taggable || (await ownerOf(look, found))?.session === session.id);
  if (!found || !made) {
    session.record({ t: 'removed', n });
    return undefined;
  }
  const to = await passedOnTo({ session, target, signal }, resource, found);
  if (to) {
    session.record({ t: 'passed-on', n, to });
    return undefined;
  }
  // A pending subscription is listed without its ARN, which the journal may know.
  const ref = found.output ? found.ref : (resource.ref ?? found.ref);
  return { ...found, n, ref, contents: await kind.contents(look, found) };
}

/** Where lines of the journal are damaged, the session's tag tells what they may have told. */
async function recordSwept({ session, target, signal }: CleanContext): Promise<void> {
  // What one may not list, one has hardly made.
  const ignore = () => undefined;
  for (const { found } of await sweep({ target, signal }, session.id, ignore)) {
    const { kind, key, name, ref, arn } = found;
    if (session.state.living().some((known) => known.kind === kind && isSame(known, found))) continue;
    session.record({
      t: 'adopted',
      n: session.state.nextNumber,
      step: '',
      kind,
      key,
      name,
      ref,
      ...(arn !== undefined && { arn }),
    });
  }
}

/** Until it is known what became of a call, some are known by another key, but by the same name. */
const isSame = ({ key, name, state }: ResourceState, found: Found): boolean =>
  sameKey(key, found.key) || (state === 'doubtful' && name === found.name);

/** A clean-up as it is shown: the plan, and what has become of each item. */
export class Cleaning {
  readonly waves: Waves;
  readonly #states = new Map<number, { state: TeardownItem['state']; why?: string | undefined }>();

  constructor(entries: readonly Removable[]) {
    this.waves = planTeardown(entries);
  }

  get plan(): TeardownPlan {
    const items = this.waves.flat();
    const messages = items.flatMap(({ contents }) => contents).reduce((sum, { count }) => sum + count, 0);
    return {
      waves: this.waves.map((wave) => wave.map((item) => this.#draw(item))),
      total: items.length,
      messages,
      costPerHour: costPerHour(items),
    };
  }

  /** Throws away what one of the planned resources holds, and keeps it: the plan has to be made anew afterwards. */
  async empty({ target, signal }: CleanContext, id: string): Promise<EmptyResult> {
    const item = this.waves.flat().find(({ n }) => `r${n}` === id);
    const empty = item && kinds[item.kind].empty;
    if (!item || !empty) return { ok: false, sentence: 'There is nothing to empty; look again.' };
    const emptying = await empty({ target, signal }, item);
    if (emptying.state === 'refused') return { ok: false, sentence: emptying.why };
    const slow = target.kind === 'aws' ? ' It can take a minute until the count is 0.' : '';
    return { ok: true, sentence: `${item.name} is emptied and still there.${slow}` };
  }

  #draw({ n, kind, name, arn, contents }: Removable): TeardownItem {
    const { state = 'planned' as const, why } = this.#states.get(n) ?? {};
    return {
      id: `r${n}`,
      kind,
      kindLabel: kinds[kind].label,
      name,
      contents,
      canEmpty: contents.length > 0 && kinds[kind].empty !== undefined,
      state,
      ...(arn !== undefined && { arn }),
      ...(why !== undefined && { why }),
    };
  }

  async run(context: CleanContext, changed: () => void): Promise<TeardownResult> {
    const left = await runTeardown(this.waves, {
      ...context,
      progress: (n, state, why) => {
        this.#states.set(n, { state, why });
        if (state === 'removed') context.session.record({ t: 'removed', n });
        changed();
      },
    });
    const result = resultOf(this.waves.flat().length, left);
    const passedOn = sayPassedOn(context.session);
    return passedOn === '' ? result : { ...result, passedOn, sentence: `${result.sentence} ${passedOn}` };
  }
}

/** What another lab has taken over is its to remove. */
function sayPassedOn({ state }: Session): string {
  const passed = [...state.resources.values()].flatMap(({ to }) => to ?? []);
  const labs = [...new Set(passed.map(({ lab }) => lab))].join(', ');
  const count = passed.length === 1 ? '1 resource is' : `${passed.length} resources are`;
  return passed.length === 0
    ? ''
    : `${count} no longer this session's: the lab ${labs} took over and removes what it has.`;
}

export function resultOf(planned: number, left: readonly Left[]): TeardownResult {
  const names = left.map(({ item, why }) => ({
    kind: item.kind,
    name: item.name,
    why,
    ...(item.arn !== undefined && { arn: item.arn }),
  }));
  const said = names.map(({ kind, name, why }) => `${kinds[kind].label} ${name}: ${why}`).join(' ');
  return {
    planned,
    removed: planned - left.length,
    left: names,
    sentence: left.length === 0 ? '0 left.' : `${left.length} left. ${said}`,
  };
}
