import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icons.ts';
import type { PanelContext } from './panelContext.ts';
import { stepWords } from './stepSection.ts';

/** The steps at a glance, beside the text where there is room. */
export function outline(context: PanelContext): TemplateResult {
  return html`<nav class="outline" aria-label="Steps">
    <ol @keydown=${rove}>
      ${context.view.steps.map(
        (step, place) =>
          html`<li class="step-${step.status}">
            <button
              type="button"
              tabindex=${place === 0 ? 0 : -1}
              @click=${() => goTo(step.id, context)}
              aria-current=${step.status === 'running' ? 'step' : nothing}
            >
              <span class="state">${icon(step.status)}</span>
              <span>${step.number}. ${step.title}</span>
              <span class="visually-hidden">${stepWords(step)}</span>
            </button>
          </li>`,
      )}
    </ol>
  </nav>`;
}

const moves: Readonly<Record<string, (place: number, last: number) => number>> = {
  ArrowDown: (place, last) => Math.min(place + 1, last),
  ArrowUp: (place) => Math.max(place - 1, 0),
  Home: () => 0,
  End: (_place, last) => last,
};

/** One stop for Tab; the arrows go from step to step. */
function rove(event: KeyboardEvent): void {
  const list = event.currentTarget;
  const move = moves[event.key];
  if (!(list instanceof HTMLElement) || move === undefined) return;
  const buttons = [...list.querySelectorAll('button')];
  const from = buttons.findIndex((button) => button === document.activeElement);
  const to = move(from, buttons.length - 1);
  event.preventDefault();
  for (const [place, button] of buttons.entries()) button.tabIndex = place === to ? 0 : -1;
  buttons[to]?.focus();
}

/** Opens the step if it is folded, scrolls to it, and moves the focus there. */
export function goTo(step: string, context: Pick<PanelContext, 'state'>): void {
  context.state.setOpen(`step:${step}`, true);
  requestAnimationFrame(() => {
    const section = document.getElementById(`step-${step}`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('button.fold')?.focus({ preventScroll: true });
  });
}
