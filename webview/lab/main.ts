// The lab panel's page. In: whole views from the host. Out: intents. Never: HTML from data, a call to anything but the host.
import { render } from 'lit';
import type { LabRequest, LabView } from '../../src/protocol/lab.ts';
import type { Notice } from '../../src/protocol/message.ts';
import { connectHost } from '../components/hostLink.ts';
import { liveRegion } from '../components/liveRegion.ts';
import { registerComponents } from '../components/toolkit.ts';
import { announcement, wantsAttention } from './announcement.ts';
import { labPanel } from './labPanel.ts';
import { goTo } from './outline.ts';
import { PanelState } from './panelState.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler writes the style sheet beside the script
import './lab.css';

registerComponents();
const root = document.getElementById('root') ?? document.body;
const say = liveRegion(document);
let view: LabView | undefined;
let refusal: Notice | undefined;
let scrolled = false;

const host = connectHost<LabView, LabRequest>({
  view(next) {
    const words = announcement(view, next);
    if (words !== undefined) say(words);
    const proved = next.teardown !== undefined && view?.teardown?.stage !== next.teardown.stage;
    const first = view === undefined;
    const wanting = wantsAttention(view, next);
    view = next;
    state.setLab(next.id);
    draw();
    if (!first && proved) document.getElementById('teardown')?.scrollIntoView({ block: 'start' });
    if (wanting !== undefined) bringIntoSight(wanting);
    if (next.phase !== 'loading') restoreScroll();
  },
  reveal: (step) => {
    scrolled = true;
    goTo(step, { state });
  },
});

const state = new PanelState(host.savedState(), (saved) => host.saveState(saved), draw);

async function ask(request: LabRequest): Promise<void> {
  refusal = request.kind === 'dismissNotice' ? undefined : ((await host.ask(request)) ?? refusalAfter(request));
  draw();
}

/** A refusal stays in sight until the next thing that is done, not until the next copy or link. */
function refusalAfter({ kind }: LabRequest): Notice | undefined {
  return kind === 'copy' || kind === 'openLink' || kind === 'offer' ? refusal : undefined;
}

function draw(): void {
  if (view === undefined) return;
  const notice = view.notice ?? refusal;
  const shown = notice === undefined ? view : { ...view, notice };
  render(labPanel({ view: shown, state, ask: (request) => void ask(request), say }), root);
}

function restoreScroll(): void {
  if (!scrolled) requestAnimationFrame(() => window.scrollTo({ top: state.scroll }));
  scrolled = true;
}

/** Scrolls no further than needed, and leaves the focus where it is. */
function bringIntoSight(step: string): void {
  const section = document.getElementById(`step-${step}`);
  section?.querySelector('.notice-question, .notice-error, .check-failed')?.scrollIntoView({ block: 'nearest' });
}

let settling: ReturnType<typeof setTimeout> | undefined;
window.addEventListener(
  'scroll',
  () => {
    clearTimeout(settling);
    settling = setTimeout(() => state.setScroll(window.scrollY), 150);
  },
  { passive: true },
);

root.addEventListener('jump', (event) => {
  if (event instanceof CustomEvent && typeof event.detail === 'string') goTo(event.detail, { state });
});

void ask({ kind: 'ready' });
