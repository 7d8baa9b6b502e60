import { html, nothing, type TemplateResult } from 'lit';
import type { PeekRequest, PeekView, PriceView } from '../../src/protocol/peek.ts';

/** What stands in the table's place while there is nothing in it: why, and what can be done. */
export function blank(view: PeekView, ask: (request: PeekRequest) => void): TemplateResult | typeof nothing {
  if (view.shown > 0) return nothing;
  if (view.phase === 'loading') return html`<p class="quiet">Reading the queue.</p>`;
  if (view.phase !== 'ready') return nothing;
  if (view.total > 0)
    return html`<p>Nothing fits this search. ${view.manner === 'guarded' ? 'Only what was seen is searched.' : ''}</p>`;
  if (view.manner === 'guarded' && view.price) return offer(view, view.price, ask);
  return html`<p>The queue is empty.</p>
    <p class="quiet">What comes in appears here by itself.</p>`;
}

/** Before the first look: what it costs, and the button that agrees to it. */
function offer(view: PeekView, price: PriceView, ask: (request: PeekRequest) => void): TemplateResult {
  const { number, level, says, refusal, instead } = price;
  const refused = level === 'refused';
  const waits = view.busy !== undefined;
  return html`<h2>${refused ? 'Not looked into by default' : 'Nothing was looked at yet'}</h2>
    ${refusal === undefined ? nothing : html`<p class="refusal">${refusal}</p>`}
    <p>Amazon SQS has no peek: to see a message is to receive it.</p>
    <ul class="price">
      ${says.map((each) => html`<li>${each}</li>`)}
    </ul>
    <div class="row">
      ${
        refused
          ? html`<vscode-button ?disabled=${waits} @click=${() => ask({ kind: 'viewDeadLetters' })}
                >Look into ${instead} instead</vscode-button
              >
              <vscode-button
                appearance="secondary"
                ?disabled=${waits}
                @click=${() => ask({ kind: 'lookAnyway', price: number })}
                >I agree to that: look all the same</vscode-button
              >`
          : html`<vscode-button ?disabled=${waits} @click=${() => ask({ kind: 'look', price: number })}
              >Look: adds 1 receive</vscode-button
            >`
      }
    </div>`;
}
