import { html, nothing, type TemplateResult } from 'lit';
import type { AttributeView, LayerView, MessageView, PeekRequest, PeekView } from '../../src/protocol/peek.ts';
import { humps } from '../components/humps.ts';
import { icon, type IconName } from '../components/icons.ts';
import { bytes, receivesText, span, stateWords } from './words.ts';

export interface DetailContext {
  readonly view: PeekView;
  readonly now: number;
  ask(request: PeekRequest): void;
}

/** One message in full: what it says layer by layer, its attributes, and what can be done to it. */
export function detail(message: MessageView, context: DetailContext): TemplateResult {
  const { view, now, ask } = context;
  const { row } = message;
  const { id } = row;
  return html`<div class="detail-head">
      <h2>Message <span class="quiet mono">${id}</span></h2>
      <vscode-button
        appearance="icon"
        aria-label="Close the message"
        title="Close (Escape)"
        @click=${() => ask({ kind: 'close' })}
        >${icon('close')}</vscode-button
      >
    </div>
    <p class="quiet">
      ${stateWords[row.state]} · ${bytes(row.size)} · received ${receivesText(row, view.deadLetters?.maxReceiveCount)} ·
      expires in ${span(row.expiresAt - now)}
    </p>
    <div class="row">
      ${button('copy', 'Copy body', () => ask({ kind: 'copyBody', message: id }))}
      ${button('copy', 'Copy as JSON', () => ask({ kind: 'copyJson', message: id }))}
      ${button('external', 'Open in editor', () => ask({ kind: 'openBody', message: id }))}
      ${button('mail', 'Edit and resend', () => ask({ kind: 'resend', message: id }))}
    </div>
    ${message.remarks.map((remark) => html`<p class="remark">${icon('info')}<span>${remark}</span></p>`)}
    ${message.layers.map(layer)}
    ${
      message.attributes.length === 0
        ? nothing
        : html`<h3>Attributes</h3>
            ${message.attributes.map(attribute)}`
    }
    <h3>System attributes</h3>
    ${factList(message.system)}`;
}

function button(name: IconName, label: string, act: () => void): TemplateResult {
  return html`<vscode-button appearance="secondary" @click=${act}>${icon(name, 'start')}${label}</vscode-button>`;
}

function layer({ title: name, kind, text, facts, note }: LayerView): TemplateResult {
  const title = name.replace(/^from /, 'From ');
  return html`<section class="layer">
    <h3>${title}</h3>
    ${note === undefined ? nothing : html`<p class="quiet">${note}</p>`}
    ${facts.length === 0 ? nothing : factList(facts)}
    ${
      kind === 'facts'
        ? html`<details>
            <summary>The whole envelope</summary>
            ${code(title, text)}
          </details>`
        : code(title, text)
    }
  </section>`;
}

function code(title: string, text: string): TemplateResult {
  return text === ''
    ? html`<p class="quiet">Empty</p>`
    : html`<pre class="code" tabindex="0" role="group" aria-label=${title}>${text}</pre>`;
}

function factList(facts: readonly (readonly [string, string])[]): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${humps(name)}</dt>
          <dd><bdi>${value}</bdi></dd>
        </div>`,
    )}
  </dl>`;
}

function attribute({ name, type, layers }: AttributeView): TemplateResult {
  const [first] = layers;
  const plain = layers.length === 1 && first?.kind === 'text' && first.text.length < 200;
  return plain
    ? factList([[`${name} (${type})`, first.text]])
    : html`<div class="attribute">
        <p><strong>${name}</strong> <span class="quiet">${type}</span></p>
        ${layers.map(layer)}
      </div>`;
}
