import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icons.ts';
import { attributeRows } from './attributeRows.ts';
import { textArea, textField } from './fields.ts';
import { isChecked, problemOf, valueOf, type FormContext } from './formContext.ts';

/** The fields that this kind of destination has. */
export function messageFields(context: FormContext): TemplateResult {
  switch (context.to.kind) {
    case 'queue':
      return queueFields(context);
    case 'topic':
      return topicFields(context);
    case 'stream':
      return streamFields(context);
  }
}

function queueFields(context: FormContext): TemplateResult {
  const { fifo } = context.to;
  return html`${body(context, 'Body')} ${attributeRows(context)}
    <div class="fields">
      ${fifo ? fifoFields(context) : nothing}
      ${
        fifo
          ? nothing
          : textField(context, {
              name: 'delay',
              label: 'Delay in seconds',
              help: "0 to 900; empty: the queue's own",
              short: true,
            })
      }
      ${count(context)}
    </div>`;
}

function topicFields(context: FormContext): TemplateResult {
  return html`${textField(context, { name: 'subject', label: 'Subject', help: 'For e-mails; at most 100 characters' })}
    ${body(context, context.draft.perProtocol ? 'Message for all others (default)' : 'Message')}
    ${protocolTexts(context)} ${attributeRows(context)}
    <div class="fields">${context.to.fifo ? fifoFields(context) : nothing} ${count(context)}</div>`;
}

function streamFields(context: FormContext): TemplateResult {
  const { state, draft } = context;
  return html`${body(context, draft.base64 ? 'Data, as base64' : 'Data')}
    <vscode-checkbox
      ?checked=${draft.base64}
      @change=${(event: Event) => state.set({ base64: isChecked(event) }, 'body')}
      >The data is base64 of bytes</vscode-checkbox
    >
    <div class="fields">
      ${textField(context, { name: 'partitionKey', label: 'Partition key', help: 'Same key, same shard, same order' })}
      ${textField(context, { name: 'hashKey', label: 'Explicit hash key', help: 'Instead of the hash of the partition key; mostly empty' })}
      ${count(context)}
    </div>`;
}

const count = (context: FormContext): TemplateResult =>
  textField(context, { name: 'count', label: 'How many times', help: sendsIds(context), short: true });

function sendsIds({ draft }: FormContext): string {
  return Number(draft.count) > 1 && draft.deduplicationId !== ''
    ? 'Each gets the deduplication id with its number'
    : '1 to 1000';
}

function fifoFields(context: FormContext): TemplateResult {
  const { contentDeduplication } = context.to;
  const repeated = Number(context.draft.count) > 1 && context.draft.deduplicationId === '';
  const made = repeated ? 'Without one, all but the first are dropped as the same' : 'Empty: made from the body';
  return html`${textField(context, { name: 'groupId', label: 'Message group id', help: 'Order is kept within a group' })}
  ${textField(context, {
    name: 'deduplicationId',
    label: 'Deduplication id',
    help: contentDeduplication ? made : 'The same within 5 minutes is the same message',
  })}`;
}

function body(context: FormContext, label: string): TemplateResult {
  const { view, to, draft, state, jsonMistake } = context;
  const over = view.bytes > to.limit;
  const counter = html`<span class="counter ${over ? 'danger-text' : 'quiet'}"
      >${view.bytes.toLocaleString()} of ${to.limit.toLocaleString()} bytes</span
    >
    <vscode-button appearance="secondary" ?disabled=${draft.base64} @click=${() => context.format()}
      >Format JSON</vscode-button
    >`;
  return textArea({
    id: 'body',
    label,
    value: draft.body,
    wrong: jsonMistake ?? problemOf(context, 'body'),
    rows: 12,
    head: counter,
    changed: (text) => state.set({ body: text }, 'body'),
  });
}

const protocols = ['email', 'email-json', 'sqs', 'http', 'https', 'lambda', 'sms', 'firehose'];

function protocolTexts(context: FormContext): TemplateResult {
  const { draft, state } = context;
  const own = Object.keys(draft.bodies);
  const left = protocols.filter((protocol) => !own.includes(protocol));
  const without = (protocol: string) =>
    Object.fromEntries(Object.entries(draft.bodies).filter(([each]) => each !== protocol));
  const add = (event: Event) => {
    const protocol = valueOf(event);
    if (protocol === '') return;
    state.set({ bodies: { ...draft.bodies, [protocol]: '' } });
    if (event.target instanceof HTMLSelectElement) event.target.value = '';
    requestAnimationFrame(() => document.getElementById(`bodies.${protocol}`)?.focus());
  };
  return html`<div class="protocols">
    <vscode-checkbox
      ?checked=${draft.perProtocol}
      @change=${(event: Event) => state.set({ perProtocol: isChecked(event) })}
      >A different text per protocol</vscode-checkbox
    >
    ${
      draft.perProtocol
        ? html`${own.map((protocol) =>
            textArea({
              id: `bodies.${protocol}`,
              label: `Text for ${protocol}`,
              value: draft.bodies[protocol] ?? '',
              wrong: problemOf(context, `bodies.${protocol}`),
              help: draft.bodies[protocol] === '' ? 'Empty: it gets the default' : undefined,
              rows: 3,
              head: html`<vscode-button
                appearance="icon"
                aria-label="Remove the text for ${protocol}"
                title="Remove"
                @click=${() => state.set({ bodies: without(protocol) })}
                >${icon('trash')}</vscode-button
              >`,
              changed: (text) => state.set({ bodies: { ...draft.bodies, [protocol]: text } }, `bodies.${protocol}`),
            }),
          )}
          ${left.length === 0 ? nothing : adder(left, add)}`
        : nothing
    }
  </div>`;
}

const adder = (left: readonly string[], add: (event: Event) => void): TemplateResult =>
  html`<div class="field field-short">
    <label for="add-protocol">Add a text for</label>
    <select id="add-protocol" @change=${add}>
      <option value="">choose a protocol</option>
      ${left.map((protocol) => html`<option value=${protocol}>${protocol}</option>`)}
    </select>
  </div>`;
