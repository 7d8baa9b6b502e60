import { html, nothing, type TemplateResult } from 'lit';
import type { ActionView, FactView } from '../../src/protocol/lab.ts';
import { icon } from '../components/icons.ts';
import { toggled } from '../components/jsonTree.ts';
import { linkButton, sentence } from '../components/prose.ts';
import { answerView, callView, copyText, failureView } from './callView.ts';
import { factTable, leftOutWords } from './factTable.ts';
import type { PanelContext } from './panelContext.ts';

const words: Readonly<Record<ActionView['status'], string>> = {
  waiting: 'Not run yet',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  'left-out': 'Left out here',
};

/** One thing a step does: mostly a call, shown before it is made and with its answer afterwards. */
export function actionView(action: ActionView, context: PanelContext): TemplateResult {
  const { id, call, link, note } = action;
  return html`<div class="action action-${action.status}" role="group" aria-label=${action.title}>
    <div class="action-head">
      <span class="state" title=${words[action.status]}
        >${icon(action.status === 'left-out' ? 'info' : action.status)}</span
      >
      <span class="visually-hidden">${words[action.status]}: </span>
      <span class="action-title">${sentence(action.title)}</span>
      ${call ? html`<code class="operation">${call.operation}</code>` : nothing}
      ${action.milliseconds === undefined || action.kind === 'show' ? nothing : html`<span class="quiet">${duration(action.milliseconds)}</span>`}
    </div>
    ${link ? html`<p>${linkButton(link.link, link.address, link.address, (each) => context.ask({ kind: 'openLink', link: each }))}</p>` : nothing}
    ${call ? callView(call, id, context) : nothing} ${failureView(action.failure)}
    ${note ? html`<p class="quiet">${sentence(note)}</p>` : nothing}
    ${action.status === 'left-out' ? html`<p class="quiet">${leftOutWords}</p>` : nothing}
    ${action.facts ? facts(action, action.facts, context) : nothing}
    ${(action.texts ?? []).map((text, at) => copyText(text, `text:${at}`, id, context))}
    ${answerView(action.answer, id, action.kind === 'show', context)}
  </div>`;
}

/** What was refused is told above; the letter itself is there for whoever wants to look. */
function facts(
  { id, title, failure }: ActionView,
  shown: readonly FactView[],
  { state }: PanelContext,
): TemplateResult {
  if (failure === undefined) return factTable(shown, title);
  const fold = `facts:${id}`;
  return html`<details
    class="answer"
    ?open=${state.isOpen(fold, false)}
    @toggle=${(event: Event) => toggled(event, fold, state)}
  >
    <summary>What was brought</summary>
    ${factTable(shown, title)}
  </details>`;
}

export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
