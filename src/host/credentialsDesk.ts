import * as vscode from 'vscode';
import type { CredentialsProvider } from '../aws/clients.ts';
import type { Notice } from '../protocol/message.ts';
import { watchCredentials } from './credentialsWatch.ts';
import { sayExpiry } from './credentialsExpiry.ts';
import type { PasteGiven, PasteResult } from './credentialsPaste.ts';
import { askMfaCode, askToRenew, becomesUsable, waitFor } from './credentialsPrompts.ts';
import { Renewals } from './credentialsRenewals.ts';
import { CredentialsStore, type Secrets } from './credentialsStore.ts';
import { Refusal, offer } from './explain.ts';
import { credentialsFiles } from './profiles.ts';
import { shownName } from './shownName.ts';
import { showNotice } from './showNotice.ts';
import type { SignedIn } from './signIn.ts';
import type { TargetCredentials, Targets } from './targets.ts';

/** All that this window does about credentials: pastes, forgets, signs in, and asks when they have run out. */
export class CredentialsDesk implements TargetCredentials {
  readonly store: CredentialsStore;
  readonly #targets: () => Targets;
  readonly #explain: (error: unknown) => Notice;
  readonly #renewals = new Renewals((expired) =>
    askToRenew(expired, {
      targets: this.#targets(),
      paste: (account) => this.#pasteFor(account),
      signIn: () => this.#signIn(),
      read: (name) => () => this.store.read(name),
      watch: (changed) => this.watch(changed),
    }).catch((error: unknown) => {
      void showNotice(this.#explain(error));
      return false;
    }),
  );
  /** Who gave no code is not asked again by the next row that loads. */
  #noCode = false;

  constructor(secrets: Secrets, targets: () => Targets, explain: (error: unknown) => Notice) {
    this.store = new CredentialsStore(secrets);
    this.#targets = targets;
    this.#explain = explain;
  }

  readonly read = (name: string): ReturnType<CredentialsProvider> => this.store.read(name);
  readonly renew: TargetCredentials['renew'] = (expired) => this.#renewals.renew(expired);
  readonly askMfa: TargetCredentials['askMfa'] = async (serial) => {
    const code = this.#noCode ? undefined : await askMfaCode(serial);
    this.#noCode = code === undefined;
    return code;
  };

  watch(changed: () => void): { dispose(): void } {
    return watchCredentials(credentialsFiles(), changed);
  }

  /** A person has done something about it: questions that were declined may come again. */
  askAgain(): void {
    this.#renewals.askAgain();
    this.#noCode = false;
  }

  /** The command: keeps them and makes them the target. */
  async paste(given: unknown): Promise<PasteResult | undefined> {
    const targets = this.#targets();
    const { pasteCredentials } = await import('./credentialsPaste.ts');
    const pasted = await pasteCredentials(this.store, this.#likely(), parseGiven(given));
    if (pasted === undefined) return undefined;
    const { name, region, account } = pasted;
    const { choice, current } = targets;
    this.askAgain();
    if (choice.kind === 'aws' && choice.pasted === name && current?.account === account && current.region === region)
      targets.refresh();
    else targets.switchTo({ kind: 'aws', pasted: name, region });
    await targets.open();
    return pasted;
  }

  /** In reply to the question what to do about expired ones: only the same account's will do. */
  async #pasteFor(account: string | undefined): Promise<PasteResult | undefined> {
    const { pasteCredentials } = await import('./credentialsPaste.ts');
    const pasted = await pasteCredentials(this.store, { ...this.#likely(), account });
    if (pasted) this.askAgain();
    return pasted;
  }

  #likely(): { readonly name: string; readonly region: string } {
    const { choice, view } = this.#targets();
    const name = choice.kind === 'aws' && choice.pasted !== undefined ? choice.pasted : 'Pasted';
    return { name, region: (choice.kind === 'sandbox' ? undefined : view.region) ?? 'us-east-1' };
  }

  async forget(given: unknown): Promise<void> {
    const kept = await this.store.list();
    if (kept.length === 0)
      throw new Refusal({
        severity: 'info',
        what: 'No pasted credentials are kept.',
        offers: [offer('pasteCredentials')],
      });
    const items = kept.map(({ name, account, region, expires }) => ({
      name,
      label: `$(key) ${shownName(name)}`,
      description: [account, region, sayExpiry(expires, Date.now())?.text].filter(Boolean).join(' · '),
    }));
    const title = 'Forget pasted credentials';
    const asked = typeof given === 'string' ? { name: given } : await vscode.window.showQuickPick(items, { title });
    if (asked === undefined) return;
    await this.store.remove(asked.name);
    const targets = this.#targets();
    if (targets.choice.kind === 'aws' && targets.choice.pasted === asked.name) targets.switchTo({ kind: 'sandbox' });
    void vscode.window.showInformationMessage(`The credentials “${shownName(asked.name)}” are forgotten.`);
  }

  /** The command: whatever gets new credentials for this target; then it is opened anew. */
  async signIn(): Promise<void> {
    const targets = this.#targets();
    const { choice } = targets;
    this.askAgain();
    if (choice.kind === 'sandbox')
      throw new Refusal({ severity: 'info', what: 'The sandbox needs no sign-in.', offers: [offer('switchTarget')] });
    if (choice.kind === 'aws' && choice.pasted !== undefined) return void (await this.paste({}));
    using mended = becomesUsable({ targets, watch: (changed) => this.watch(changed) });
    const signedIn = await this.#signIn();
    if (signedIn === 'waiting' && !(await waitFor(mended.done))) return;
    targets.reopen();
    await targets.open();
  }

  async #signIn(): Promise<SignedIn> {
    const { signInTo } = await import('./signIn.ts');
    const targets = this.#targets();
    const { choice } = targets;
    return signInTo(choice.kind === 'aws' ? choice.profile : undefined, { clear: () => targets.refresh() });
  }
}

/** The border to whoever runs the command with arguments. */
function parseGiven(given: unknown): PasteGiven {
  const from: Readonly<Record<string, unknown>> = given instanceof Object ? { ...given } : {};
  const { text, name, region } = from;
  return {
    ...(typeof text === 'string' && { text }),
    ...(typeof name === 'string' && { name }),
    ...(typeof region === 'string' && { region }),
  };
}
