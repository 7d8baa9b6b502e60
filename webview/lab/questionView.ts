import { html, nothing, type TemplateResult } from 'lit';
import type { QuestionView } from '../../src/protocol/lab.ts';
import { icon } from '../components/icons.ts';
import { sentence } from '../components/prose.ts';
import type { PanelContext } from './panelContext.ts';

/** What the learner is asked to do by hand, with the control that answers it. */
export function questionView(
  question: QuestionView | undefined,
  context: PanelContext,
): TemplateResult | typeof nothing {
  if (question === undefined) return nothing;
  const { id, mail, control, sandboxCanAnswer } = question;
  const answer = (value: string) => () => context.ask({ kind: 'answer', question: id, value });
  return html`<div class="notice notice-question" role="group" aria-label="Your turn">
    ${icon('asking')}
    <div class="notice-text">
      <p><strong>Your turn.</strong> ${sentence(question.text)}</p>
      ${
        control === 'condition'
          ? html`<p class="quiet waiting-line">
              <vscode-progress-ring></vscode-progress-ring>This step goes on by itself once it is done.
            </p>`
          : nothing
      }
      <div class="row">
        ${
          mail
            ? html`<vscode-button @click=${() => context.ask({ kind: 'offer', offer: 'openMailbox' })}
                >${icon('mail', 'start')}Open the mailbox</vscode-button
              >`
            : nothing
        }
        ${
          control === 'confirm'
            ? html`<vscode-button appearance=${mail ? 'secondary' : 'primary'} @click=${answer('done')}
                >${icon('check', 'start')}I have done it</vscode-button
              >`
            : nothing
        }
        ${
          sandboxCanAnswer
            ? html`<vscode-button appearance="secondary" @click=${answer('sandbox')}
                >Let the sandbox do it</vscode-button
              >`
            : nothing
        }
      </div>
    </div>
  </div>`;
}
