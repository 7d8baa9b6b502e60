import { html, nothing, type TemplateResult } from 'lit';
import type { ResourceView } from '../../src/protocol/lab.ts';
import { icon } from '../components/icons.ts';
import type { PanelContext } from './panelContext.ts';

const states: Readonly<Record<ResourceView['state'], string>> = {
  doubtful: 'being looked up',
  alive: 'there',
  removed: 'removed',
};

/** What the session made and still has. */
export function resourceList(context: PanelContext): TemplateResult | typeof nothing {
  const { resources, costPerHour, phase } = context.view;
  if (phase !== 'session' && phase !== 'over') return nothing;
  return html`<section class="resources" aria-labelledby="resources-title">
    <h2 id="resources-title">
      Resources <span class="count">${resources.filter(({ state }) => state !== 'removed').length}</span>
    </h2>
    ${
      resources.length === 0
        ? html`<p class="quiet">Nothing created yet. What the steps create is listed here and removed by Clean up.</p>`
        : html`<ul>
            ${resources.map((resource) => row(resource, context))}
          </ul>`
    }
    ${costPerHour > 0 ? html`<p class="quiet">Costs about ${costPerHour.toFixed(4)} USD an hour while it is there.</p>` : nothing}
  </section>`;
}

function row(resource: ResourceView, context: PanelContext): TemplateResult {
  const { id, kind, name, state, adopted } = resource;
  return html`<li class="resource resource-${state}">
    <span class="resource-kind">${kind}</span>
    <span class="resource-name">${name}</span>
    <span class="quiet">${states[state]}${adopted ? ', adopted' : ''}</span>
    ${
      resource.console
        ? html`<vscode-button
            appearance="icon"
            aria-label="Open ${name} in the AWS console"
            title="Open in the AWS console"
            @click=${() => context.ask({ kind: 'openConsole', resource: id })}
            >${icon('external')}</vscode-button
          >`
        : nothing
    }
  </li>`;
}
