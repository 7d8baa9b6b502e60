// The composer's page. In: what the host knows of the destination and thinks of the draft. Out: the draft, as often as it changes.
// Never: an address, a call to anything but the host, HTML from data. The text is kept here, also over a reload of the window.
import { render } from 'lit';
import type { ComposeRequest, ComposeView } from '../../src/protocol/compose.ts';
import type { Notice } from '../../src/protocol/message.ts';
import { connectHost } from '../components/hostLink.ts';
import { liveRegion } from '../components/liveRegion.ts';
import { registerComponents } from '../components/toolkit.ts';
import { composePage, waitingPage } from './composePage.ts';
import { FormState } from './formState.ts';
import { prettyJson } from './prettyJson.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler writes the style sheet beside the script
import './compose.css';

registerComponents();
const root = document.getElementById('root') ?? document.body;
const say = liveRegion(document);
let view: ComposeView | undefined;
let refusal: Notice | undefined;
let jsonMistake: string | undefined;

const host = connectHost<ComposeView, ComposeRequest>({
  view(next) {
    const before = view;
    view = next;
    state.begin(next.id, next.prefill);
    if (next.outcome && next.outcome.at !== before?.outcome?.at) say(next.outcome.what);
    draw();
    if (before?.phase !== 'ready' && next.phase === 'ready') focusFirst();
  },
});

const state = new FormState({
  saved: host.savedState(),
  save: (saved) => host.saveState(saved),
  settled: (draft) => void ask({ kind: 'check', draft: JSON.stringify(draft) }),
  changed() {
    jsonMistake = undefined;
    draw();
  },
});

async function ask(request: ComposeRequest): Promise<void> {
  const notice = await host.ask(request);
  if (request.kind === 'check' || request.kind === 'copyResult' || request.kind === 'stop') return;
  refusal = notice;
  draw();
}

async function send(): Promise<void> {
  const draft = state.own;
  if (draft === undefined || view?.sending) return;
  state.tried = true;
  refusal = undefined;
  await ask({ kind: 'send', draft: JSON.stringify(draft) });
  if (refusal === undefined) {
    state.tried = false;
    draw();
  } else setTimeout(goToProblem, 50);
}

/** The first field that does not fit, in the order of the page. */
function goToProblem(): void {
  const field = view?.problems[0]?.field;
  if (field !== undefined) document.getElementById(field)?.focus();
}

function focusFirst(): void {
  if (document.activeElement === document.body) document.getElementById('body')?.focus({ preventScroll: true });
}

function format(): void {
  const pretty = prettyJson(state.own?.body ?? '');
  if ('text' in pretty) state.set({ body: pretty.text }, 'body');
  else jsonMistake = pretty.mistake;
  draw();
}

const acts = {
  offer: (offer: string) => void ask({ kind: 'offer', offer }),
  dismiss: () => void ask({ kind: 'dismiss' }),
  again: () => void ready(),
};

function ready(): Promise<void> {
  return ask({ kind: 'ready', draft: state.own ? JSON.stringify(state.own) : '' });
}

function draw(): void {
  if (view === undefined) return;
  const notice = view.notice ?? refusal;
  const draft = state.own ?? view.prefill;
  const { to } = view;
  const page =
    to === undefined
      ? waitingPage(view, notice, acts)
      : composePage(
          {
            view,
            to,
            draft,
            state,
            jsonMistake,
            say,
            format,
            ask: (request) => void ask(request),
            send: () => void send(),
          },
          notice,
          acts,
        );
  render(page, root);
}

void ready();
