import * as vscode from 'vscode';
import { isRealAccount } from '../../../aws/realAccount.ts';
import type { Target } from '../../../aws/target.ts';
import { plainMessage } from '../../plainMessage.ts';
import type { Answers } from '../../resources/actions/answers.ts';

export interface Creation {
  /** `Create the role Readers?` */
  readonly question: string;
  readonly detail?: string;
  /** The button: `Create`. */
  readonly yes: string;
}

export const placeOf = ({ account, region, label }: Pick<Target, 'account' | 'region' | 'label'>): string =>
  `${label}, account ${account}, ${region}`;

/**
 * What is made on a real account is shown first, to a person: an answer that came with the call does not count there. `always`: elsewhere
 * too, unless the command was called with its answers.
 */
export async function confirmCreate(
  target: Target,
  answers: Answers,
  { question, detail = '', yes }: Creation,
  always = false,
): Promise<boolean> {
  const real = isRealAccount(target);
  if (!real && (answers.silent || !always)) return true;
  const where = `${real ? 'Real account' : 'Where'}: ${placeOf(target)}`;
  const options = { modal: true, detail: plainMessage([where, detail].filter(Boolean).join('\n\n')) };
  const show = real ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  return (await show(plainMessage(question), options, yes)) === yes;
}
