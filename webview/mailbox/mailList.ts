import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MailboxRequest, MailboxView, MailLink, MailView } from '../../src/protocol/mailbox.ts';
import { icon } from '../components/icons.ts';
import { noticeBox } from '../components/noticeBox.ts';

export interface MailboxContext {
  readonly view: MailboxView;
  readonly opened: string | undefined;
  ask(request: MailboxRequest): void;
  toggle(mail: MailView): void;
}

/** The whole mailbox from one view. */
export function mailList(context: MailboxContext): TemplateResult {
  const { view } = context;
  const act = (id: string) => {
    if (id === 'showLog' || id === 'switchTarget') context.ask({ kind: id });
    else context.ask({ kind: 'refresh' });
  };
  const notice = view.notice ? html`<div class="notices">${noticeBox(view.notice, { offer: act })}</div>` : nothing;
  return html`<main>
    <h1 class="visually-hidden">Sandbox mailbox</h1>
    ${notice} ${view.mails.length > 0 ? mails(context) : blank(context)}
  </main>`;
}

function blank({ view, ask }: MailboxContext): TemplateResult | typeof nothing {
  switch (view.state) {
    case 'asleep':
      return html`<div class="blank">
        <p>Mail that Amazon SNS sends in the sandbox arrives here, and goes to nobody else.</p>
        <p class="quiet">The sandbox is not connected yet. Starting a lab starts it.</p>
        <vscode-button appearance="secondary" @click=${() => ask({ kind: 'wake' })}>Start the sandbox</vscode-button>
      </div>`;
    case 'elsewhere':
      return html`<div class="blank">
        <p>Labs run on ${view.target}: mail goes to the real addresses, so look there.</p>
        <p class="quiet">Only the sandbox has a mailbox of its own.</p>
        <vscode-button appearance="secondary" @click=${() => ask({ kind: 'switchTarget' })}
          >Switch target</vscode-button
        >
      </div>`;
    case 'ready':
      return html`<div class="blank">
        <p>No mail yet.</p>
        <p class="quiet">
          Subscribe an e-mail address to a topic, or publish to one that has such a subscriber: the mail appears here by
          itself.
        </p>
      </div>`;
    case 'loading':
      return html`<div class="blank">
        <p class="waiting-line"><vscode-progress-ring></vscode-progress-ring>Looking for mail</p>
      </div>`;
    case 'failed':
      return nothing;
  }
}

function mails(context: MailboxContext): TemplateResult {
  return html`<ul class="mails" aria-label="Mails, newest first">
    ${repeat(
      context.view.mails,
      ({ id }) => id,
      (mail) => mailItem(mail, context),
    )}
  </ul>`;
}

function mailItem(mail: MailView, context: MailboxContext): TemplateResult {
  const open = context.opened === mail.id;
  const { id, subject, to, date, read } = mail;
  return html`<li class="mail ${read ? '' : 'unread'}">
    <button
      type="button"
      class="mail-head"
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls="mail-${id}"
      @click=${() => context.toggle(mail)}
    >
      <span class="dot"></span><span class="visually-hidden">${read ? '' : 'Unread. '}</span>
      <span class="subject">${subject || 'No subject'}</span>
      <time class="quiet" datetime=${date}>${timeOf(date)}</time>
      <span class="to">To ${to}</span>
    </button>
    <div class="mail-body" id="mail-${id}" ?hidden=${!open}>${open ? letter(mail, context) : nothing}</div>
  </li>`;
}

function letter({ id, from, to, body, links }: MailView, { ask }: MailboxContext): TemplateResult {
  return html`<dl class="addresses">
      <dt>From</dt>
      <dd>${from}</dd>
      <dt>To</dt>
      <dd>${to}</dd>
    </dl>
    ${links.map((link, place) => linkRow(link, () => ask({ kind: 'follow', mail: id, link: place })))}
    <pre tabindex="0" role="group" aria-label="Text of the mail">${body}</pre>
    <div class="row">
      <vscode-button appearance="secondary" @click=${() => ask({ kind: 'copyBody', mail: id })}
        >${icon('copy', 'start')}Copy</vscode-button
      >
      <vscode-button appearance="secondary" @click=${() => ask({ kind: 'remove', mail: id })}
        >${icon('trash', 'start')}Delete</vscode-button
      >
    </div>`;
}

function linkRow({ label, outcome, said }: MailLink, follow: () => void): TemplateResult {
  return html`<div class="row" aria-live="polite">
    <vscode-button
      appearance=${/^confirm/i.test(label) && outcome !== 'done' ? 'primary' : 'secondary'}
      ?disabled=${outcome === 'following'}
      @click=${follow}
      >${label}</vscode-button
    >
    ${outcome === 'done' ? html`<span class="outcome">${icon('done')}Done</span>` : nothing}
    ${outcome === 'failed' ? html`<span class="outcome danger-text">${icon('failed')}${said ?? 'That did not work.'}</span>` : nothing}
  </div>`;
}

function timeOf(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
