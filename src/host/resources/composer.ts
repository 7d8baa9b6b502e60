import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ComposeRequest, ComposeView } from '../../protocol/compose.ts';
import type { Notice } from '../../protocol/message.ts';
import { isOffer } from '../labRequests.ts';
import { showPage } from '../showPage.ts';
import { takeOffer } from '../showNotice.ts';
import type { Memory, Targets } from '../targets.ts';
import { WebviewChannel } from '../webviewChannel.ts';
import type { ResourceRefresh } from './aim.ts';
import { composeRequests } from './composeRequests.ts';
import { ComposeForm, type FormFacts } from './composeForm.ts';
import { composeViewType } from './lateComposer.ts';
import { draftOf, hasContent, type Prefill } from './prefill.ts';
import { readDraft } from './readDraft.ts';

export interface ComposerDesk {
  readonly targets: Targets;
  readonly refresh: ResourceRefresh;
  /** What each form is for, over a reload of the window. The text itself is the page's own state. */
  readonly memory: Memory;
  copy(text: string): PromiseLike<void>;
  explain(error: unknown): Notice;
}

interface OpenForm {
  readonly panel: vscode.WebviewPanel;
  readonly form: ComposeForm;
}

const titles: Readonly<Record<string, string>> = { queue: 'Send to', topic: 'Publish to', stream: 'Put into' };

/** Forms in which messages are written: one panel a queue, topic or stream, and one for each message that is edited and sent again. */
export class Composer {
  readonly #extension: vscode.Uri;
  readonly #desk: ComposerDesk;
  readonly #open = new Map<string, OpenForm>();

  constructor(extension: vscode.Uri, desk: ComposerDesk) {
    this.#extension = extension;
    this.#desk = desk;
  }

  async open(prefill: Prefill): Promise<void> {
    const { to, replaces } = prefill;
    const { account, region, label } = await this.#desk.targets.open();
    const plain = `${account}/${region}/${to.arn ?? to.ref}`;
    const id = replaces ? `${plain}/${replaces.messageId}` : hasContent(prefill) ? `${plain}/${randomUUID()}` : plain;
    const known = this.#open.get(id);
    if (known) return known.panel.reveal();
    const facts = { id, to, account, region, label, ...(replaces && { replaces }) };
    await this.#desk.memory.update(memoryKey(id), JSON.stringify(facts));
    const title = `${titles[to.kind] ?? 'To'} ${to.name}`;
    const panel = vscode.window.createWebviewPanel(composeViewType, title, vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    this.#adopt(panel, new ComposeForm(facts, draftOf(prefill), this.#formDesk(id)));
  }

  /** After a reload of the window: the page's state says which form it was, and keeps the text. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id = typeof state === 'object' && state !== null && 'id' in state ? state.id : undefined;
    const kept = typeof id === 'string' ? this.#desk.memory.get(memoryKey(id)) : undefined;
    if (typeof id !== 'string' || typeof kept !== 'string' || this.#open.has(id)) return panel.dispose();
    // Our own words, from the window's own memory.
    const facts = JSON.parse(kept) as FormFacts;
    this.#adopt(panel, new ComposeForm(facts, readDraft({}), this.#formDesk(id)));
  }

  readonly #channels = new Map<string, WebviewChannel<ComposeView, ComposeRequest>>();

  #formDesk(id: string) {
    const { targets, refresh, explain, copy } = this.#desk;
    return {
      open: () => targets.open(),
      refresh,
      explain,
      copy,
      takeOffer: async (offer: string) => (isOffer(offer) ? takeOffer(offer) : undefined),
      changed: () => this.#channels.get(id)?.changed(),
      now: () => new Date(),
    };
  }

  #adopt(panel: vscode.WebviewPanel, form: ComposeForm): void {
    const { id } = form.facts;
    const page = {
      requests: composeRequests,
      view: () => form.view(),
      handle: (request: ComposeRequest) => form.handle(request),
    };
    const channel = new WebviewChannel<ComposeView, ComposeRequest>(panel.webview, page, this.#desk.explain);
    this.#channels.set(id, channel);
    this.#open.set(id, { panel, form });
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media', 'icon.png');
    panel.onDidDispose(() => {
      channel.dispose();
      form.dispose();
      this.#channels.delete(id);
      this.#open.delete(id);
      this.#desk.memory.update(memoryKey(id), undefined);
    });
    showPage(panel.webview, this.#extension, 'compose', panel.title);
  }
}

const memoryKey = (id: string): string => `compose ${id}`;
