// Cleans up a session without its lab: the journal alone is enough. For when the lab is gone, broken, or of no interest any more.
import type { Target } from '../aws/target.ts';
import { LabRefusal } from './refusal.ts';
import { Cleaning, findRemovable } from './runClean.ts';
import type { RunClock, SessionFiles } from './runOptions.ts';
import { diskFiles, sameTarget, Session } from './session.ts';
import type { TeardownPlan, TeardownResult } from './snapshot.ts';

export interface CleanOptions {
  readonly dataDir: string;
  readonly sessionId: string;
  readonly target: Target;
  readonly clock: RunClock;
  readonly signal: AbortSignal;
  readonly files?: SessionFiles;
  /** The plan is shown; false leaves everything as it is. */
  readonly agree: (plan: TeardownPlan) => Promise<boolean>;
  readonly changed?: (plan: TeardownPlan) => void;
}

/** Undefined when it was not agreed to. */
export async function cleanSession(options: CleanOptions): Promise<TeardownResult | undefined> {
  const { dataDir, sessionId, target, clock, files = diskFiles } = options;
  const session = Session.resume(dataDir, sessionId, files);
  try {
    const { opened } = session.state;
    if (opened && !sameTarget(opened.target, target.facts))
      throw new LabRefusal(
        'OtherTarget',
        `This session belongs to account ${opened.target.account}, region ${opened.target.region}.`,
        'Switch to that target.',
      );
    const context = { ...options, session };
    const cleaning = new Cleaning(await findRemovable(context));
    if (!(await options.agree(cleaning.plan))) return undefined;
    const result = await cleaning.run(context, () => options.changed?.(cleaning.plan));
    if (result.left.length === 0) session.record({ t: 'closed', at: new Date(clock.now()).toISOString() });
    return result;
  } finally {
    session.release();
  }
}
