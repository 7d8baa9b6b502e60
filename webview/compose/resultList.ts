import { html, nothing, type TemplateResult } from 'lit';
import type { SentView } from '../../src/protocol/compose.ts';
import { icon } from '../components/icons.ts';
import type { FormContext } from './formContext.ts';

/** Of a thousand results nobody reads the middle. */
const shown = 100;

/** What came of the last send: in one sentence, then each message's id. */
export function resultList(context: FormContext): TemplateResult | typeof nothing {
  const { outcome, results } = context.view;
  if (outcome === undefined) return nothing;
  const refused = results.filter(({ ok }) => !ok);
  const listed = [...refused, ...results.filter(({ ok }) => ok)].slice(0, shown);
  return html`<section class="results" aria-labelledby="outcome">
    <h2 id="outcome" class="outcome-line">
      ${icon(outcome.ok ? 'done' : 'warning')}<span>${outcome.what}</span>
      <time class="quiet" datetime=${outcome.at}>${new Date(outcome.at).toLocaleTimeString()}</time>
    </h2>
    <ul>
      ${listed.map((result) => item(result, () => context.ask({ kind: 'copyResult', place: results.indexOf(result) })))}
    </ul>
    ${results.length > shown ? html`<p class="quiet">and ${results.length - shown} more</p>` : nothing}
  </section>`;
}

function item({ ok, id, more, why }: SentView, copy: () => void): TemplateResult {
  if (!ok) return html`<li>${icon('failed')}<span class="danger-text">No. ${id}: ${why ?? 'refused'}</span></li>`;
  return html`<li>
    ${icon('check')}<code>${id}</code>${more ? html`<span class="quiet">${more}</span>` : nothing}
    <vscode-button appearance="icon" aria-label="Copy ${id}" title="Copy" @click=${copy}>${icon('copy')}</vscode-button>
  </li>`;
}
