// The report on SAML metadata. In: whole views. Out: what was pressed. Never: shows a text of the file as HTML.
import { html, nothing, render, svg, type TemplateResult } from 'lit';
import type {
  SamlCertificateView,
  SamlComparisonView,
  SamlFindingGroup,
  SamlReportRequest,
  SamlReportView,
  SamlRoleView,
} from '../../src/protocol/samlReport.ts';
import { connectHost } from '../components/hostLink.ts';
import { registerComponents } from '../components/toolkit.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler writes the style sheet beside the script
import './saml.css';

registerComponents();
const root = document.getElementById('root') ?? document.body;
const host = connectHost<SamlReportView, SamlReportRequest>({ view: (view) => render(report(view), root) });
const ask = (request: SamlReportRequest) => () => void host.ask(request);

function report(view: SamlReportView): TemplateResult {
  const { file, profile, entityID, facts, signature } = view;
  return html`<main class="report">
    <header>
      <h1>${entityID ?? file}</h1>
      <p class="quiet">
        ${file} · judged for ${profile === 'IAM' || profile === 'Cognito' ? profile : profile.toLowerCase()}
      </p>
      <p class="acts">
        <vscode-button appearance="secondary" @click=${ask({ kind: 'profile' })}>Judge for another</vscode-button>
        <vscode-button appearance="secondary" @click=${ask({ kind: 'compare' })}
          >Compare with another file</vscode-button
        >
        <vscode-button appearance="secondary" @click=${ask({ kind: 'roundTrip' })}>See a round trip</vscode-button>
      </p>
    </header>
    ${view.comparison ? comparison(view.comparison) : nothing} ${answers(view)}
    <section>
      <h2>Signature</h2>
      <p class="signature ${signature.state}">${signature.words}</p>
      ${facts.map(([label, value]) => html`<p><span class="quiet">${label}</span> ${value}</p>`)}
    </section>
    ${certificates(view)} ${view.groups.map(group)} ${roles(view)}
  </main>`;
}

function answers({ answers: all }: SamlReportView): TemplateResult {
  return html`<section>
    <h2>What AWS would answer</h2>
    <div class="answers">
      ${all.map(
        ({ who, accepts, says }) =>
          html`<div class="answer ${accepts ? 'takes' : 'refuses'}">
            <h3>${who} ${accepts ? 'takes it' : 'refuses it'}</h3>
            ${says.map((text) => html`<p>${text}</p>`)}
          </div>`,
      )}
    </div>
  </section>`;
}

function certificates({ certificates: all, span }: SamlReportView): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<section>
    <h2>Certificates</h2>
    ${all.map((one) => certificate(one, span))}
  </section>`;
}

function certificate(one: SamlCertificateView, span: SamlReportView['span']): TemplateResult {
  return html`<div class="certificate ${one.state}">
    <p><strong>${one.subject}</strong> <span class="quiet">${one.use} · ${one.key}</span></p>
    ${line(one, span)}
    <p>${one.words}</p>
    <p class="quiet prints">SHA-1 <code>${one.sha1}</code></p>
    <p class="quiet prints">SHA-256 <code>${one.sha256}</code></p>
  </div>`;
}

/** From the first year to the last, and where now is. */
function line({ from, to, words }: SamlCertificateView, span: SamlReportView['span']): TemplateResult {
  const place = (at: number) => Math.min(100, Math.max(0, ((at - span.from) / (span.to - span.from)) * 100));
  const start = place(from);
  return html`<svg class="line" role="img" aria-label=${words}>
    ${svg`<rect class="ground" width="100%" height="6" y="5" rx="3"></rect>
      <rect class="valid" x="${start}%" width="${Math.max(0.5, place(to) - start)}%" height="6" y="5" rx="3"></rect>
      <rect class="now" x="${place(span.now)}%" width="2" height="16"></rect>`}
  </svg>`;
}

function group({ severity, title, findings, more }: SamlFindingGroup): TemplateResult {
  return html`<section class="group ${severity}">
    <h2>${title}</h2>
    <ul>
      ${findings.map(
        ({ rule, line: row, column, message, why, aws, at }) =>
          html`<li>
            <button class="finding" @click=${ask({ kind: 'goTo', at })}>${message}</button>
            <p class="quiet">${why}</p>
            ${aws === undefined ? nothing : html`<p class="aws">AWS answers: ${aws}</p>`}
            <p class="quiet place">${rule}, line ${row}, column ${column}</p>
          </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="quiet">and ${more} more</p>` : nothing}
  </section>`;
}

function roles({ roles: all, moreEntities }: SamlReportView): TemplateResult {
  return html`<section>
    <h2>Roles and endpoints</h2>
    ${all.map(role)} ${moreEntities > 0 ? html`<p class="quiet">and ${moreEntities} more entities</p>` : nothing}
  </section>`;
}

function role({ entityID, title, endpoints }: SamlRoleView): TemplateResult {
  return html`<h3>${title}</h3>
    ${entityID === undefined ? nothing : html`<p class="quiet">${entityID}</p>`}
    <ul class="endpoints">
      ${endpoints.map(
        ({ service, words, location }) =>
          html`<li>
            <strong>${service}</strong> <code>${location}</code>
            <p class="quiet">${words}</p>
          </li>`,
      )}
    </ul>`;
}

function comparison({ before, sentence, changes }: SamlComparisonView): TemplateResult {
  return html`<section class="comparison">
    <h2>Compared with ${before}</h2>
    <p>${sentence}</p>
    <ul>
      ${changes.map(({ kind, what }) => html`<li class=${kind}>${kind === 'added' ? 'New: ' : 'Gone: '}${what}</li>`)}
    </ul>
  </section>`;
}

void host.ask({ kind: 'ready' });
