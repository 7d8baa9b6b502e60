// One session, several windows: whoever comes asks for it, and who has it and is idle lets go. In: the session's data directory and id.
// Out: the lab's run, once it is free. So a window that was reloaded goes on at once, although its old process lives for some minutes.
// Never: takes a session from who is just acting on it, or from a command line, which does not listen.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabRun } from './labRun.ts';
import { LabRefusal } from './refusal.ts';
import type { OpenOptions, SessionFiles } from './runOptions.ts';
import { diskFiles, unfinishedSession } from './session.ts';

/** How long who comes waits to be given the session, and how often it tries. */
const patience = { ms: 6000, every: 100 };

/** As LabRun.open; a session that another process has is asked for. Throws its LabRefusal if it is not let go of in time. */
export async function openOrAskFor(options: OpenOptions): Promise<LabRun> {
  try {
    return await LabRun.open(options);
  } catch (error) {
    const { dataDir, lab, target } = options;
    const asked = () => options.sessionId ?? unfinishedSession(dataDir, lab.id, target.facts)?.id;
    const id = isLocked(error) ? asked() : undefined;
    if (id === undefined) throw error;
    return askFor(options, id);
  }
}

async function askFor(options: OpenOptions, id: string): Promise<LabRun> {
  const { clock, dataDir, files = diskFiles } = options;
  const request = requestOf(dataDir, id);
  writeFileSync(request, `${files.pid}`, { mode: 0o600 });
  try {
    for (const until = clock.now() + patience.ms; ; await clock.sleep(patience.every)) {
      try {
        return await LabRun.open({ ...options, sessionId: id });
      } catch (error) {
        if (!isLocked(error) || clock.now() >= until) throw error;
      }
    }
  } finally {
    rmSync(request, { force: true });
  }
}

/** Whether another process that lives asks for this session. */
export function isAskedFor(dataDir: string, id: string, files: SessionFiles = diskFiles): boolean {
  try {
    const pid = Number(readFileSync(requestOf(dataDir, id), 'utf8'));
    return Number.isInteger(pid) && pid > 0 && pid !== files.pid && files.isAlive(pid);
  } catch {
    return false;
  }
}

const requestOf = (dataDir: string, id: string): string => join(dataDir, 'sessions', `${id}.jsonl.asked`);

const isLocked = (error: unknown): boolean => error instanceof LabRefusal && error.code === 'SessionLocked';
