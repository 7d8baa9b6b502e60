// The queue viewer's page. In: whole views from the host, each with one window of rows. Out: intents and ids.
// Never: holds the queue, decodes a body, or shows a text as HTML.
import { render } from 'lit';
import type { PeekRequest, PeekView } from '../../src/protocol/peek.ts';
import { connectHost } from '../components/hostLink.ts';
import { liveRegion } from '../components/liveRegion.ts';
import { noticeBox } from '../components/noticeBox.ts';
import { registerComponents } from '../components/toolkit.ts';
import { blank } from './blank.ts';
import { detail } from './detail.ts';
import { header } from './header.ts';
import { PeekTable } from './peekTable.ts';
import { part } from './part.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler writes the style sheet beside the script
import './peek.css';

registerComponents();
const root = document.getElementById('root') ?? document.body;
const main = part('main', 'peek');
const head = part('div', 'head');
const refusals = part('div', 'refusals');
const body = part('div', 'body');
const empty = part('div', 'blank');
const side = part('aside', 'detail');
side.setAttribute('aria-label', 'Message');
const say = liveRegion(document);

let view: PeekView | undefined;
let drawnAt = performance.now();
let told = 0;

const host = connectHost<PeekView, PeekRequest>({
  view(next) {
    drawnAt = performance.now();
    const closed = view?.opened !== undefined && next.opened === undefined;
    view = next;
    if (next.words && next.words.number !== told) {
      told = next.words.number;
      say(next.words.text);
    }
    table.take(next);
    draw();
    if (closed && document.activeElement === document.body) table.focus();
  },
});

const table = new PeekTable({
  ask: (request) => void ask(request),
  saved: host.savedState(),
  save: (state) => host.saveState(state),
  focusSearch: () => document.getElementById('search')?.focus(),
});

body.append(table.element, empty, side);
main.append(head, refusals, body);
root.append(main);

async function ask(request: PeekRequest): Promise<void> {
  const notice = await host.ask(request);
  if (request.kind === 'see' && notice === undefined) return;
  const act = (id: string) => void ask({ kind: 'offer', offer: id });
  const clear = () => render(undefined, refusals);
  render(notice ? noticeBox(notice, { offer: act, dismiss: clear }) : undefined, refusals);
}

let typed: string | undefined;
let typing: ReturnType<typeof setTimeout> | undefined;
function search(text: string): void {
  typed = text;
  clearTimeout(typing);
  typing = setTimeout(() => {
    table.scrollToTop();
    void ask({ kind: 'search', text });
  }, 120);
}

function draw(): void {
  if (view === undefined) return;
  const now = view.now + performance.now() - drawnAt;
  table.draw(now);
  const context = { view, now, text: typed ?? view.search, ask: (request: PeekRequest) => void ask(request), search };
  render(header(context), head);
  render(blank(view, context.ask), empty);
  empty.hidden = view.shown > 0;
  table.element.hidden = view.shown === 0;
  side.hidden = view.opened === undefined;
  if (view.opened) render(detail(view.opened, context), side);
}

/** Ages go on, and so does the time that a look holds. */
setInterval(draw, 1000);

document.addEventListener('keydown', (event) => {
  const typingText = event.target instanceof HTMLInputElement;
  if (event.key === '/' && !typingText) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  }
  if (event.key === 'Escape' && typingText) table.focus();
  if (event.key === 'ArrowDown' && typingText) table.focus();
  if (event.key === 'Escape' && !typingText && view?.opened) {
    void ask({ kind: 'close' });
    table.focus();
  }
});

void ask({ kind: 'ready' });
