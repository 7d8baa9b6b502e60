import * as vscode from 'vscode';
import type { Found } from '../../../aws/resources/kind.ts';
import { Refusal } from '../../explain.ts';
import { plainMessage } from '../../plainMessage.ts';
import type { ActionRim } from '../../resources/actions/actionRim.ts';
import type { Answers } from '../../resources/actions/answers.ts';
import type { JudgedDocument } from '../judge.ts';
import type { Judged } from '../samlWork.ts';
import type { ChosenMetadata } from './chosenMetadata.ts';
import type { Verdict } from './verdict.ts';

/** What the commands that make sign-in work with. */
export interface SignInRim extends ActionRim {
  /** Undefined: a newer version is on its way. */
  judge(document: JudgedDocument): Promise<Judged | undefined>;
  /** What went wrong where no command waits for it. */
  tell(error: unknown): void;
  /** Until the extension ends. */
  keep(disposable: vscode.Disposable): void;
}

export async function judged(rim: SignInRim, { text, key }: ChosenMetadata): Promise<Judged> {
  const known = await rim.judge({
    uri: { toString: () => `create ${key}` },
    version: 1,
    encoding: 'utf8',
    getText: () => text,
  });
  if (known) return known;
  throw new Refusal({ what: 'The metadata was changed meanwhile.', advice: 'Call the command again.' });
}

/** Whether to go on. What AWS would refuse is said beforehand, with its rule; `{ anyway: true }` answers. */
export async function goesOn(verdict: Verdict, { uri }: ChosenMetadata, answers: Answers): Promise<boolean> {
  if (!verdict.refused) return true;
  if (answers.given('anyway') === true) return true;
  const lines = verdict.lines.join('\n');
  if (answers.silent) throw new Refusal({ what: `${verdict.sentence} ${lines}`, advice: 'Nothing was created.' });
  const [anyway, report] = ['Go On Anyway', 'Show Report'];
  const options = { modal: true, detail: plainMessage(lines) };
  const buttons = uri ? [anyway, report] : [anyway];
  const chosen = await vscode.window.showWarningMessage(plainMessage(verdict.sentence), options, ...buttons);
  if (chosen === report) await vscode.commands.executeCommand('awsLabs.samlReport', uri);
  return chosen === anyway;
}

export interface NextStep {
  readonly label: string;
  take(): unknown;
}

export const command = (label: string, id: string, ...args: readonly unknown[]): NextStep => ({
  label,
  take: () => vscode.commands.executeCommand(id, ...args),
});

export const undoOf = (made: readonly Found[]): NextStep => command('Undo', 'awsLabs.deleteSignIn', { made });

/** Says what was done and offers what comes next, without waiting for it. */
export function sayNext(text: string, steps: readonly NextStep[]): void {
  void offerNext(text, steps);
}

async function offerNext(text: string, steps: readonly NextStep[]): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(plainMessage(text), ...steps.map(({ label }) => label));
  await steps.find(({ label }) => label === chosen)?.take();
}

/** A name to begin with, from the host in an entityID: `http://sts.example.com/adfs/services/trust` -> `sts.example.com`. */
export function nameFrom(entityID: string | undefined, most: number): string {
  const host = entityID === undefined ? undefined : URL.parse(entityID)?.hostname;
  const name = (host ?? entityID ?? '').replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-_.]+|[-_.]+$/g, '');
  return name.slice(0, most);
}
