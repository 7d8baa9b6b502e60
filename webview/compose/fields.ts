import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../../src/protocol/compose.ts';
import { problemOf, valueOf, type FormContext } from './formContext.ts';

type TextName = 'subject' | 'delay' | 'groupId' | 'deduplicationId' | 'partitionKey' | 'hashKey' | 'count';

interface FieldWish {
  readonly name: TextName;
  readonly label: string;
  readonly help?: string;
  readonly short?: boolean;
}

/** One line of text, with its help, or with what is wrong with it. */
export function textField(context: FormContext, { name, label, help, short }: FieldWish): TemplateResult {
  const change = (text: string): Partial<Draft> => ({ [name]: text });
  const wrong = problemOf(context, name);
  const words = wrong ?? help;
  return html`<div class="field ${short ? 'field-short' : ''} ${wrong ? 'field-wrong' : ''}">
    <vscode-text-field
      id=${name}
      .value=${context.draft[name]}
      aria-description=${words ?? ''}
      @input=${(event: Event) => context.state.set(change(valueOf(event)), name)}
      >${label}</vscode-text-field
    >
    ${fieldHelp(`${name}-help`, words, wrong !== undefined)}
  </div>`;
}

export function fieldHelp(id: string, words: string | undefined, wrong: boolean): TemplateResult | typeof nothing {
  return words ? html`<p class="field-help" id=${id} role=${wrong ? 'alert' : 'note'}>${words}</p>` : nothing;
}

export interface AreaWish {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly wrong?: string | undefined;
  readonly help?: string | undefined;
  readonly rows: number;
  readonly head?: TemplateResult | typeof nothing;
  changed(text: string): void;
}

/** Many lines of text. The editor's own element: it takes a mebibyte without a stutter. */
export function textArea({ id, label, value, wrong, help, rows, head = nothing, changed }: AreaWish): TemplateResult {
  const words = wrong ?? help;
  return html`<div class="field ${wrong ? 'field-wrong' : ''}">
    <div class="field-head"><label for=${id}>${label}</label>${head}</div>
    <textarea
      id=${id}
      rows=${rows}
      spellcheck="false"
      autocomplete="off"
      .value=${value}
      aria-describedby=${words ? `${id}-help` : nothing}
      aria-invalid=${wrong ? 'true' : 'false'}
      @input=${(event: Event) => changed(valueOf(event))}
    ></textarea>
    ${fieldHelp(`${id}-help`, words, wrong !== undefined)}
  </div>`;
}
