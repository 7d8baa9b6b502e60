import { html, nothing, type TemplateResult } from 'lit';
import type { ComposeView, DestinationView } from '../../src/protocol/compose.ts';
import type { Notice } from '../../src/protocol/message.ts';
import { icon } from '../components/icons.ts';
import { noticeBox } from '../components/noticeBox.ts';
import type { FormContext } from './formContext.ts';
import { messageFields } from './messageFields.ts';
import { resultList } from './resultList.ts';

export interface NoticeActions {
  offer(id: string): void;
  dismiss(): void;
  again(): void;
}

/** Before it is known what the destination wants. */
export function waitingPage({ phase }: ComposeView, notice: Notice | undefined, acts: NoticeActions): TemplateResult {
  if (phase === 'opening')
    return html`<p class="loading waiting-line" role="status">
      <vscode-progress-ring></vscode-progress-ring>Looking it up
    </p>`;
  return html`<main>
    ${noticeBox(notice, { offer: (id) => acts.offer(id) })}
    <div class="row">
      <vscode-button @click=${() => acts.again()}>${icon('refresh', 'start')}Try again</vscode-button>
    </div>
  </main>`;
}

const verbs: Readonly<Record<DestinationView['kind'], { readonly title: string; readonly button: string }>> = {
  queue: { title: 'Send to', button: 'Send' },
  topic: { title: 'Publish to', button: 'Publish' },
  stream: { title: 'Put a record into', button: 'Put' },
};

export function composePage(context: FormContext, notice: Notice | undefined, acts: NoticeActions): TemplateResult {
  const { to, view } = context;
  const { title } = verbs[to.kind];
  return html`<main @keydown=${(event: KeyboardEvent) => sendByKey(event, context)}>
    <header>
      <h1>${title} ${to.name}</h1>
      <p class="row">
        <span class="badge ${to.real ? 'badge-real' : ''}">${to.real ? 'Real account: ' : ''}${to.where}</span>
        <span class="quiet">${kindWords(to)}</span>
      </p>
      ${
        view.replaces
          ? html`<p class="notice notice-info">
              ${icon('info')}<span>After this is accepted, the original is deleted from ${view.replaces}.</span>
            </p>`
          : nothing
      }
    </header>
    <form @submit=${(event: Event) => event.preventDefault()} novalidate>${messageFields(context)}</form>
    <div class="bottom">
      ${noticeBox(notice, { offer: (id) => acts.offer(id), dismiss: () => acts.dismiss() })} ${actions(context)}
    </div>
    ${resultList(context)}
  </main>`;
}

function kindWords({ kind, fifo, contentDeduplication }: DestinationView): string {
  if (kind === 'stream') return 'Kinesis data stream';
  const service = kind === 'queue' ? 'SQS queue' : 'SNS topic';
  if (!fifo) return `Standard ${service}`;
  return `FIFO ${service}${contentDeduplication ? ', content-based deduplication' : ''}`;
}

function actions(context: FormContext): TemplateResult {
  const { view, to } = context;
  const { sending } = view;
  const mac = navigator.userAgent.includes('Mac');
  return html`<div class="row">
    <vscode-button id="send" ?disabled=${sending !== undefined} @click=${() => context.send()}
      >${icon('run', 'start')}${verbs[to.kind].button}</vscode-button
    >
    ${
      sending
        ? html`<span class="waiting-line"
              ><vscode-progress-ring></vscode-progress-ring
              >${sending.total > 1 ? `${sending.done} of ${sending.total}` : 'Sending'}</span
            >
            <vscode-button appearance="secondary" @click=${() => context.ask({ kind: 'stop' })}
              >${icon('stop', 'start')}Stop</vscode-button
            >`
        : html`<span class="quiet">${mac ? '⌘' : 'Ctrl+'}Enter</span>`
    }
  </div>`;
}

/** From anywhere in the form. */
function sendByKey(event: KeyboardEvent, { send }: FormContext): void {
  if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  send();
}
