import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icons.ts';
import { noticeBox } from '../components/noticeBox.ts';
import { breakIt } from './breakIt.ts';
import { controls, tabs } from './controls.ts';
import { detail } from './detail.ts';
import { diagram } from './diagram.ts';
import type { PageContext } from './pageContext.ts';
import { setUp } from './setUp.ts';

export function roundTrip(context: PageContext): TemplateResult {
  const { view, ask } = context;
  const offer = (id: string) => ask({ kind: 'offer', offer: id });
  return html`<main class="trip" aria-busy=${view.busy !== undefined}>
    <header>
      <h1>SAML round trip</h1>
      <p class="quiet">A single sign-on from the first message to the last, in the sandbox.</p>
    </header>
    ${view.notice ? noticeBox(view.notice, { offer }) : nothing} ${body(context)}
  </main>`;
}

function body(context: PageContext): TemplateResult {
  const { view, ask } = context;
  switch (view.state) {
    case 'elsewhere':
      return html`<section class="blank">
        <p>The round trip is for the sandbox only: here it would change ${view.target}, and sign nobody in.</p>
        <p class="row">
          <vscode-button @click=${() => ask({ kind: 'offer', offer: 'useSandbox' })}>Use the sandbox</vscode-button>
          <vscode-button appearance="secondary" @click=${() => ask({ kind: 'offer', offer: 'switchTarget' })}
            >Switch target</vscode-button
          >
        </p>
      </section>`;
    case 'loading':
      return html`<p class="waiting-line"><vscode-progress-ring></vscode-progress-ring>The sandbox wakes up…</p>`;
    case 'failed':
      return html`<p>
        <vscode-button @click=${() => ask({ kind: 'ready' })}>${icon('refresh', 'start')}Try again</vscode-button>
      </p>`;
    case 'ready':
      return html`${setUp(context)} ${tabs(context)} ${controls(context)} ${trip(context)}`;
  }
}

function trip(context: PageContext): TemplateResult {
  const { outcome } = context.view.trips[context.view.trip];
  return html`<div class="stage" id="stage" role="tabpanel" aria-labelledby="tab-${context.view.trip}">
    <section aria-label="Messages">
      ${outcome ? html`<p class="outcome ${outcome.state}">${outcome.text}</p>` : nothing} ${diagram(context)}
    </section>
    <section class="detail" aria-label="The message">${detail(context)}</section>
    <div class="spoil">${breakIt(context)}</div>
  </div>`;
}
