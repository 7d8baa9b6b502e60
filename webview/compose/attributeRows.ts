import { html, nothing, type TemplateResult } from 'lit';
import type { DraftAttribute } from '../../src/protocol/compose.ts';
import { icon } from '../components/icons.ts';
import { fieldHelp } from './fields.ts';
import { problemOf, valueOf, type FormContext } from './formContext.ts';

const most = 10;

/** Name, type and value, a line each; Add puts the focus into the new one. */
export function attributeRows(context: FormContext): TemplateResult {
  const { draft, state, to } = context;
  const { attributes } = draft;
  const add = () => {
    state.set({ attributes: [...attributes, { name: '', type: 'String', value: '' }] });
    requestAnimationFrame(() => document.getElementById(`attributes.${attributes.length}.name`)?.focus());
  };
  const full = to.kind === 'queue' && attributes.length >= most;
  const wrong = problemOf(context, 'attributes');
  return html`<section class="attributes ${wrong ? 'field-wrong' : ''}" aria-labelledby="attributes-title">
    <div class="field-head">
      <h2 id="attributes-title">Attributes</h2>
      <span class="quiet">${full ? `${most}, the most there can be` : ''}</span>
      <vscode-button appearance="secondary" ?disabled=${full} @click=${add}>Add attribute</vscode-button>
    </div>
    ${fieldHelp('attributes-help', wrong, true)} ${attributes.map((attribute, place) => row(context, attribute, place))}
  </section>`;
}

function row(context: FormContext, attribute: DraftAttribute, place: number): TemplateResult {
  const { draft, state } = context;
  const at = `attributes.${place}`;
  const number = `${place + 1}`;
  const put = (change: Partial<DraftAttribute>, field: string) =>
    state.set({ attributes: draft.attributes.with(place, { ...attribute, ...change }) }, field);
  const remove = () => {
    state.set({ attributes: draft.attributes.toSpliced(place, 1) });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.attributes vscode-button')?.focus());
  };
  const wrong = ['name', 'type', 'value']
    .map((part) => problemOf(context, `${at}.${part}`))
    .filter((words) => words !== undefined);
  const help = wrong.length > 0 ? `${at}.help` : nothing;
  // The library's fields take no label but a text above them: these are the editor's own.
  return html`<div
    class="attribute ${wrong.length > 0 ? 'field-wrong' : ''}"
    role="group"
    aria-label="Attribute ${number}"
  >
    <input
      id="${at}.name"
      .value=${attribute.name}
      placeholder="name"
      spellcheck="false"
      aria-label="Name of attribute ${number}"
      aria-describedby=${help}
      @input=${(event: Event) => put({ name: valueOf(event) }, `${at}.name`)}
    />
    ${typeSelect(context, attribute, number, (type) => put({ type }, `${at}.type`))}
    <input
      id="${at}.value"
      .value=${attribute.value}
      placeholder=${attribute.type.startsWith('Binary') ? 'base64' : 'value'}
      spellcheck="false"
      aria-label="Value of attribute ${number}"
      aria-describedby=${help}
      @input=${(event: Event) => put({ value: valueOf(event) }, `${at}.value`)}
    />
    <vscode-button appearance="icon" aria-label="Remove attribute ${number}" title="Remove" @click=${remove}
      >${icon('trash')}</vscode-button
    >
    ${wrong.length > 0 ? fieldHelp(`${at}.help`, wrong.join(' '), true) : nothing}
  </div>`;
}

function typeSelect(
  { to }: FormContext,
  { type }: DraftAttribute,
  number: string,
  chosen: (type: string) => void,
): TemplateResult {
  const usual = ['String', 'Number', 'Binary', ...(to.kind === 'topic' ? ['String.Array'] : [])];
  const offered = usual.includes(type) ? usual : [...usual, type];
  return html`<select aria-label="Type of attribute ${number}" @change=${(event: Event) => chosen(valueOf(event))}>
    ${offered.map((each) => html`<option value=${each} ?selected=${each === type}>${each}</option>`)}
  </select>`;
}
