import { html, nothing, type TemplateResult } from 'lit';
import type { CallView, FailureView } from '../../src/protocol/lab.ts';
import type { Json } from '../../src/protocol/message.ts';
import { icon } from '../components/icons.ts';
import { jsonTree, toggled } from '../components/jsonTree.ts';
import { sentence } from '../components/prose.ts';
import type { PanelContext } from './panelContext.ts';

/** The exact call, as a line for the AWS CLI and as the request's JSON. */
export function callView(call: CallView, id: string, context: PanelContext): TemplateResult {
  return html`<div class="call">
    <vscode-panels aria-label="The call ${call.operation}">
      <vscode-panel-tab id="cli:${id}">AWS CLI</vscode-panel-tab>
      <vscode-panel-tab id="json:${id}">Request</vscode-panel-tab>
      <vscode-panel-view>${copyable(call.cli, id, 'cli', 'AWS CLI line', context, words(call.cli))}</vscode-panel-view>
      <vscode-panel-view>
        ${copyable(JSON.stringify(call.request, undefined, 2), id, 'request', 'request', context)}
      </vscode-panel-view>
    </vscode-panels>
    ${
      call.unresolved.length === 0
        ? nothing
        : html`<p class="quiet">
            ${sentence(`${call.unresolved.map((name) => `\`${name}\``).join(', ')} ${call.unresolved.length === 1 ? 'gets its value' : 'get their values'} when the lab gets here.`)}
          </p>`
    }
  </div>`;
}

/** A line breaks between its words, not at each of their hyphens. Long ones, mostly JSON, break where they must. */
function words(line: string): unknown {
  return line.split(/( +)/).map((word) => (/^\S{1,48}$/.test(word) ? html`<span class="word">${word}</span>` : word));
}

function copyable(
  text: string,
  id: string,
  what: string,
  label: string,
  context: PanelContext,
  shown: unknown = text,
): TemplateResult {
  return html`<div class="copyable">
    <pre class="code" tabindex="0" role="group" aria-label=${label}><code>${shown}</code></pre>
    ${copyButton(id, what, `Copy ${label}`, context)}
  </div>`;
}

function copyButton(id: string, what: string, label: string, context: PanelContext): TemplateResult {
  return html`<vscode-button
    class="copy"
    appearance="icon"
    aria-label=${label}
    title=${label}
    @click=${() => {
      context.ask({ kind: 'copy', item: id, what });
      context.say('Copied');
    }}
    >${icon('copy')}</vscode-button
  >`;
}

/** A text to take along: folded, because it is long. */
export function copyText(
  { title, text }: { readonly title: string; readonly text: string },
  what: string,
  id: string,
  context: PanelContext,
): TemplateResult {
  const fold = `${what}:${id}`;
  return html`<details
    class="answer"
    ?open=${context.state.isOpen(fold, false)}
    @toggle=${(event: Event) => toggled(event, fold, context.state)}
  >
    <summary>${title}</summary>
    ${copyable(text, id, what, title, context)}
  </details>`;
}

export function answerView(
  answer: Json | undefined,
  id: string,
  open: boolean,
  context: PanelContext,
): TemplateResult | typeof nothing {
  if (answer === undefined) return nothing;
  const fold = `answer:${id}`;
  return html`<details
    class="answer"
    ?open=${context.state.isOpen(fold, open)}
    @toggle=${(event: Event) => toggled(event, fold, context.state)}
  >
    <summary>Answer</summary>
    <div class="copyable">
      <div class="answer-body" tabindex="0" role="group" aria-label="Answer">
        ${jsonTree(answer, fold, context.state)}
      </div>
      ${copyButton(id, 'answer', 'Copy answer', context)}
    </div>
  </details>`;
}

export function failureView(failure: FailureView | undefined): TemplateResult | typeof nothing {
  if (failure === undefined) return nothing;
  const { expected, code, what, advice } = failure;
  return html`<div class="notice notice-${expected ? 'lesson' : 'error'}">
    ${icon(expected ? 'info' : 'failed')}
    <div class="notice-text">
      <p><strong>${expected ? 'Refused, as this lesson wants: ' : ''}</strong><code>${code}</code></p>
      <p>${sentence(what)}</p>
      ${advice && !expected ? html`<p>${sentence(advice)}</p>` : nothing}
    </div>
  </div>`;
}
