import { html, nothing, type TemplateResult } from 'lit';
import type { LabView } from '../../src/protocol/lab.ts';
import { icon } from '../components/icons.ts';
import { linkButton, prose, sentence } from '../components/prose.ts';
import type { PanelContext } from './panelContext.ts';
import { submit } from './startForm.ts';
import { stopButton } from './stepSection.ts';
import { bar } from './teardownView.ts';

/** Title, what the lab is about, and where it runs. */
export function panelHeader(context: PanelContext): TemplateResult {
  const { lab } = context.view;
  return html`<header class="intro">
    <h1>${lab.title}</h1>
    <p class="summary">${sentence(lab.summary)}</p>
    <ul class="facts" aria-label="About this lab">
      ${lab.minutes > 0 ? html`<li>${icon('clock')}${lab.minutes === 1 ? '1 minute' : `${lab.minutes} minutes`}</li>` : nothing}
      ${lab.services.map((service) => html`<li><span class="badge">${service}</span></li>`)}
      ${lab.fromWorkspace ? html`<li><span class="badge">from this workspace</span></li>` : nothing}
    </ul>
  </header>`;
}

export function introduction(context: PanelContext): TemplateResult | typeof nothing {
  const { lab } = context.view;
  const open = (link: number) => context.ask({ kind: 'openLink', link });
  return html`<div class="prose">${prose(lab.intro, open)}</div>
    ${
      lab.corrections.length === 0 && !lab.source
        ? nothing
        : html`<details class="card corrections">
            <summary>What has changed since the article of 2019</summary>
            <ul>
              ${lab.corrections.map((correction) => html`<li>${sentence(correction)}</li>`)}
            </ul>
            ${lab.source ? html`<p class="quiet">Source: ${linkButton(lab.source.link, lab.source.title, lab.source.title, open)}</p>` : nothing}
          </details>`
    }`;
}

/** Always in sight: how far the learner is, and what concerns the whole lab. */
export function toolbar(context: PanelContext): TemplateResult {
  const { view } = context;
  const { done, total } = view.progress;
  return html`<div class="toolbar" role="group" aria-label="Lab">
    <button
      type="button"
      class="target ${view.target.real ? 'target-real' : ''}"
      title="Where this lab runs. Click to switch."
      @click=${() => context.ask({ kind: 'offer', offer: 'switchTarget' })}
    >
      ${targetWords(view)}
    </button>
    ${
      view.phase === 'session' || view.phase === 'over'
        ? html`<span class="progress">${bar(done, total, 'Steps done')}<span>${done} of ${total} steps</span></span>`
        : nothing
    }
    <span class="row"
      >${view.phase === 'start' ? startButton(context) : nothing}${view.phase === 'session' ? sessionButtons(context) : nothing}${view.phase === 'over' ? againButton(context) : nothing}</span
    >
  </div>`;
}

export function targetWords({ target }: Pick<LabView, 'target'>): string {
  const account = target.account === undefined ? [] : [target.account];
  return [target.label, ...account, ...(target.region === undefined ? [] : [target.region])].join(' · ');
}

function sessionButtons(context: PanelContext): TemplateResult {
  const { busy, progress, teardown } = context.view;
  if (busy)
    return html`<span class="quiet waiting-line"><vscode-progress-ring></vscode-progress-ring>${busy.what}</span
      >${stopButton(context)}`;
  return html`${
      progress.done < progress.total
        ? html`<vscode-button @click=${() => context.ask({ kind: 'runAll' })}
            >${icon('run', 'start')}Run all</vscode-button
          >`
        : nothing
    }
    <vscode-button
      appearance=${progress.done < progress.total || teardown ? 'secondary' : 'primary'}
      @click=${() => context.ask({ kind: 'planTeardown' })}
      >${icon('trash', 'start')}Clean up</vscode-button
    >
    <vscode-button appearance="secondary" @click=${() => context.ask({ kind: 'reset' })}
      >${icon('undo', 'start')}Reset</vscode-button
    >`;
}

function startButton(context: PanelContext): TemplateResult {
  const { busy } = context.view;
  if (busy)
    return html`<span class="quiet waiting-line"><vscode-progress-ring></vscode-progress-ring>${busy.what}</span>`;
  return html`<vscode-button @click=${(event: Event) => submit(event, context)}
    >${icon('run', 'start')}Start</vscode-button
  >`;
}

function againButton(context: PanelContext): TemplateResult {
  return html`<vscode-button appearance="secondary" @click=${() => context.ask({ kind: 'reset' })}
    >${icon('refresh', 'start')}Do it again</vscode-button
  >`;
}
