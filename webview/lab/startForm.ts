import { html, nothing, type TemplateResult } from 'lit';
import type { InputView } from '../../src/protocol/lab.ts';
import { icon } from '../components/icons.ts';
import type { PanelContext } from './panelContext.ts';

/** Before the session: what the lab wants to know, with defaults, and the button that starts it. */
export function startForm(context: PanelContext): TemplateResult {
  const { inputs, target, busy } = context.view;
  const asked = inputs.filter((input) => !input.advanced);
  const names = inputs.filter((input) => input.advanced);
  return html`<section class="card" aria-labelledby="start-title">
    <h2 id="start-title">Start</h2>
    ${
      target.real
        ? html`<p class="danger-text">
            This runs on the real account ${target.account} in ${target.region}. What the lab creates there costs money
            until it is cleaned up.
          </p>`
        : html`<p class="quiet">
            ${target.sandbox ? 'Runs in the sandbox on this machine: no account, no cost.' : `Runs on ${target.label}.`}
          </p>`
    }
    <form
      @submit=${(event: Event) => submit(event, context)}
      @keydown=${(event: KeyboardEvent) => submitOnEnter(event, context)}
      novalidate
    >
      ${asked.map((input) => field(input, context))}
      ${
        names.length === 0
          ? nothing
          : html`<details class="names">
              <summary>Names of what the lab creates</summary>
              ${names.map((input) => field(input, context))}
            </details>`
      }
      <div class="row">
        <vscode-button ?disabled=${busy !== undefined} @click=${(event: Event) => submit(event, context)}
          >${icon('run', 'start')}Start the lab</vscode-button
        >
        ${busy ? html`<span class="quiet waiting-line"><vscode-progress-ring></vscode-progress-ring>${busy.what}</span>` : nothing}
      </div>
    </form>
  </section>`;
}

export const draftOf = (input: InputView, context: PanelContext): string =>
  context.state.draft(`input:${input.name}`) ?? input.value;

function field(input: InputView, context: PanelContext): TemplateResult {
  const id = `input-${input.name}`;
  const value = draftOf(input, context);
  const tried = context.state.draft('tried') !== undefined || context.state.draft(`input:${input.name}`) !== undefined;
  const wrong = tried ? mistakeIn(input, value) : undefined;
  const help = wrong ?? input.help;
  return html`<div class="field ${wrong ? 'field-wrong' : ''}">
    ${control(input, id, value, context, help)}
    ${help ? html`<p class="field-help" id="${id}-help" role=${wrong ? 'alert' : 'note'}>${help}</p>` : nothing}
  </div>`;
}

function control(
  input: InputView,
  id: string,
  value: string,
  context: PanelContext,
  help: string | undefined,
): TemplateResult {
  const changed = (text: string) => context.state.setDraft(`input:${input.name}`, text);
  const typed = (event: Event) => changed(valueOf(event));
  switch (input.type) {
    case 'yes-no':
      return html`<vscode-checkbox
        id=${id}
        ?checked=${value === 'yes'}
        @change=${(event: Event) => changed(isChecked(event) ? 'yes' : 'no')}
        >${input.label}</vscode-checkbox
      >`;
    case 'choice':
      return html`<label for=${id}>${input.label}</label>
        <select id=${id} aria-describedby="${id}-help" @change=${typed}>
          ${(input.choices ?? []).map((choice) => html`<option value=${choice} ?selected=${choice === value}>${choice}</option>`)}
        </select>`;
    case 'file':
      return html`<span id="${id}-label">${input.label}</span>
        <div class="row file" role="group" aria-labelledby="${id}-label">
          <vscode-button
            id=${id}
            appearance="secondary"
            aria-describedby="${id}-name"
            @click=${() => context.ask({ kind: 'chooseFile', input: input.name })}
            >Choose a file</vscode-button
          >
          <span id="${id}-name" class=${input.value === '' ? 'quiet' : ''}
            >${input.value === '' ? 'None chosen' : input.value}</span
          >
          ${
            input.value === ''
              ? nothing
              : html`<vscode-button
                  appearance="icon"
                  aria-label="Leave ${input.value} out"
                  title="Leave it out"
                  @click=${() => context.ask({ kind: 'leaveFileOut', input: input.name })}
                  >${icon('close')}</vscode-button
                >`
          }
        </div>`;
    case 'text':
    case 'email':
    case 'url':
    case 'number':
      return html`<vscode-text-field
        id=${id}
        type=${input.type === 'number' ? 'text' : input.type}
        .value=${value}
        aria-description=${help ?? ''}
        @input=${typed}
        >${input.label}</vscode-text-field
      >`;
  }
}

/** The sentence that says what is wrong with a value, if anything is. The host and the engine judge it again. */
export function mistakeIn(input: InputView, value: string): string | undefined {
  // It may be left out, and only the host knows which it is.
  if (input.type === 'file') return undefined;
  if (value.trim() === '') return `${input.label}: please fill this in.`;
  if (input.type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value))
    return input.patternHelp ?? 'This is not an e-mail address.';
  if (input.type === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) return input.patternHelp ?? 'This is not a number.';
  if (input.pattern === undefined || new RegExp(`^(?:${input.pattern})$`, 'u').test(value)) return undefined;
  return input.patternHelp ?? `This does not have the form ${input.pattern}.`;
}

/** Starts with what the form holds, or goes to the first field that does not fit. */
export function submit(event: Event, context: PanelContext): void {
  event.preventDefault();
  const { inputs } = context.view;
  const wrong = inputs.find((input) => mistakeIn(input, draftOf(input, context)) !== undefined);
  if (wrong === undefined) {
    const values = Object.fromEntries(inputs.map((input) => [input.name, draftOf(input, context)]));
    return context.ask({ kind: 'start', inputs: values });
  }
  context.state.setDraft('tried', 'yes');
  const field = document.getElementById(`input-${wrong.name}`);
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}

/** The toolkit's fields do not submit their form by themselves. */
function submitOnEnter(event: KeyboardEvent, context: PanelContext): void {
  const inField = event.target instanceof HTMLElement && event.target.localName === 'vscode-text-field';
  if (event.key === 'Enter' && !event.isComposing && inField && context.view.busy === undefined) submit(event, context);
}

function valueOf(event: Event): string {
  const { target } = event;
  return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
}

function isChecked(event: Event): boolean {
  return event.target !== null && 'checked' in event.target && event.target.checked === true;
}
