import type * as vscode from 'vscode';
import type { HostMessage, Notice } from '../protocol/message.ts';
import { parseMessage, type RequestTable } from './parseMessage.ts';

/** What one webview shows and can ask for. */
export interface Page<View, Request extends { readonly kind: string }> {
  readonly requests: RequestTable<Request>;
  view(): View;
  /** Does what was asked. What it throws becomes the reply's notice. */
  handle(request: Request): Promise<Notice | undefined> | Notice | undefined;
}

type Port = Pick<vscode.Webview, 'postMessage' | 'onDidReceiveMessage'>;

/**
 * The wire between a page and its webview. Every request is answered, also when it fails or is not understood;
 * views are sent whole, at most one a tick however often something changed.
 */
export class WebviewChannel<View, Request extends { readonly kind: string }> {
  readonly #port: Port;
  readonly #page: Page<View, Request>;
  readonly #explain: (error: unknown) => Notice;
  readonly #listening: vscode.Disposable;
  #due = false;
  #closed = false;

  constructor(port: Port, page: Page<View, Request>, explain: (error: unknown) => Notice) {
    this.#port = port;
    this.#page = page;
    this.#explain = explain;
    this.#listening = port.onDidReceiveMessage((message: unknown) => void this.#receive(message));
  }

  /** Sends the view soon; many changes in one tick make one message. */
  changed(): void {
    if (this.#due) return;
    this.#due = true;
    setTimeout(() => {
      this.#due = false;
      this.#post({ kind: 'view', view: this.#page.view() });
    }, 0);
  }

  reveal(step: string): void {
    this.#post({ kind: 'reveal', step });
  }

  dispose(): void {
    this.#closed = true;
    this.#listening.dispose();
  }

  #post(message: HostMessage<View>): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's channel, not a window's
    if (!this.#closed) void this.#port.postMessage(message);
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = parseMessage(this.#page.requests, message);
    if (parsed === undefined) {
      this.#post({ kind: 'reply', id: idOf(message), notice: notUnderstood });
      return;
    }
    const notice = await this.#answer(parsed.request);
    this.#post({ kind: 'reply', id: parsed.id, ...(notice && { notice }) });
  }

  async #answer(request: Request): Promise<Notice | undefined> {
    try {
      return await this.#page.handle(request);
    } catch (error) {
      return this.#explain(error);
    }
  }
}

const notUnderstood: Notice = {
  severity: 'error',
  what: 'The panel asked for something the extension does not know.',
  advice: 'Close the panel and open it again.',
  offers: [{ id: 'showLog', label: 'Show log' }],
};

function idOf(message: unknown): number {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
  return typeof id === 'number' ? id : -1;
}
