// Which trip, as whom, where it begins, and the ways to make it.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { TripName, TripStart } from '../../src/protocol/roundTrip.ts';
import { icon } from '../components/icons.ts';
import type { PageContext } from './pageContext.ts';

const names: readonly TripName[] = ['aws', 'cognito'];

export function tabs({ view, ask }: PageContext): TemplateResult {
  const go = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other: TripName = view.trip === 'aws' ? 'cognito' : 'aws';
    document.getElementById(`tab-${other}`)?.focus();
    ask({ kind: 'trip', trip: other });
  };
  return html`<div class="tabs" role="tablist" aria-label="Trips" @keydown=${go}>
    ${names.map(
      (name) =>
        html`<button
          role="tab"
          id="tab-${name}"
          aria-selected=${name === view.trip}
          aria-controls="stage"
          tabindex=${name === view.trip ? 0 : -1}
          @click=${() => ask({ kind: 'trip', trip: name })}
        >
          ${view.trips[name].title}
        </button>`,
    )}
  </div>`;
}

export function controls(context: PageContext): TemplateResult {
  const { view, ask } = context;
  const { trip, users, user, outOfReach, setUp } = view;
  const start = startOf(context);
  const label = users.find(({ name }) => name === user)?.label ?? user;
  const off = setUp.state !== 'whole';
  return html`<section class="controls" aria-label="Make the trip">
    ${starts(context, start)}
    <div class="who">
      <label for="user">As</label>
      <select
        id="user"
        @change=${(event: Event) => event.target instanceof HTMLSelectElement && ask({ kind: 'user', user: event.target.value })}
      >
        ${users.map(
          ({ name, label: text, words }) =>
            html`<option value=${name} .selected=${live(name === user)}>${text} (${words})</option>`,
        )}
      </select>
    </div>
    <div class="row">
      <vscode-button class="here" ?disabled=${off} @click=${() => ask({ kind: 'signIn', start })}
        >Sign in here as ${label}</vscode-button
      >
      <vscode-button
        appearance="secondary"
        ?disabled=${off || outOfReach !== undefined}
        @click=${() => ask({ kind: 'browse', start })}
        >${icon('external', 'start')}Open in browser</vscode-button
      >
      <vscode-button
        appearance="icon"
        aria-label="Copy the address"
        title="Copy the address"
        ?disabled=${off}
        @click=${() => ask({ kind: 'copyAddress', start })}
        >${icon('copy')}</vscode-button
      >
      ${
        view.trips[trip].canSignOut
          ? html`<vscode-button appearance="secondary" ?disabled=${off} @click=${() => ask({ kind: 'signOut' })}
              >Sign out</vscode-button
            >`
          : nothing
      }
    </div>
    ${brokenNow(context)}
    ${setUp.state === 'whole' ? nothing : html`<p class="quiet">Set up first: nobody trusts the identity provider yet.</p>`}
    ${outOfReach === undefined ? nothing : html`<p class="quiet">${outOfReach}</p>`}
  </section>`;
}

/** It is chosen further down, and stays until another is chosen. */
function brokenNow({ view }: PageContext): TemplateResult | typeof nothing {
  const broken = view.breaks.find(({ id, chosen }) => chosen && id !== 'none');
  if (broken === undefined) return nothing;
  return html`<p class="broken">Broken on purpose: ${broken.title}. Choose Nothing under Break it to mend it.</p>`;
}

function startOf({ view, state }: PageContext): TripStart {
  const { starts: all } = view.trips[view.trip];
  return all.find(({ id }) => id === state.start(view.trip))?.id ?? all[0]?.id ?? 'provider';
}

function starts({ view, state, redraw }: PageContext, chosen: TripStart): TemplateResult {
  const { starts: all } = view.trips[view.trip];
  const [only] = all;
  if (all.length === 1 && only) return html`<p class="quiet">${only.label}: ${only.words}</p>`;
  const begin = (id: TripStart) => {
    state.begin(view.trip, id);
    redraw();
  };
  return html`<div class="starts" role="radiogroup" aria-label="Where it begins">
    ${all.map(
      ({ id, label, words }) =>
        html`<label class="choice"
          ><input type="radio" name="start" .checked=${live(id === chosen)} @change=${() => begin(id)} />
          <span><strong>${label}</strong> <span class="quiet">${words}</span></span></label
        >`,
    )}
  </div>`;
}
