import * as vscode from 'vscode';
import { Refusal } from './explain.ts';
import type { LabCatalog, LabEntry } from './labCatalog.ts';
import type { Desk } from './labDesk.ts';
import type { LateLabPanels } from './lateLabPanels.ts';
import type { LabSession } from './labSession.ts';
import type { LabTree } from './labTree.ts';
import type { LabState } from './labRows.ts';
import { Answers } from './resources/actions/answers.ts';

interface Aim {
  readonly lab: string;
  readonly step?: string;
}

export interface LabCommandRim {
  readonly catalog: LabCatalog;
  readonly desk: Desk;
  readonly panels: LateLabPanels;
  readonly tree: LabTree;
}

/** How the lab stands after a command: what whoever called it is answered with. */
export interface LabStanding {
  /** Steps by their ids. */
  readonly done: readonly string[];
  readonly failed: readonly string[];
  /** Names of what it made and has not removed. */
  readonly resources: readonly string[];
  /** Names of what a shown plan would remove. */
  readonly planned: readonly string[];
  readonly notice?: string;
}

interface Candidates {
  readonly none: string;
  fits(state: LabState): boolean;
}

const running: Candidates = { fits: ({ busy }) => busy, none: 'No lab is running.' };
const begun: Candidates = {
  fits: ({ run, unfinished }) => unfinished !== undefined || (run !== undefined && !run.closed),
  none: 'No lab has begun: there is nothing to clean up.',
};

/**
 * The commands on labs and steps. From the tree they come with a row; from the palette they take the lab whose panel is
 * in front, or ask. Whatever they do shows in the lab's panel, which they open.
 */
export function labCommands({ catalog, desk, panels, tree }: LabCommandRim) {
  const show = async ({ lab, step }: Aim): Promise<LabSession> => {
    await panels.show(lab, catalog.get(lab)?.title ?? 'AWS lab', step);
    void tree.unfold(lab);
    return desk.session(lab);
  };
  /** Where only some labs can be meant, nobody is asked for the others, and a single one is taken. */
  const among = async ({ fits, none }: Candidates): Promise<string | undefined> => {
    const listed = await catalog.list();
    await desk.readUnfinished();
    const entries = listed.filter((entry) => fits(desk.state(entry)));
    if (entries.length === 0) throw new Refusal({ what: none, severity: 'info' });
    return entries.length === 1 ? entries[0]?.id : pickFrom(entries);
  };
  const onLab =
    (act: (session: LabSession, answers: Answers) => Promise<void>, candidates?: Candidates) =>
    async (row?: unknown, second?: unknown) => {
      const named = aimOf(row)?.lab ?? panels.active;
      const lab = named ?? (await (candidates ? among(candidates) : pickLab(catalog)));
      if (lab === undefined) return undefined;
      const session = await show({ lab });
      await act(session, new Answers(row, second));
      return standing(session);
    };
  const onStep = (kind: 'runStep' | 'runTo' | 'checkStep' | 'undoStep') => async (row: unknown) => {
    const lab = aimOf(row)?.lab ?? panels.active ?? (await pickLab(catalog));
    if (lab === undefined) return undefined;
    const step = aimOf(row)?.step ?? (await pickStep(catalog.get(lab)));
    if (step === undefined) return undefined;
    const session = await show({ lab, step });
    await session.step(kind, step);
    return standing(session);
  };
  return {
    async 'awsLabs.openLab'(row: unknown): Promise<void> {
      const lab = aimOf(row)?.lab ?? (await pickLab(catalog));
      if (lab !== undefined) await show({ ...aimOf(row), lab });
    },
    async 'awsLabs.openLabSource'(row: unknown): Promise<void> {
      const lab = aimOf(row)?.lab ?? panels.active ?? (await pickLab(catalog));
      if (lab !== undefined) await desk.openText(lab);
    },
    'awsLabs.refreshLabs': () => catalog.refresh(),
    'awsLabs.runStep': onStep('runStep'),
    'awsLabs.runToStep': onStep('runTo'),
    'awsLabs.checkStep': onStep('checkStep'),
    'awsLabs.undoStep': onStep('undoStep'),
    'awsLabs.runAll': onLab((session) => session.runAll()),
    'awsLabs.stop': onLab(async (session) => session.cancel(), running),
    'awsLabs.resetLab': onLab((session, answers) => session.reset(answers.given('confirm') === true), begun),
    'awsLabs.cleanUp': onLab((session) => session.planTeardown(), begun),
  };
}

function standing({ run, planShown, notice }: LabSession): LabStanding {
  const steps = (status: string) => (run?.steps ?? []).filter((step) => step.status === status).map(({ id }) => id);
  const plan = planShown ? (run?.teardown?.waves.flat() ?? []) : [];
  return {
    done: steps('done'),
    failed: steps('failed'),
    resources: (run?.resources ?? []).filter(({ state }) => state !== 'removed').map(({ name }) => name),
    planned: plan.map(({ name }) => name),
    ...(notice && { notice: notice.what }),
  };
}

/** A tree row, or an object or text that names a lab: commands can come from anywhere. */
function aimOf(row: unknown): Aim | undefined {
  if (typeof row === 'string') return { lab: row };
  if (typeof row !== 'object' || row === null || !('lab' in row) || typeof row.lab !== 'string') return undefined;
  return 'step' in row && typeof row.step === 'string' ? { lab: row.lab, step: row.step } : { lab: row.lab };
}

async function pickLab(catalog: LabCatalog): Promise<string | undefined> {
  const entries = await catalog.list();
  if (entries.length === 0) throw new Refusal({ what: 'There are no labs here.' });
  return pickFrom(entries);
}

async function pickFrom(entries: readonly LabEntry[]): Promise<string | undefined> {
  const items = entries.map(({ id, title, lab }) => ({ label: title, detail: lab?.summary ?? '', id }));
  return (await vscode.window.showQuickPick(items, { title: 'Which lab?' }))?.id;
}

async function pickStep(entry: LabEntry | undefined): Promise<string | undefined> {
  const items = (entry?.lab?.steps ?? []).map(({ id, number, title }) => ({ label: `${number}. ${title}`, id }));
  return (await vscode.window.showQuickPick(items, { title: 'Which step?' }))?.id;
}
