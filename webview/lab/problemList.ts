import { html, type TemplateResult } from 'lit';
import { icon } from '../components/icons.ts';
import type { PanelContext } from './panelContext.ts';

/** A lab whose text has errors: nothing of it runs; each error opens the file where it stands. */
export function problemList(context: PanelContext): TemplateResult {
  const { problems } = context.view;
  if (problems.length === 0)
    return html`<p class="card">This lab is no longer there. It may have been moved or deleted.</p>`;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return html`<section class="card" aria-labelledby="problems-title">
    <h2 id="problems-title">${errors === 1 ? 'One error keeps' : `${errors} errors keep`} this lab from running</h2>
    <p class="quiet">Nothing was run. The panel follows when you save the file.</p>
    <ul class="problems">
      ${problems.map(
        ({ line, column, severity, message }, problem) =>
          html`<li>
            <button
              type="button"
              class="problem problem-${severity}"
              @click=${() => context.ask({ kind: 'openProblem', problem })}
            >
              ${icon(severity === 'error' ? 'failed' : 'warning')}<span class="visually-hidden">${severity}:</span>
              <span class="problem-message">${message}</span>
              <span class="quiet">line ${line}, column ${column}</span>
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}
