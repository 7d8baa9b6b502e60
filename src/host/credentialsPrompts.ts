// What people are asked for when credentials lack something. In: a device, or a failure. Out: a code, new credentials, or no.
import * as vscode from 'vscode';
import type { CredentialsProvider } from '../aws/clients.ts';
import type { Expired } from '../aws/credentialsRenewal.ts';
import { plainMessage } from './plainMessage.ts';
import type { PasteResult } from './credentialsPaste.ts';
import type { SignedIn } from './signIn.ts';
import { shownName } from './shownName.ts';
import { choiceLabel, type Choice } from './targetChoice.ts';
import type { Targets } from './targets.ts';

export interface RenewalActs {
  readonly targets: Targets;
  paste(account: string | undefined): Promise<PasteResult | undefined>;
  signIn(): Promise<SignedIn>;
  read(name: string): () => ReturnType<CredentialsProvider>;
  watch(changed: () => void): { dispose(): void };
}

/** The code that the device shows now. */
export async function askMfaCode(serial: string): Promise<string | undefined> {
  const code = await vscode.window.showInputBox({
    title: 'MFA code',
    prompt: `The six digits that the device ${plainMessage(shownName(serial, 120))} shows now`,
    placeHolder: '123456',
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : 'Six digits'),
  });
  return code?.trim();
}

const signIn = 'Sign in';
const paste = 'Paste new ones';
const elsewhere = 'Switch target';

/** The one question when credentials have expired. What was interrupted waits for the answer. */
export async function askToRenew(expired: Expired, acts: RenewalActs): Promise<boolean | CredentialsProvider> {
  using mended = becomesUsable(acts);
  const { choice } = acts.targets;
  const whose = choice.kind === 'endpoint' ? 'The credentials' : `The credentials of ${choiceLabel(choice)}`;
  const text = `${whose} have expired. What you were doing waits, and goes on with new ones.`;
  const offers =
    choice.kind === 'aws' && choice.profile !== undefined ? [signIn, paste, elsewhere] : [paste, elsewhere];
  const asked = vscode.window.showErrorMessage(plainMessage(text), ...offers);
  const answer = await Promise.race([asked, mended.done]);
  if (answer === true) return true;
  if (answer === paste) return pasteNew(expired, choice, acts);
  if (answer === signIn) return signInNew(acts, mended.done);
  if (answer === elsewhere) void vscode.commands.executeCommand('awsLabs.switchTarget');
  return false;
}

/** Who has switched elsewhere meanwhile stays there: the new ones are for what was interrupted, and for nothing else. */
async function pasteNew(
  { account }: Expired,
  choice: Choice,
  acts: RenewalActs,
): Promise<boolean | CredentialsProvider> {
  const pasted = await acts.paste(account);
  if (pasted === undefined) return false;
  if (acts.targets.choice === choice)
    acts.targets.adopt({ kind: 'aws', pasted: pasted.name, region: acts.targets.current?.region ?? pasted.region });
  return acts.read(pasted.name);
}

async function signInNew(acts: RenewalActs, mended: Promise<true>): Promise<boolean> {
  const signedIn = await acts.signIn();
  if (signedIn !== 'waiting') return signedIn === 'done';
  return waitFor(mended);
}

/** Until the files tell of new credentials, or somebody gives up. */
export function waitFor(mended: Promise<true>): Promise<boolean> {
  return Promise.resolve(
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Waiting for the new credentials. What you were doing then goes on.',
        cancellable: true,
      },
      (_, cancel) =>
        Promise.race([mended, new Promise<false>((no) => cancel.onCancellationRequested(() => no(false)))]),
    ),
  );
}

/** Resolves as soon as a change of the files makes the target usable again, whoever changed them. */
export function becomesUsable({
  targets,
  watch,
}: Pick<RenewalActs, 'targets' | 'watch'>): Disposable & { readonly done: Promise<true> } {
  let watching: { dispose(): void } | undefined;
  const done = new Promise<true>((resolve) => {
    watching = watch(() => void targets.canOpen().then((usable) => usable && resolve(true)));
  });
  return { done, [Symbol.dispose]: () => watching?.dispose() };
}
