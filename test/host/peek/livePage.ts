// The viewer's page in a real browser, with the real host behind it: the sandbox, a target, a session, the page object, the channel.
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Target } from '../../../src/aws/target.ts';
import type { LookClock } from '../../../src/peek/holds.ts';
import { explain } from '../../../src/host/explain.ts';
import type { PeekDesk } from '../../../src/host/peek/peekDesk.ts';
import { PeekPage } from '../../../src/host/peek/peekPage.ts';
import { PeekSession } from '../../../src/host/peek/peekSession.ts';
import type { Prefill } from '../../../src/host/resources/prefill.ts';
import { WebviewChannel } from '../../../src/host/webviewChannel.ts';
import type { QueueRef } from '../../../src/peek/queueFacts.ts';
import type { PeekRequest, PeekView } from '../../../src/protocol/peek.ts';

export { openTarget };

/** What the viewer had others do, and what they answer. */
export class TestDesk implements PeekDesk {
  readonly copied: string[] = [];
  readonly asked: string[] = [];
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  readonly texts: string[] = [];
  readonly composed: Prefill[] = [];
  readonly viewed: QueueRef[] = [];
  readonly offers: string[] = [];
  sure = true;
  readonly clock: LookClock;

  constructor(clock: LookClock) {
    this.clock = clock;
  }

  explain = (error: unknown) => explain(error, false);
  copy = async (text: string) => void this.copied.push(text);
  confirm = async (question: string, detail: string) => this.#ask(`${question} ${detail}`.trim());
  typeName = async (question: string, name: string) => this.#ask(`${question} [type ${name}]`);
  pick = async (_title: string, labels: readonly string[]) => labels[0];
  showText = async (text: string) => void this.texts.push(text);
  compose = (prefill: Prefill) => void this.composed.push(prefill);
  view = (queue: QueueRef) => void this.viewed.push(queue);
  takeOffer = (id: string) => void this.offers.push(id);

  async save(name: string, pieces: Iterable<string>): Promise<string> {
    this.saved.push({ name, text: [...pieces].join('') });
    return name;
  }

  #ask(question: string): boolean {
    this.asked.push(question);
    return this.sure;
  }
}

export interface LiveHost {
  readonly session: PeekSession;
  readonly page: PeekPage;
  /** As if the webview had sent it. */
  receive(message: unknown): void;
  dispose(): Promise<void>;
}

/** `post`: gets what the host sends to its webview. */
export function liveHost(options: {
  readonly target: Target;
  readonly queue: QueueRef;
  readonly desk: PeekDesk;
  readonly real?: boolean;
  post(message: unknown): void;
}): LiveHost {
  let listener: (message: unknown) => void = () => undefined;
  const changed = () => channel.changed();
  const { target, queue, desk, real = false } = options;
  const session = new PeekSession({
    queue,
    open: async () => target,
    clock: desk.clock,
    explain: (error) => desk.explain(error),
    changed,
    wait: 0,
  });
  const page = new PeekPage({ session, desk, real: () => real, changed });
  const port = {
    postMessage: async (message: unknown) => {
      options.post(message);
      return true;
    },
    onDidReceiveMessage: (heard: (message: unknown) => void) => {
      listener = heard;
      return { dispose: () => undefined };
    },
  };
  const channel = new WebviewChannel<PeekView, PeekRequest>(port, page, (error) => desk.explain(error));
  return {
    session,
    page,
    receive: (message) => listener(message),
    async dispose() {
      channel.dispose();
      await session.dispose();
    },
  };
}
