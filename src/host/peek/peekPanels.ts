import * as vscode from 'vscode';
import type { QueueRef } from '../../peek/queueFacts.ts';
import type { PeekRequest, PeekView } from '../../protocol/peek.ts';
import { showPage } from '../showPage.ts';
import type { Targets } from '../targets.ts';
import { WebviewChannel } from '../webviewChannel.ts';
import { editorDesk, type EditorDeskRim } from './editorDesk.ts';
import type { PeekDesk } from './peekDesk.ts';
import { PeekPage } from './peekPage.ts';
import { PeekSession } from './peekSession.ts';

const viewType = 'awsLabs.peek';

/** How often the sandbox is asked whether anything has changed, while the panel is in sight. Never so on AWS. */
const everyMs = 2000;

/** Closed panels whose messages are kept. */
const mostKept = 10;

interface OpenPanel {
  readonly channel: WebviewChannel<PeekView, PeekRequest>;
  readonly panel: vscode.WebviewPanel;
  readonly session: PeekSession;
  readonly watch: { dispose(): void };
}

/** One panel a queue. Closing one gives back what its look holds; what was seen is kept for the next opening. */
export class PeekPanels {
  readonly #extension: vscode.Uri;
  readonly #targets: Targets;
  readonly #desk: PeekDesk;
  readonly #open = new Map<string, OpenPanel>();
  /** Of closed panels, by queue: what was seen, so that to look at it again costs nothing. */
  readonly #seen = new Map<string, PeekSession>();
  readonly #listening: readonly { dispose(): void }[];

  constructor(extension: vscode.Uri, targets: Targets, rim: Omit<EditorDeskRim, 'view'>) {
    this.#extension = extension;
    this.#targets = targets;
    this.#desk = editorDesk({ ...rim, view: (queue) => this.show(queue) });
    this.#listening = [
      targets.moved.on(() => {
        this.#seen.clear();
        this.#each(({ session }) => session.targetMoved());
      }),
      // A sandbox that was started again, or fresh credentials: what is in sight goes on by itself.
      targets.changes.on(() => {
        if (targets.current === undefined) return;
        this.#each(async ({ panel, session }) => {
          if (panel.visible && session.target === undefined && session.phase !== 'loading')
            await session.refresh('after');
        });
      }),
    ];
  }

  show(queue: QueueRef): void {
    (this.#open.get(queue.url) ?? this.#create(queue)).panel.reveal();
  }

  dispose(): void {
    for (const each of this.#listening) each.dispose();
    this.#each(({ session }) => session.dispose());
  }

  #each(act: (open: OpenPanel) => Promise<void>): void {
    for (const open of this.#open.values()) void act(open);
  }

  #create(queue: QueueRef): OpenPanel {
    const title = `Queue ${queue.name}`;
    const panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active);
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media', 'icon.png');
    const changed = () => this.#open.get(queue.url)?.channel.changed();
    const session = this.#seen.get(queue.url) ?? this.#newSession(queue, changed);
    this.#seen.delete(queue.url);
    const page = new PeekPage({ session, desk: this.#desk, real: () => this.#targets.view.real, changed });
    const channel = new WebviewChannel<PeekView, PeekRequest>(panel.webview, page, (error) =>
      this.#desk.explain(error),
    );
    const open = { panel, channel, session, watch: watchWhileVisible(panel, session) };
    this.#open.set(queue.url, open);
    panel.onDidDispose(() => {
      this.#open.delete(queue.url);
      channel.dispose();
      open.watch.dispose();
      void session.dispose();
      this.#keep(queue, session);
    });
    showPage(panel.webview, this.#extension, 'peek', title);
    return open;
  }

  #newSession(queue: QueueRef, changed: () => void): PeekSession {
    return new PeekSession({
      queue,
      open: () => this.#targets.open(),
      clock: this.#desk.clock,
      explain: (error) => this.#desk.explain(error),
      changed,
    });
  }

  /** Only where to look again would cost something. */
  #keep({ url }: QueueRef, session: PeekSession): void {
    if (session.manner !== 'guarded' || session.list.size === 0) return;
    this.#seen.set(url, session);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostKept && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function watchWhileVisible(panel: vscode.WebviewPanel, session: PeekSession): { dispose(): void } {
  let looking = false;
  const timer = setInterval(() => {
    if (looking || !panel.visible || session.manner !== 'true' || session.phase !== 'ready') return;
    looking = true;
    void session.refresh('watching').finally(() => (looking = false));
  }, everyMs);
  return { dispose: () => clearInterval(timer) };
}
