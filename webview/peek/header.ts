import { html, nothing, type TemplateResult } from 'lit';
import type { PeekRequest, PeekView, PriceView } from '../../src/protocol/peek.ts';
import { icon } from '../components/icons.ts';
import { noticeBox } from '../components/noticeBox.ts';
import { countWords, number, span, timeOf } from './words.ts';

export interface HeaderContext {
  readonly view: PeekView;
  readonly now: number;
  /** What stands in the search field: the page's own while somebody types. */
  readonly text: string;
  ask(request: PeekRequest): void;
  search(text: string): void;
}

/** What is known of the queue without looking, and what a look costs. */
export function header(context: HeaderContext): TemplateResult {
  const { view, ask } = context;
  const acts = {
    offer: (id: string) => ask({ kind: 'offer', offer: id }),
    dismiss: () => ask({ kind: 'dismiss' }),
  };
  return html`<header>
      <div class="row title">
        <h1>${view.queue.name}</h1>
        <span class="badge">${view.queue.fifo ? 'FIFO' : 'standard'}</span>
        ${place(view)}
      </div>
      <div class="row facts-row">${counts(view)} ${deadLetters(context)} ${sources(context)}</div>
      ${lastLook(context)}
    </header>
    ${view.notice ? html`<div class="notices">${noticeBox(view.notice, acts)}</div>` : nothing} ${toolbar(context)}`;
}

function place({ queue }: PeekView): TemplateResult | typeof nothing {
  if (queue.target === '') return nothing;
  const where = `${queue.target} · ${queue.account} · ${queue.region}`;
  return queue.real
    ? html`<span class="danger-text place">${icon('warning')}${where} · real account</span>`
    : html`<span class="quiet place">${where}</span>`;
}

function counts({ counts: known, manner }: PeekView): TemplateResult | typeof nothing {
  if (known === undefined) return nothing;
  const about = manner === 'true' ? '' : 'about ';
  return html`<span class="count"><strong>${about}${number(known.visible)}</strong> visible</span>
    <span class="count"><strong>${number(known.inflight)}</strong> in flight</span>
    <span class="count"><strong>${number(known.delayed)}</strong> delayed</span>`;
}

function deadLetters({ view, ask }: HeaderContext): TemplateResult {
  const { deadLetters: known } = view;
  if (known === undefined) return html`<span class="quiet count">no dead-letter queue</span>`;
  const { name, maxReceiveCount, depth } = known;
  return html`<span class="count">
    dead letters after ${maxReceiveCount} ${maxReceiveCount === 1 ? 'receive' : 'receives'} to
    <button type="button" class="text-button" @click=${() => ask({ kind: 'viewDeadLetters' })}>${name}</button>
    ${depth === undefined ? nothing : html`<span class=${depth > 0 ? 'danger-text' : 'quiet'}>${number(depth)} there</span>`}
  </span>`;
}

function sources({ view, ask }: HeaderContext): TemplateResult | typeof nothing {
  if (view.sources.length === 0) return nothing;
  return html`<span class="count"
    >dead letters of
    ${view.sources
      .slice(0, 5)
      .map(
        (name, source) =>
          html`<button type="button" class="text-button" @click=${() => ask({ kind: 'viewSource', source })}>
            ${name}
          </button> `,
      )}${view.sources.length > 5 ? `and ${view.sources.length - 5} more` : nothing}</span
  >`;
}

function lastLook({ view, now }: HeaderContext): TemplateResult | typeof nothing {
  const { lastLook: last, held, manner } = view;
  if (last === undefined && held === undefined) return nothing;
  const look = manner === 'true' ? 'True peek' : 'Last look';
  return html`<p class="quiet">
    ${last === undefined ? nothing : `${look} at ${timeOf(last.at, now)}: ${last.said}.`}
    ${
      held === undefined
        ? nothing
        : html`<strong class="held"
            >${number(held.count)} held here and hidden from consumers for ${span(held.until - now)} more.</strong
          >`
    }
  </p>`;
}

