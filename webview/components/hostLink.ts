import type { HostMessage, Notice, RequestMessage } from '../../src/protocol/message.ts';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The webview's end of the wire: requests out, views in, and a small state that survives being hidden. */
export interface HostLink<Request> {
  /** Resolves with the notice of a refusal, or with nothing. */
  ask(request: Request): Promise<Notice | undefined>;
  savedState(): unknown;
  saveState(state: unknown): void;
}

export interface HostEvents<View> {
  view(view: View): void;
  reveal?(step: string): void;
}

export function connectHost<View, Request>(events: HostEvents<View>): HostLink<Request> {
  const editor = acquireVsCodeApi();
  const waiting = new Map<number, (notice: Notice | undefined) => void>();
  let last = 0;
  window.addEventListener('message', (event: MessageEvent<HostMessage<View>>) => {
    const message = event.data;
    switch (message.kind) {
      case 'view':
        return events.view(message.view);
      case 'reveal':
        return events.reveal?.(message.step);
      case 'reply':
        waiting.get(message.id)?.(message.notice);
        waiting.delete(message.id);
    }
  });
  return {
    ask(request) {
      const message: RequestMessage<Request> = { id: ++last, request };
      return new Promise((resolve) => {
        waiting.set(message.id, resolve);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's channel, not a window's
        editor.postMessage(message);
      });
    },
    savedState: () => editor.getState(),
    saveState: (state) => editor.setState(state),
  };
}
