// Finds the session to go on with, or begins one. In: a lab on a target. Out: a locked session whose inputs are settled.
import type { Values } from './journal.ts';
import type { Lab } from './model.ts';
import type { OpenOptions } from './runOptions.ts';
import { LabRefusal } from './refusal.ts';
import { inputProblem, sessionScope, settleInputs } from './scope.ts';
import { diskFiles, listSessions, sameTarget, Session, unfinishedSession } from './session.ts';

export function openSession(options: OpenOptions): Session {
  const session = options.sessionId === undefined ? newestOrNew(options) : resumeThat(options, options.sessionId);
  try {
    applyInputs(session, options, options.inputs ?? {}, session.resumed ? undefined : valuesToBuildOn(options));
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
  given: Values,
  inherited: { readonly inputs: Values; readonly names: Values } = { inputs: {}, names: {} },
): void {
  const { state } = session;
  const earlier = {
    inputs: { ...inherited.inputs, ...state.inputs },
    names: { ...inherited.names, ...state.names },
  };
  const settled = settleInputs(lab, sessionScope(lab, session.id, target.facts), given, earlier);
  const before = JSON.stringify({ inputs: state.inputs, names: state.names });
  if (JSON.stringify(settled) !== before) session.record({ t: 'inputs', ...settled });
}

/** What the open session of the lab that this one builds on was given, as far as this lab asks for it too. */
function valuesToBuildOn({ lab, target, dataDir }: OpenOptions): { inputs: Values; names: Values } | undefined {
  if (lab.buildsOn === undefined) return undefined;
  const base = listSessions(dataDir).find(
    (each) => each.lab === lab.buildsOn && !each.closed && each.resources > 0 && sameTarget(each.target, target.facts),
  );
  return (
    base && {
      inputs: only(base.inputs, (name, value) =>
        // A file was chosen for that lab, and not for this one.
        lab.inputs.some(
          (input) => input.name === name && input.type !== 'file' && inputProblem(input, value) === undefined,
        ),
      ),
      names: only(base.names, (name) => lab.names.some((each) => each.name === name)),
    }
  );
}

function only(values: Values, fits: (name: string, value: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => fits(name, value)));
}

function newestOrNew(options: OpenOptions): Session {
  const { lab, target, dataDir, files = diskFiles } = options;
  const open = unfinishedSession(dataDir, lab.id, target.facts);
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