function toolbar(context: HeaderContext): TemplateResult {
  const { view, search } = context;
  const typed = (event: Event) => {
    if (event.target instanceof HTMLInputElement) search(event.target.value);
  };
  return html`<div class="toolbar">
      <div class="row looks">${looks(context)}</div>
      <div class="search">
        <input
          id="search"
          type="text"
          role="searchbox"
          spellcheck="false"
          autocomplete="off"
          aria-label="Search bodies and attributes"
          aria-describedby="search-help"
          placeholder="Search: words, group:a, receives>2, attr.name:value, state:delayed"
          .value=${context.text}
          @input=${typed}
        />
        <span class="quiet counted">${countWords(view)}</span>
      </div>
      <span id="search-help" class="visually-hidden"
        >Words in bodies and attributes. Fields: group, state, receives, size, age, expires, id, source, attr.name. A
        minus before a part leaves it out.</span
      >
      ${view.problem === undefined ? nothing : html`<p class="danger-text" role="alert">${view.problem}</p>`}
      <div class="row acts">${chosenActs(context)}</div>
    </div>
    ${view.manner === 'guarded' && view.price && view.total > 0 ? priceNote(view.price) : nothing}
    <div class="visually-hidden" role="note">
      Arrows move in the table, Enter opens a message, Space chooses it, Control and A chooses all, C copies the body,
      Slash goes to the search.
    </div>`;
}

function looks({ view, ask }: HeaderContext): TemplateResult {
  const { busy, manner, price, held, total } = view;
  if (busy)
    return html`<span class="waiting-line"><vscode-progress-ring></vscode-progress-ring>${busy.what}</span>
      <vscode-button appearance="secondary" @click=${() => ask({ kind: 'stop' })}
        >${icon('stop', 'start')}Stop</vscode-button
      >`;
  const again = held === undefined ? 'Look again' : 'More';
  return html`${
      manner === 'guarded' && price && total > 0 && price.level !== 'refused'
        ? html`<vscode-button @click=${() => ask({ kind: 'look', price: price.number })}>${again}</vscode-button>`
        : nothing
    }
    ${
      held === undefined
        ? nothing
        : html`<vscode-button appearance="secondary" @click=${() => ask({ kind: 'giveBack' })}
            >${icon('undo', 'start')}Give back now</vscode-button
          >`
    }
    <vscode-button appearance="secondary" @click=${() => ask({ kind: 'refresh' })}
      >${icon('refresh', 'start')}${manner === 'guarded' ? 'Refresh counts' : 'Refresh'}</vscode-button
    >
    ${
      manner === 'guarded' && price?.level === 'refused' && total > 0
        ? html`<vscode-button appearance="secondary" @click=${() => ask({ kind: 'lookAnyway', price: price.number })}
            >${again} all the same</vscode-button
          >`
        : nothing
    }`;
}

/** One line that is always in sight, and the rest on request. */
function priceNote({ says, refusal }: PriceView): TemplateResult {
  const [first = '', ...rest] = refusal === undefined ? says : [refusal, ...says];
  return html`<details class="price-note">
    <summary>${refusal === undefined ? nothing : icon('warning')}${first}</summary>
    <ul>
      ${rest.map((each) => html`<li>${each}</li>`)}
    </ul>
  </details>`;
}

function chosenActs({ view, ask }: HeaderContext): TemplateResult | typeof nothing {
  const { chosen, opened, total } = view;
  if (total === 0) return nothing;
  const message = opened?.row.id ?? '';
  const none = chosen === 0 && opened === undefined;
  const what = chosen > 0 ? `${number(chosen)} chosen` : opened ? 'the open message' : 'none chosen';
  return html`<span class="quiet">${what}</span>
    <vscode-button appearance="secondary" @click=${() => ask({ kind: 'save', message })}
      >${chosen > 0 ? 'Save chosen' : 'Save all shown'} as NDJSON</vscode-button
    >
    ${
      view.sources.length === 0
        ? nothing
        : html`<vscode-button appearance="secondary" ?disabled=${none} @click=${() => ask({ kind: 'redrive', message })}
            >${icon('undo', 'start')}Redrive</vscode-button
          >`
    }
    <vscode-button appearance="secondary" ?disabled=${none} @click=${() => ask({ kind: 'remove', message })}
      >${icon('trash', 'start')}Delete</vscode-button
    >`;
}
