// The sequence diagram: four lanes, and a row for each message. A list box: arrows move, and what is chosen is explained beside it.
import { html, nothing, type TemplateResult } from 'lit';
import type { LaneName, LaneView, LineView } from '../../src/protocol/roundTrip.ts';
import { icon, type IconName } from '../components/icons.ts';
import type { PageContext } from './pageContext.ts';

export function chosenLine({ view, state }: PageContext): LineView | undefined {
  const { lines } = view.trips[view.trip];
  const failed = lines.find(({ state: happened }) => happened === 'failed');
  const newest = lines.findLast(({ state: happened }) => happened === 'done');
  return lines.find(({ id }) => id === state.selected(view.trip)) ?? failed ?? newest ?? lines[0];
}

export function diagram(context: PageContext): TemplateResult {
  const { lanes, lines, round } = context.view.trips[context.view.trip];
  const chosen = chosenLine(context);
  return html`<div class="diagram">
    <div class="lanes" aria-hidden="true">${lanes.map(lane)}</div>
    <ol
      class="lines ${round % 2 === 1 ? 'odd' : ''}"
      role="listbox"
      aria-label="Messages of the trip"
      @keydown=${(event: KeyboardEvent) => move(event, context)}
    >
      ${lines.map((line, at) => row(line, at, line === chosen, lanes, context))}
    </ol>
  </div>`;
}

const lane = ({ title, words }: LaneView): TemplateResult =>
  html`<div class="lane"><strong>${title}</strong> <span class="quiet">${words}</span></div>`;

const icons: Readonly<Record<LineView['state'], IconName>> = {
  waiting: 'waiting',
  done: 'done',
  failed: 'failed',
  never: 'waiting',
  skipped: 'waiting',
};

const words: Readonly<Record<LineView['state'], string>> = {
  waiting: 'not yet',
  done: 'done',
  failed: 'refused',
  never: 'never reached',
  skipped: 'not needed',
};

function row(
  line: LineView,
  at: number,
  chosen: boolean,
  lanes: readonly LaneView[],
  context: PageContext,
): TemplateResult {
  const { id, from, to, title, state, mark } = line;
  const place = (name: LaneName) => lanes.findIndex((one) => one.name === name);
  const titleOf = (name: LaneName) => lanes[place(name)]?.title ?? '';
  const [start, end] = [place(from), place(to)];
  const way = `from-${Math.min(start, end)} to-${Math.max(start, end)} ${start < end ? 'right' : 'left'}`;
  return html`<li
    id="line-${id}"
    class="line ${state}"
    role="option"
    aria-selected=${chosen}
    tabindex=${chosen ? 0 : -1}
    @click=${() => choose(context, id)}
  >
    <span class="lifes">${lanes.map(() => html`<i></i>`)}</span>
    <span class="label"
      ><span class="state">${icon(icons[state])}</span
      ><span class="visually-hidden">${at + 1}. ${titleOf(from)} to ${titleOf(to)}, ${words[state]}: </span
      ><span class="title">${title}</span>${
        mark === undefined ? nothing : html`<span class="mark">${mark}</span>`
      }</span
    >
    <span class="arrow ${way}"></span>
  </li>`;
}

function choose({ view, state, redraw }: PageContext, id: string): void {
  state.select(view.trip, id);
  redraw();
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function move(event: KeyboardEvent, context: PageContext): void {
  const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
  if (!step) return;
  event.preventDefault();
  const { lines } = context.view.trips[context.view.trip];
  const at = lines.findIndex((line) => line === chosenLine(context));
  const next = lines[step(at, lines.length)];
  if (!next) return;
  choose(context, next.id);
  document.getElementById(`line-${next.id}`)?.focus();
}
