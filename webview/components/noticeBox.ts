import { html, nothing, type TemplateResult } from 'lit';
import type { Notice } from '../../src/protocol/message.ts';
import { icon, type IconName } from './icons.ts';
import { sentence } from './prose.ts';

const icons: Readonly<Record<Notice['severity'], IconName>> = { error: 'failed', warning: 'warning', info: 'info' };

export interface NoticeActs {
  offer(id: string): void;
  dismiss?(): void;
}

/** What happened, what to do, and the acts that mend it. */
export function noticeBox(notice: Notice | undefined, acts: NoticeActs): TemplateResult | typeof nothing {
  if (notice === undefined) return nothing;
  const { dismiss } = acts;
  return html`<div class="notice notice-${notice.severity}" role=${notice.severity === 'error' ? 'alert' : 'status'}>
    ${icon(icons[notice.severity])}
    <div class="notice-text">
      <p>${sentence(notice.what)}</p>
      ${notice.advice ? html`<p>${sentence(notice.advice)}</p>` : nothing}
      <div class="row" ?hidden=${notice.offers.length === 0}>
        ${notice.offers.map(
          ({ id, label }, place) =>
            html`<vscode-button
              appearance=${place === 0 && id !== 'showLog' ? 'primary' : 'secondary'}
              @click=${() => acts.offer(id)}
              >${label}</vscode-button
            >`,
        )}
      </div>
    </div>
    ${
      dismiss
        ? html`<vscode-button appearance="icon" class="dismiss" aria-label="Dismiss" title="Dismiss" @click=${dismiss}
            >${icon('close')}</vscode-button
          >`
        : nothing
    }
  </div>`;
}
