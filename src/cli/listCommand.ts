// `list`: the labs there are, and how far one is in each.
import { readFileSync } from 'node:fs';
import { parseLab } from '../lab/parse.ts';
import { inReadingOrder } from '../lab/readingOrder.ts';
import { listSessions, type SessionSummary } from '../lab/session.ts';
import type { CliContext, ExitCode } from './context.ts';
import { labsIn } from './labFiles.ts';

export async function listCommand(context: CliContext): Promise<ExitCode> {
  const { terminal, options, labs, dataDir } = context;
  const sessions = listSessions(dataDir).filter(({ closed }) => !closed);
  const found = labsIn(labs).map(({ id, path }) => {
    const { lab, problems } = parseLab(readFileSync(path, 'utf8'), { id });
    const own = sessions.filter((session) => session.lab === id);
    return {
      id,
      buildsOn: lab?.buildsOn,
      title: lab?.title ?? '',
      minutes: lab?.minutes ?? 0,
      services: lab?.services ?? [],
      steps: lab?.steps.length ?? 0,
      problems: problems.length,
      sessions: own,
    };
  });
  const rows = inReadingOrder(found, (row) => row);
  if (options.json) {
    terminal.out(
      JSON.stringify(
        rows.map((row) => ({
          ...row,
          sessions: row.sessions.map(({ id, target, stepsDone, resources }) => ({
            id,
            target: target.label,
            account: target.account,
            region: target.region,
            stepsDone,
            resources,
          })),
        })),
      ),
    );
    return 0;
  }
  const width = Math.max(0, ...rows.map(({ id }) => id.length));
  for (const row of rows) {
    const facts =
      row.problems > 0
        ? `${row.problems} problems: nothing of it can be run`
        : `${row.minutes} min, ${row.services.join(', ')}, ${row.steps} steps`;
    terminal.out(`${row.id.padEnd(width)}  ${row.title}  (${facts})`);
    for (const session of row.sessions) terminal.out(`${' '.repeat(width)}  ${saySession(session, row.steps)}`);
  }
  const known = new Set(rows.map(({ id }) => id));
  for (const session of sessions.filter(({ lab }) => !known.has(lab)))
    terminal.out(`${session.lab}  (not here)  ${saySession(session)}`);
  return 0;
}

export function saySession({ id, target, stepsDone, resources, at }: SessionSummary, steps?: number): string {
  const progress = steps === undefined ? `${stepsDone} steps done` : `${stepsDone} of ${steps} steps done`;
  return `session ${id}: ${progress}, ${resources} resource${resources === 1 ? '' : 's'} in ${target.label} (${target.account}, ${target.region}), begun ${at.slice(0, 16).replace('T', ' ')}`;
}
