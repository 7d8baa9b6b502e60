import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { noticeBox } from '../components/noticeBox.ts';
import { outline } from './outline.ts';
import type { PanelContext } from './panelContext.ts';
import { introduction, panelHeader, toolbar } from './panelHeader.ts';
import { problemList } from './problemList.ts';
import { resourceList } from './resourceList.ts';
import { startForm } from './startForm.ts';
import { stepSection } from './stepSection.ts';
import { teardownView } from './teardownView.ts';

/** The whole panel from one view. */
export function labPanel(context: PanelContext): TemplateResult {
  const { view } = context;
  if (view.phase === 'loading') {
    return html`<p class="loading waiting-line" role="status">
      <vscode-progress-ring></vscode-progress-ring>Reading the lab
    </p>`;
  }
  return html`<header class="top">
      ${view.phase === 'broken' || view.phase === 'untrusted' ? nothing : toolbar(context)} ${notices(context)}
    </header>
    <div class="columns">
      ${
        view.steps.length === 0
          ? nothing
          : html`<aside class="side" aria-label="Overview">${outline(context)} ${resourceList(context)}</aside>`
      }
      <main>${panelHeader(context)} ${body(context)}</main>
    </div>`;
}

function notices(context: PanelContext): TemplateResult {
  const { notice } = context.view;
  return html`<div class="notices">
    ${noticeBox(notice, {
      offer: (offer) => context.ask({ kind: 'offer', offer }),
      dismiss: () => context.ask({ kind: 'dismissNotice' }),
    })}
  </div>`;
}

function body(context: PanelContext): TemplateResult {
  const { view } = context;
  if (view.phase === 'untrusted') return untrusted(context);
  if (view.phase === 'broken') return problemList(context);
  return html`${introduction(context)} ${view.phase === 'start' ? startForm(context) : nothing}
  ${view.phase === 'over' ? teardownView(context) : nothing}
  ${repeat(
    view.steps,
    (step) => step.id,
    (step) => stepSection(step, context),
  )}
  ${view.phase === 'session' ? teardownView(context) : nothing}`;
}

function untrusted(context: PanelContext): TemplateResult {
  return html`${noticeBox(
    {
      severity: 'warning',
      what: 'This lab comes from a workspace that is not trusted, so nothing of it is run.',
      advice: 'Read its text first. If you trust whoever wrote it, trust the workspace.',
      offers: [
        { id: 'manageTrust', label: 'Manage trust' },
        { id: 'openSource', label: 'Read the text' },
      ],
    },
    { offer: (offer) => context.ask({ kind: 'offer', offer }) },
  )}`;
}
