// Finds the session to go on with, or begins one. In: a lab on a target. Out: a locked session whose inputs are settled.
import type { Lab } from './model.ts';
import type { OpenOptions } from './runOptions.ts';
import { LabRefusal } from './refusal.ts';
import { sessionScope, settleInputs } from './scope.ts';
import { diskFiles, listSessions, sameTarget, Session } from './session.ts';

export function openSession(options: OpenOptions): Session {
  const session = options.sessionId === undefined ? newestOrNew(options) : resumeThat(options, options.sessionId);
  try {
    applyInputs(session, options, options.inputs ?? {});
  } catch (error) {
    session.release();
    throw error;
  }
  return session;
}

/** Given values win; what is already made keeps the name it was made under. */
export function applyInputs(
  session: Session,
  { lab, target }: Pick<OpenOptions, 'lab' | 'target'>,
  given: Readonly<Record<string, string>>,
): void {
  const { state } = session;
  const settled = settleInputs(lab, sessionScope(lab, session.id, target.facts), given, state);
  const before = JSON.stringify({ inputs: state.inputs, names: state.names });
  if (JSON.stringify(settled) !== before) session.record({ t: 'inputs', ...settled });
}

function newestOrNew(options: OpenOptions): Session {
  const { lab, target, dataDir, files = diskFiles } = options;
  const open = listSessions(dataDir).find(
    (summary) => summary.lab === lab.id && !summary.closed && sameTarget(summary.target, target.facts),
  );
  return open ? Session.resume(dataDir, open.id, files) : beginSession(options);
}

export function beginSession({ lab, target, dataDir, clock, id, files = diskFiles }: OpenOptions): Session {
  const opened = { id: id(), lab: lab.id, target: target.facts, at: new Date(clock.now()).toISOString() };
  return Session.begin(dataDir, opened, files);
}

function resumeThat({ lab, target, dataDir, files = diskFiles }: OpenOptions, sessionId: string): Session {
  const summary = listSessions(dataDir).find(({ id }) => id === sessionId);
  if (!summary) throw new LabRefusal('NoSuchSession', `There is no session ${sessionId}.`, 'See `aws-labs list`.');
  if (summary.lab !== lab.id)
    throw new LabRefusal('OtherLab', `Session ${sessionId} is one of the lab ${summary.lab}.`, 'Open that lab.');
  if (!sameTarget(summary.target, target.facts)) {
    const place = `${summary.target.label}, account ${summary.target.account}, region ${summary.target.region}`;
    throw new LabRefusal(
      'OtherTarget',
      `This session belongs to ${place}; the target is now ${target.label}, account ${target.account}, region ${target.region}.`,
      'Switch back to that target, or begin a session of its own here.',
    );
  }
  return Session.resume(dataDir, sessionId, files);
}

/** What a resumed session should tell. */
export function resumeNotice(lab: Lab, { state, broken }: Session): string {
  const done = lab.steps.filter(({ id }) => state.steps.get(id)?.status === 'done').length;
  const damaged =
    broken === 0
      ? ''
      : ` ${broken} damaged line${broken === 1 ? '' : 's'} of its journal could not be used; what they may have told is looked up.`;
  return `Resumed: ${done} of ${lab.steps.length} steps done.${damaged}`;
}
