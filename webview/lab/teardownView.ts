import { html, nothing, type TemplateResult } from 'lit';
import type { ProofView, TeardownItemView, TeardownView } from '../../src/protocol/lab.ts';
import { icon, type IconName } from '../components/icons.ts';
import type { PanelContext } from './panelContext.ts';

const icons: Readonly<Record<TeardownItemView['state'], IconName>> = {
  planned: 'waiting',
  removing: 'running',
  removed: 'done',
  left: 'failed',
};

/** Clean-up: the plan with what would be lost, the confirmation, the progress, and the proof. */
export function teardownView(context: PanelContext): TemplateResult | typeof nothing {
  const { teardown } = context.view;
  if (teardown === undefined) return nothing;
  return html`<section class="card teardown teardown-${teardown.stage}" id="teardown" aria-labelledby="teardown-title">
    <h2 id="teardown-title" tabindex="-1">Clean up</h2>
    ${teardown.proof ? proof(teardown, teardown.proof, context) : plan(teardown, context)}
    ${
      teardown.total === 0
        ? nothing
        : html`<ol class="waves">
            ${teardown.waves.map((wave, place) => waveRow(wave, place, context))}
          </ol>`
    }
  </section>`;
}

function plan(teardown: TeardownView, context: PanelContext): TemplateResult {
  const { total, lost, removed, stage } = teardown;
  if (stage === 'running') {
    return html`<p aria-live="polite">Removed ${removed} of ${total}.</p>
      ${bar(removed, total, 'Removed')}`;
  }
  const things = total === 1 ? '1 resource' : `${total} resources`;
  return html`<p>
      ${
        total === 0
          ? 'This session has nothing left to remove.'
          : teardown.waves.length === 1
            ? `Removes ${things}.`
            : `Removes ${things}, in ${teardown.waves.length} waves: first what depends on others.`
      }
      ${
        lost !== ''
          ? html`<strong class="danger-text">${lost} ${/^1 \w+$/.test(lost) ? 'is' : 'are'} deleted with them.</strong>`
          : nothing
      }
    </p>
    ${confirmation(teardown, context)}`;
}

function confirmation(teardown: TeardownView, context: PanelContext): TemplateResult {
  const { typeToConfirm } = teardown;
  const typed = context.state.draft('confirm') ?? '';
  const allowed = typeToConfirm === undefined || typed === typeToConfirm;
  const go = () => context.ask({ kind: 'teardown', confirmation: typed });
  return html`${
      typeToConfirm === undefined
        ? nothing
        : html`<div class="field">
            <vscode-text-field
              id="confirm"
              .value=${typed}
              @input=${(event: Event) => context.state.setDraft('confirm', textOf(event))}
              >Type <code>${typeToConfirm}</code> to confirm: this is a real account</vscode-text-field
            >
          </div>`
    }
    <div class="row">
      <vscode-button ?disabled=${!allowed || context.view.busy !== undefined} @click=${go}
        >${icon('trash', 'start')}${teardown.total === 0 ? 'Look once more and finish' : 'Remove it all'}</vscode-button
      >
      <vscode-button appearance="secondary" @click=${() => context.ask({ kind: 'leaveTeardown' })}
        >Not yet</vscode-button
      >
    </div>`;
}

function proof(teardown: TeardownView, shown: ProofView, context: PanelContext): TemplateResult {
  const clean = shown.left.length === 0;
  return html`<div class="proof ${clean ? 'proof-clean' : 'proof-left'}" role="status">
      <p class="proof-figure">${icon(clean ? 'done' : 'failed')}<span>${shown.left.length} left</span></p>
      ${
        teardown.total === 0
          ? nothing
          : html`<p>
                Removed ${teardown.removed} of ${teardown.total}. Listed again at ${timeOf(shown.listedAt)}, after the
                last removal:
              </p>
              <ul class="listed">
                ${shown.listed.map(({ kind, count }) => html`<li>${kind}: <strong>${count}</strong> of this session</li>`)}
              </ul>`
      }
      ${shown.passedOn === undefined ? nothing : html`<p>${shown.passedOn}</p>`}
    </div>
    ${clean ? nothing : leftovers(shown, context)}`;
}

function leftovers(shown: ProofView, context: PanelContext): TemplateResult {
  return html`<ul class="left">
      ${shown.left.map(({ kind, name, why }) => html`<li><strong>${kind} ${name}</strong>: ${why}</li>`)}
    </ul>
    <div class="row">
      <vscode-button ?disabled=${context.view.busy !== undefined} @click=${() => context.ask({ kind: 'planTeardown' })}
        >${icon('refresh', 'start')}Try again</vscode-button
      >
    </div>`;
}

/** To empty a queue and keep it, while the plan is being read. */
function emptyButton(item: TeardownItemView, context: PanelContext): TemplateResult | typeof nothing {
  const { teardown, busy } = context.view;
  if (!item.canEmpty || teardown?.stage !== 'planned') return nothing;
  const confirmation = context.state.draft('confirm') ?? '';
  const allowed = teardown.typeToConfirm === undefined || confirmation === teardown.typeToConfirm;
  return html`<vscode-button
    appearance="secondary"
    title="Deletes what is in it, and keeps it"
    ?disabled=${!allowed || busy !== undefined}
    @click=${() => context.ask({ kind: 'empty', resource: item.id, confirmation })}
    >Empty<span class="visually-hidden"> ${item.name}</span> and keep</vscode-button
  >`;
}

function waveRow(wave: readonly TeardownItemView[], place: number, context: PanelContext): TemplateResult {
  return html`<li>
    <span class="wave-name">Wave ${place + 1}</span>
    <ul>
      ${wave.map(
        (item) =>
          html`<li class="item item-${item.state}">
            <span class="state">${icon(icons[item.state])}</span>
            <span class="resource-kind">${item.kind}</span>
            <span class="resource-name">${item.name}</span>
            <span class="holds">${item.holds}</span>
            <span class="visually-hidden">${item.state}</span>
            ${emptyButton(item, context)} ${item.why ? html`<span class="why">${item.why}</span>` : nothing}
          </li>`,
      )}
    </ul>
  </li>`;
}

export function bar(value: number, total: number, label: string): TemplateResult {
  return html`<progress value=${value} max=${Math.max(total, 1)} aria-label=${label}>${value} of ${total}</progress>`;
}

function timeOf(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString();
}

function textOf(event: Event): string {
  const { target } = event;
  return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
}
