import { html, type TemplateResult } from 'lit';
import type { FactView } from '../../src/protocol/lab.ts';

export const leftOutWords = 'Left out here: only the sandbox has an identity provider that this lab may use.';

/** What an answer tells, in words: a decoded assertion, or what metadata says. Names and values stay texts of others. */
export function factTable(facts: readonly FactView[], title: string): TemplateResult {
  return html`<table class="facts">
    <caption class="visually-hidden">
      ${title}
    </caption>
    <tbody>
      ${facts.map(
        ({ name, value }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value.split('\n').map((line) => html`<div>${line}</div>`)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
