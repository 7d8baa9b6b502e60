// One message, decoded and explained.
import { html, nothing, type TemplateResult } from 'lit';
import type { DetailBlock, FactRow } from '../../src/protocol/roundTrip.ts';
import { humps } from '../components/humps.ts';
import { icon, type IconName } from '../components/icons.ts';
import { jsonTree } from '../components/jsonTree.ts';
import { chosenLine } from './diagram.ts';
import type { PageContext } from './pageContext.ts';

export function detail(context: PageContext): TemplateResult {
  const line = chosenLine(context);
  if (!line) return html``;
  const { title, state, detail: told } = line;
  const empty = {
    waiting: 'Not yet: make the trip, and read here what is in this message.',
    never: 'Never sent: the trip ended before.',
    skipped: 'Not needed: the service still knew this browser.',
    done: '',
    failed: '',
  }[state];
  return html`<h2>${title}</h2>
    <p>${told.why}</p>
    ${told.blocks.length === 0 && empty !== '' ? html`<p class="quiet">${empty}</p>` : nothing}
    ${told.blocks.map((each, at) => block(each, `${context.view.trip}/${line.id}/${at}`, context))}`;
}

function block(given: DetailBlock, id: string, context: PageContext): TemplateResult {
  switch (given.kind) {
    case 'error':
      return html`<div class="notice notice-error refusal">
        ${icon('failed')}
        <div class="notice-text">
          <p class="answer"><code>${given.code}</code> ${given.message}</p>
          <p><strong>Why.</strong> ${given.why}</p>
          <p><strong>In real life.</strong> ${given.realLife}</p>
        </div>
      </div>`;
    case 'note':
      return html`<p class="note ${given.state}">${given.text}</p>`;
    case 'facts':
      return given.rows.length === 0 ? html`` : factTable(given.title, given.rows);
    case 'code':
      return folded(
        given.title,
        id,
        true,
        html`<pre class="code" tabindex="0" aria-label=${given.title}><code>${given.text}</code></pre>`,
        context,
      );
    case 'json':
      return folded(given.title, id, true, jsonTree(given.value, id, context.state), context);
  }
}

function folded(
  title: string,
  id: string,
  otherwise: boolean,
  inner: TemplateResult,
  { state }: PageContext,
): TemplateResult {
  const toggled = (event: Event) => {
    if (event.currentTarget instanceof HTMLDetailsElement) state.setOpen(id, event.currentTarget.open);
  };
  return html`<details class="fold" ?open=${state.isOpen(id, otherwise)} @toggle=${toggled}>
    <summary>${title}</summary>
    ${inner}
  </details>`;
}

const factTable = (title: string, rows: readonly FactRow[]): TemplateResult =>
  html`<h3>${title}</h3>
    <dl class="facts">${rows.map(fact)}</dl>`;

const marks: Readonly<Record<FactRow['state'], readonly [IconName, string] | undefined>> = {
  good: ['done', 'fits:'],
  bad: ['failed', 'does not fit:'],
  unread: ['waiting', 'not looked at any more:'],
  plain: undefined,
};

function fact({ label, value, check, state }: FactRow): TemplateResult {
  const mark = marks[state];
  return html`<div class="fact ${state}">
    <dt>
      ${mark ? html`<span class="state">${icon(mark[0])}<span class="visually-hidden">${mark[1]}</span></span>` : nothing}
      <span>${humps(label)}</span>
    </dt>
    <dd>
      <span class="value">${value}</span>
      ${check === undefined ? nothing : html`<span class="quiet check">${check}</span>`}
    </dd>
  </div>`;
}
