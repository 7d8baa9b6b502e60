import { html, nothing, type TemplateResult } from 'lit';
import type { SetUpThing } from '../../src/protocol/roundTrip.ts';
import { icon } from '../components/icons.ts';
import type { PageContext } from './pageContext.ts';

/** Folded once everything is there: then it is of no more interest. */
export function setUp({ view, state, ask }: PageContext): TemplateResult {
  const { setUp: parts, busy } = view;
  const open = state.isOpen('setUp', parts.state !== 'whole');
  const toggled = (event: Event) => {
    if (event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open !== open)
      state.setOpen('setUp', event.currentTarget.open);
  };
  return html`<section class="setup ${parts.state}">
    <div class="row head">
      <h2>Set up</h2>
      ${
        parts.state === 'whole'
          ? nothing
          : html`<vscode-button @click=${() => ask({ kind: 'setUp' })}>Set up</vscode-button>`
      }
      ${
        parts.state === 'nothing'
          ? nothing
          : html`<vscode-button appearance="secondary" @click=${() => ask({ kind: 'remove' })}>Remove</vscode-button>`
      }
      ${busy === undefined ? nothing : html`<span class="waiting-line"><vscode-progress-ring></vscode-progress-ring>${busy}</span>`}
    </div>
    <p class="sentence">${parts.sentence}</p>
    <details ?open=${open} @toggle=${toggled}>
      <summary>What they are</summary>
      <ul class="things">
        ${parts.things.map(thing)}
      </ul>
    </details>
  </section>`;
}

const thing = ({ kind, name, there, what }: SetUpThing): TemplateResult =>
  html`<li class=${there ? 'there' : 'absent'}>
    <span class="state"
      >${icon(there ? 'done' : 'waiting')}<span class="visually-hidden">${there ? 'there:' : 'not there:'}</span></span
    >
    <div>
      <p><strong>${kind}</strong> <code>${name}</code></p>
      <p class="quiet">${what}</p>
    </div>
  </li>`;
