// Removes what a plan names, wave by wave, and proves it: looks everything up again afterwards.
// In: waves. Out: what is left and why; empty is the proof. Safe to be broken off and begun again at any point.
import { AwsFailure } from '../aws/errors.ts';
import { kinds } from '../aws/resources/kinds.ts';
import type { Look } from '../aws/resources/kind.ts';
import type { Target } from '../aws/target.ts';
import type { Removable, Waves } from './planTeardown.ts';
import type { RunClock } from './runOptions.ts';

export interface TeardownContext {
  readonly target: Target;
  readonly clock: RunClock;
  readonly signal: AbortSignal;
  /** Each change of an item, as it happens. */
  progress(n: number, state: 'removing' | 'removed' | 'left', why?: string): void;
}

export interface Left {
  readonly item: Removable;
  readonly why: string;
}

const attempts = 5;
/** AWS goes on listing what was deleted for a while. */
const patience = {
  sandbox: { within: 120_000, every: 2000 },
  endpoint: { within: 5000, every: 500 },
  aws: { within: 75_000, every: 3000 },
} as const;

export async function runTeardown(waves: Waves, context: TeardownContext): Promise<readonly Left[]> {
  const why = new Map<number, string>();
  for (const wave of waves) {
    await Promise.all(
      wave.map(async (item) => {
        const reason = await removeOne(item, context);
        if (reason !== undefined) why.set(item.n, reason);
      }),
    );
  }
  const items = waves.flat();
  const left = await Promise.all(items.map(async (item) => ((await isGone(item, context, why)) ? undefined : item)));
  return left
    .filter((item) => item !== undefined)
    .map((item) => ({ item, why: why.get(item.n) ?? 'It is still listed although its removal was accepted.' }));
}

/** Why it could not be removed; undefined when the service has accepted. */
async function removeOne(item: Removable, context: TeardownContext): Promise<string | undefined> {
  const { target, clock, signal } = context;
  context.progress(item.n, 'removing');
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      const removal = await kinds[item.kind].remove({ target, signal }, item);
      return removal.state === 'stays' ? removal.why : undefined;
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      if (attempt >= attempts || !isWorthTrying(error)) return error.message;
      await clock.sleep((target.kind === 'sandbox' ? 5 : 300) * 2 ** attempt, signal);
    }
  }
}

function isWorthTrying({ kind }: AwsFailure): boolean {
  return kind === 'network' || kind === 'service' || kind === 'throttled' || kind === 'refused';
}

/** Looks again, for as long as it may take the service to forget; what could not be removed is looked for once. */
async function isGone(item: Removable, context: TeardownContext, why: Map<number, string>): Promise<boolean> {
  const { target, signal } = context;
  const { within, every } = why.has(item.n) ? { within: 0, every: 1 } : patience[target.kind];
  for (let waited = 0; ; waited += every) {
    const there = await look(item, { target, signal }, why);
    if (there === 'gone') {
      context.progress(item.n, 'removed');
      return true;
    }
    if (waited >= within || there === 'unknown') {
      context.progress(item.n, 'left', why.get(item.n) ?? 'It is still listed.');
      return false;
    }
    await target.wait(every, signal);
  }
}

async function look(item: Removable, look: Look, why: Map<number, string>): Promise<'gone' | 'there' | 'unknown'> {
  try {
    return (await kinds[item.kind].find(look, item.key)) ? 'there' : 'gone';
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    why.set(item.n, why.get(item.n) ?? `It could not be looked up: ${error.message}`);
    return 'unknown';
  }
}
