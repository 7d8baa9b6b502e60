// Temporary credentials from the clipboard or a field, checked with STS, then kept in secret storage.
// Never: shows, logs or keeps anywhere else what was pasted.
import * as vscode from 'vscode';
import { parseCredentials, type PastedText } from '../aws/credentialsText.ts';
import { AwsFailure } from '../aws/errors.ts';
import { sayExpiry } from './credentialsExpiry.ts';
import type { CredentialsStore } from './credentialsStore.ts';
import { Refusal, offer } from './explain.ts';
import { plainMessage } from './plainMessage.ts';
import { shownName } from './shownName.ts';
import { realTime } from './targets.ts';

/** What a caller may give, so that nobody is asked. */
export interface PasteGiven {
  readonly text?: string;
  readonly name?: string;
  readonly region?: string;
}

export interface PasteWanted {
  readonly name: string;
  readonly region: string;
  /** Something waits for credentials of this account; others are refused. */
  readonly account?: string | undefined;
}

export interface PasteResult {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}

/** Undefined: given up. Throws Refusal or AwsFailure; then nothing was kept. */
export async function pasteCredentials(
  store: CredentialsStore,
  wanted: PasteWanted,
  given: PasteGiven = {},
): Promise<PasteResult | undefined> {
  const copied = given.text === undefined ? await askText() : { text: given.text, clipboard: false };
  if (copied === undefined) return undefined;
  const parsed = parseCredentials(copied.text);
  if (!parsed.ok)
    throw new Refusal({ what: parsed.what, advice: 'Nothing was kept.', offers: [offer('pasteCredentials')] });
  const place = await askPlace(wanted, given, parsed.credentials);
  if (place === undefined) return undefined;
  const account = await check(parsed.credentials, place);
  if (wanted.account !== undefined && account !== wanted.account)
    throw new Refusal({
      what: `These credentials belong to account ${account}, and what waits for them is in account ${wanted.account}.`,
      advice: 'They were not kept. Paste those of the same account, or switch the target.',
      offers: [offer('pasteCredentials'), offer('switchTarget')],
    });
  await store.put({ ...parsed.credentials, ...place, account });
  void tell({ ...place, account }, parsed.credentials, copied);
  return { ...place, account };
}

interface Copied {
  readonly text: string;
  readonly clipboard: boolean;
}

async function askText(): Promise<Copied | undefined> {
  const clipboard = {
    label: '$(clippy) Read the clipboard',
    detail: 'Once, when you choose this. What it holds is not shown.',
  };
  const field = { label: '$(edit) Type or paste into a field', detail: 'Hidden, like a password.' };
  const picked = await vscode.window.showQuickPick([clipboard, field], {
    title: 'Paste credentials',
    placeHolder: 'Copy the whole block: of a learner lab, the access portal, or aws sts. Then choose.',
    ignoreFocusOut: true,
  });
  if (picked === clipboard) return { text: await vscode.env.clipboard.readText(), clipboard: true };
  if (picked === undefined) return undefined;
  const text = await vscode.window.showInputBox({
    title: 'Paste credentials',
    prompt: 'The whole block; line ends may be lost',
    password: true,
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : { text, clipboard: false };
}

interface Place {
  readonly name: string;
  readonly region: string;
}

async function askPlace(
  wanted: PasteWanted,
  given: PasteGiven,
  { region: told }: PastedText,
): Promise<Place | undefined> {
  const quiet = given.text !== undefined || wanted.account !== undefined;
  const name = given.name ?? (quiet ? wanted.name : await askName(wanted.name));
  if (name === undefined) return undefined;
  const likely = given.region ?? told ?? wanted.region;
  const region = quiet || told !== undefined ? likely : await askRegion(likely);
  return region === undefined ? undefined : { name: name.trim(), region };
}

const askName = (value: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: 'Paste credentials: a name for them',
    value,
    prompt: 'By which you choose them as target. The same name replaces what is kept under it.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() !== '' && text.length <= 60 ? undefined : 'One to 60 characters'),
  });

const askRegion = (value: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: 'Paste credentials: the region',
    value,
    prompt: 'Learner labs work in us-east-1 or us-west-2',
    ignoreFocusOut: true,
    validateInput: (text) => (/^[a-z]{2,}(-[a-z]+)+-\d$/.test(text) ? undefined : 'A region such as us-east-1'),
  });

/** Asks STS at once whose they are. */
async function check(credentials: PastedText, { name, region }: Place): Promise<string> {
  const { openTarget } = await import('../aws/openTarget.ts');
  const options = { location: vscode.ProgressLocation.Window, title: 'Asking AWS whose credentials these are' };
  try {
    return await vscode.window.withProgress(options, async () => {
      const target = await openTarget({ kind: 'aws', pasted: name, region, credentials }, realTime);
      target.dispose();
      return target.account;
    });
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== 'credentials-expired') throw error;
    throw new Refusal({
      what: 'These credentials have already expired.',
      advice: 'They were not kept. Start the lab again or sign in again, copy the new ones, and paste those.',
      offers: [offer('pasteCredentials')],
    });
  }
}

async function tell({ name, region, account }: PasteResult, credentials: PastedText, copied: Copied): Promise<void> {
  const expires = credentials.expiration ?? (credentials.sessionToken === undefined ? undefined : 'unknown');
  const ends = sayExpiry(expires, Date.now())?.text;
  const text = `Kept as “${shownName(name)}” in the editor's secret storage: account ${account}, ${region}${ends === undefined ? '' : `, ${ends}`}.`;
  const empty = 'Empty the clipboard';
  const picked = await vscode.window.showInformationMessage(plainMessage(text), ...(copied.clipboard ? [empty] : []));
  if (picked === empty && (await vscode.env.clipboard.readText()) === copied.text)
    await vscode.env.clipboard.writeText('');
}
