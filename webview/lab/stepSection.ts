import { html, nothing, type TemplateResult } from 'lit';
import type { PartView, StepView } from '../../src/protocol/lab.ts';
import { icon } from '../components/icons.ts';
import { prose } from '../components/prose.ts';
import { actionView } from './actionView.ts';
import { failureView } from './callView.ts';
import { checkView } from './checkView.ts';
import type { PanelContext } from './panelContext.ts';
import { questionView } from './questionView.ts';

export function stepWords(step: StepView): string {
  if (step.status === 'waiting') return step.stale ? 'To be run again' : step.reading ? 'To read' : 'Not run yet';
  if (step.status === 'done') return step.byHand ? 'Done by hand' : step.reading ? 'Read' : 'Done';
  return { running: 'Running', asking: 'Your turn', failed: 'Failed' }[step.status];
}

/** One step: its text, what it does, how it is judged, and what the learner can do about it. */
export function stepSection(step: StepView, context: PanelContext): TemplateResult {
  const fold = `step:${step.id}`;
  const open = context.state.isOpen(fold, true);
  return html`<section class="step step-${step.status}" id="step-${step.id}" aria-labelledby="title-${step.id}">
    <h2 id="title-${step.id}">
      <button
        type="button"
        class="fold"
        aria-expanded=${open ? 'true' : 'false'}
        aria-controls="body-${step.id}"
        @click=${() => context.state.setOpen(fold, !open)}
      >
        <span class="chevron">${icon('chevron')}</span>
        <span class="state">${icon(step.status)}</span>
        <span class="step-title">${step.number}. ${step.title}</span>
        <span class="step-word">${stepWords(step)}</span>
      </button>
    </h2>
    <div class="step-body" id="body-${step.id}" ?hidden=${!open}>
      ${step.parts.map((part) => partView(part, step, context))}
      <div class="result">${failureView(saidAbove(step) ? undefined : step.failure)}</div>
      ${stepButtons(step, context)}
    </div>
  </section>`;
}

/** What ended the step stands at the action or the check that ended it. */
function saidAbove({ parts }: StepView): boolean {
  return parts.some(
    (part) =>
      (part.kind === 'action' && part.action.failure?.expected === false) ||
      (part.kind === 'check' && part.check.outcome === 'failed'),
  );
}

function partView(part: PartView, step: StepView, context: PanelContext): unknown {
  switch (part.kind) {
    case 'prose':
      return prose(part.blocks, (link) => context.ask({ kind: 'openLink', link }));
    case 'action':
      return html`${actionView(part.action, context)}${
        step.question?.id === part.action.id ? questionView(step.question, context) : nothing
      }`;
    case 'check':
      return checkView(part.check, context.state.isOpen(`hint:${step.id}`, false), context);
  }
}

function stepButtons(step: StepView, context: PanelContext): TemplateResult | typeof nothing {
  const { phase, busy } = context.view;
  if (phase !== 'session') return nothing;
  if (busy?.step === step.id) return html`<div class="row step-buttons">${stopButton(context)}</div>`;
  const off = busy !== undefined;
  const again = step.status === 'done' || step.status === 'failed';
  return html`<div class="row step-buttons" role="group" aria-label="Step ${step.number}">
    ${
      step.reading
        ? step.status === 'done'
          ? nothing
          : act(context, step, 'runStep', off, html`${icon('check', 'start')}I have read this`)
        : html`${act(context, step, 'runStep', off, html`${icon('run', 'start')}${again ? 'Run again' : 'Run'}`)}
          ${step.checkable ? act(context, step, 'checkStep', off, html`${icon('check', 'start')}Check`) : nothing}
          ${hintButton(step, context)}`
    }
    ${
      step.status === 'waiting' && step.number > 1
        ? act(context, step, 'runTo', off, html`${icon('runTo', 'start')}Run up to here`)
        : nothing
    }
    ${step.undoable ? act(context, step, 'undoStep', off, html`${icon('undo', 'start')}Undo`) : nothing}
  </div>`;
}

type StepAct = 'runStep' | 'runTo' | 'checkStep' | 'undoStep';

function act(
  context: PanelContext,
  step: StepView,
  kind: StepAct,
  off: boolean,
  content: TemplateResult,
): TemplateResult {
  const primary = kind === 'runStep' && step.status !== 'done';
  return html`<vscode-button
    appearance=${primary ? 'primary' : 'secondary'}
    ?disabled=${off}
    @click=${() => context.ask({ kind, step: step.id })}
    >${content}</vscode-button
  >`;
}

/** A failed check shows its hint by itself; before that the learner asks for it. One that holds needs none. */
function hintButton(step: StepView, context: PanelContext): TemplateResult | typeof nothing {
  const hidden = step.parts.some(
    (part) => part.kind === 'check' && part.check.hint && part.check.outcome === 'untried',
  );
  if (!hidden) return nothing;
  const fold = `hint:${step.id}`;
  const open = context.state.isOpen(fold, false);
  return html`<vscode-button
    appearance="secondary"
    aria-expanded=${open ? 'true' : 'false'}
    @click=${() => context.state.setOpen(fold, !open)}
    >${icon('hint', 'start')}${open ? 'Hide hint' : 'Hint'}</vscode-button
  >`;
}

export function stopButton(context: PanelContext): TemplateResult {
  const { busy } = context.view;
  return html`<vscode-button
    appearance="secondary"
    ?disabled=${busy?.stopping ?? false}
    @click=${() => context.ask({ kind: 'cancel' })}
    >${icon('stop', 'start')}${busy?.stopping ? 'Stopping' : 'Stop'}</vscode-button
  >`;
}
