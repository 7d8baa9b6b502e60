// The mailbox's page. In: whole views from the host. Out: intents. Never: a mail as HTML, a link followed by itself.
import { render } from 'lit';
import type { MailboxRequest, MailboxView } from '../../src/protocol/mailbox.ts';
import type { Notice } from '../../src/protocol/message.ts';
import { connectHost } from '../components/hostLink.ts';
import { liveRegion } from '../components/liveRegion.ts';
import { registerComponents } from '../components/toolkit.ts';
import { mailList } from './mailList.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler writes the style sheet beside the script
import './mailbox.css';

registerComponents();
const root = document.getElementById('root') ?? document.body;
const say = liveRegion(document);
let view: MailboxView | undefined;
let refusal: Notice | undefined;

const host = connectHost<MailboxView, MailboxRequest>({
  view(next) {
    const known = new Set(view?.mails.map(({ id }) => id));
    const arrived = view === undefined ? [] : next.mails.filter(({ id }) => !known.has(id));
    if (arrived.length > 0) say(`New mail: ${arrived.map(({ subject }) => subject).join('; ')}`);
    view = next;
    draw();
  },
});

const saved = host.savedState();
let opened = typeof saved === 'string' ? saved : undefined;

async function ask(request: MailboxRequest): Promise<void> {
  refusal = await host.ask(request);
  draw();
}

function draw(): void {
  if (view === undefined) return;
  const notice = view.notice ?? refusal;
  const shown = notice === undefined ? view : { ...view, notice };
  const context = {
    view: shown,
    opened,
    ask: (request: MailboxRequest) => void ask(request),
    toggle({ id, read }: MailboxView['mails'][number]) {
      opened = opened === id ? undefined : id;
      host.saveState(opened);
      draw();
      if (opened !== undefined && !read) void ask({ kind: 'read', mail: id });
    },
  };
  render(mailList(context), root);
}

void ask({ kind: 'ready' });
