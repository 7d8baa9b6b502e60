import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { BreakView } from '../../src/protocol/roundTrip.ts';
import type { PageContext } from './pageContext.ts';

/** What the identity provider does wrong from now on; and its key. */
export function breakIt({ view, ask }: PageContext): TemplateResult {
  const { breaks, keys, setUp } = view;
  const choice = ({ id, title, what, says, chosen }: BreakView) =>
    html`<label class="choice ${chosen ? 'chosen' : ''}"
      ><input
        type="radio"
        name="break"
        value=${id}
        .checked=${live(chosen)}
        @change=${() => ask({ kind: 'break', break: id })}
      />
      <span><strong>${title}</strong> ${what} <span class="quiet says">The answer: ${says}</span></span></label
    >`;
  return html`<section class="break">
      <h2 id="break-title">Break it</h2>
      <p class="quiet">
        The identity provider spoils every response from now on, in this way. Then make the trip again, and see who
        notices.
      </p>
      <div class="choices" role="radiogroup" aria-labelledby="break-title">${breaks.map(choice)}</div>
    </section>
    <section class="keys">
      <h2>The key that signs</h2>
      <p class=${keys.stale ? 'stale' : ''}>${keys.sentence}</p>
      <p class="row">
        <vscode-button appearance="secondary" @click=${() => ask({ kind: 'rollOver' })}
          >Roll the key over</vscode-button
        >
        ${
          keys.stale
            ? html`<vscode-button ?disabled=${setUp.state === 'nothing'} @click=${() => ask({ kind: 'update' })}
                >Update the provider with the new metadata</vscode-button
              >`
            : nothing
        }
      </p>
    </section>`;
}
