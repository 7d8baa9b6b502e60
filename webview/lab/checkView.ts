import { html, nothing, type TemplateResult } from 'lit';
import type { CheckView } from '../../src/protocol/lab.ts';
import { icon, type IconName } from '../components/icons.ts';
import { toggled } from '../components/jsonTree.ts';
import { sentence } from '../components/prose.ts';
import { answerView, callView, failureView } from './callView.ts';
import type { PanelContext } from './panelContext.ts';

const outcomes: Readonly<Record<CheckView['outcome'], { readonly icon: IconName; readonly words: string }>> = {
  untried: { icon: 'waiting', words: 'Not checked yet' },
  held: { icon: 'done', words: 'Holds' },
  failed: { icon: 'failed', words: 'Does not hold yet' },
  'left-out': { icon: 'info', words: 'Left out here' },
};

const early = { icon: 'info', words: 'Cannot be judged yet' } as const;

/** It asks for what a step has yet to bring. There is nothing to judge then, and what the lab hints at would mislead. */
const isEarly = ({ failure }: CheckView): boolean => failure?.code === 'NotKnownYet';

/** One condition on the live state. How it is tested is folded away; the hint shows when it is wanted or needed. */
export function checkView(check: CheckView, hintWanted: boolean, context: PanelContext): TemplateResult {
  const outcome = isEarly(check) ? early : outcomes[check.outcome];
  const fold = `check:${check.id}`;
  return html`<div class="check check-${check.outcome}" role="group" aria-label="Check: ${check.title}">
    <div class="action-head">
      <span class="state">${icon(outcome.icon)}</span>
      <span class="action-title">${sentence(check.title)}</span>
      <span class="quiet">${outcome.words}</span>
    </div>
    ${hints(check, hintWanted)} ${isEarly(check) ? nothing : failureView(check.failure)}
    <details
      class="how"
      ?open=${context.state.isOpen(fold, false)}
      @toggle=${(event: Event) => toggled(event, fold, context.state)}
    >
      <summary>How this is checked</summary>
      ${check.call ? callView(check.call, check.id, context) : nothing}
      <p class="expression">Holds when <code>${check.expression}</code></p>
      ${answerView(check.answer, check.id, true, context)}
    </details>
  </div>`;
}

function hints(check: CheckView, wanted: boolean): TemplateResult | typeof nothing {
  const { failure, hint, outcome } = check;
  const said = isEarly(check) ? (failure?.advice ?? failure?.what) : hint;
  if (!said || !(outcome === 'failed' || (wanted && outcome === 'untried'))) return nothing;
  return html`<div class="notice notice-hint">
    ${icon('hint')}
    <p>${sentence(said)}</p>
  </div>`;
}
