import * as vscode from 'vscode';
import { isRealAccount } from '../../../aws/realAccount.ts';
import type { Target } from '../../../aws/target.ts';
import { plainMessage } from '../../plainMessage.ts';
import type { Answers } from './answers.ts';

export interface Loss {
  /** What has to be typed on a real account. */
  readonly name: string;
  /** `Delete the queue Orders?` */
  readonly question: string;
  /** What goes with it, in sentences. */
  readonly detail?: string;
  /** The button: `Delete`. */
  readonly yes: string;
}

/**
 * Whether something may be lost. On a real account the name is typed, by a person: an answer that came with the call does not count there.
 * Elsewhere it is one modal question, which `{ confirm: name }` answers.
 */
export async function confirmLoss(target: Target, answers: Answers, loss: Loss): Promise<boolean> {
  if (isRealAccount(target)) return confirmByName(target, loss);
  if (answers.given('confirm') === loss.name) return true;
  const { question, detail = '', yes } = loss;
  const options = { modal: true, detail: plainMessage(detail) };
  return (await vscode.window.showWarningMessage(plainMessage(question), options, yes)) === yes;
}

async function confirmByName(target: Target, { name, question, detail = '' }: Loss): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: `${question} Real account ${target.account}, ${target.region}`,
    prompt: `${detail} Type ${name} to go on.`.trim(),
    placeHolder: name,
    ignoreFocusOut: true,
    validateInput: (text) => (text === name || text === '' ? undefined : `This is not ${name}.`),
  });
  return typed === name;
}
