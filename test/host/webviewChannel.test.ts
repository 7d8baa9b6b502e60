import { describe, expect, it } from 'vitest';
import { WebviewChannel } from '../../src/host/webviewChannel.ts';
import type { Notice } from '../../src/protocol/message.ts';

type Request = { readonly kind: 'ready' } | { readonly kind: 'fail' };

function start() {
  const sent: unknown[] = [];
  let receive: (message: unknown) => void = () => undefined;
  const port = {
    postMessage: async (message: unknown) => sent.push(message) > 0,
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
  };
  let views = 0;
  const page = {
    requests: { ready: {}, fail: {} },
    view: () => ++views,
    handle: ({ kind }: Request) => {
      if (kind === 'fail') throw new Error('no');
      return undefined;
    },
  };
  const explain = (error: unknown): Notice => ({ severity: 'error', what: String(error), offers: [] });
  const channel = new WebviewChannel<number, Request>(port, page, explain);
  return { channel, sent, receive: (message: unknown) => receive(message) };
}

const idOf = (message: unknown): number =>
  typeof message === 'object' && message !== null && 'id' in message ? Number(message.id) : NaN;

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the wire to a webview', () => {
  it('answers every request, also those that fail or are not understood', async () => {
    const { receive, sent } = start();
    receive({ id: 1, request: { kind: 'ready' } });
    receive({ id: 2, request: { kind: 'fail' } });
    receive({ id: 3, request: { kind: 'other' } });
    receive('nonsense');
    await tick();
    const byId = sent.toSorted((left, right) => idOf(left) - idOf(right));
    expect(byId).toMatchObject([
      { id: -1, notice: { severity: 'error' } },
      { kind: 'reply', id: 1 },
      { id: 2, notice: { what: 'Error: no' } },
      { id: 3, notice: { severity: 'error' } },
    ]);
  });

  it('sends one whole view for many changes in one tick', async () => {
    const { channel, sent } = start();
    for (let change = 0; change < 10; change++) channel.changed();
    await tick();
    expect(sent).toEqual([{ kind: 'view', view: 1 }]);
  });

  it('says nothing after it was closed', async () => {
    const { channel, sent } = start();
    channel.changed();
    channel.dispose();
    await tick();
    expect(sent).toEqual([]);
  });
});
