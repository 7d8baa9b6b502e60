// The sign-in page and what leads to it: a request of a service (SP-initiated), or a link on the provider's own page (IdP-initiated).
import { signInUrl } from '../../saml/message/buildMetadata.ts';
import { readRequest } from '../../saml/message/requests.ts';
import type { WebAnswer, WebRequest } from '../service.ts';
import { cookieOf, errorPage, formOf, html, page, postOn, queryOf, setCookie, type Html } from '../webPage.ts';
import { breaks, findBreak } from './breaks.ts';
import { address, entityID } from './keys.ts';
import { respond } from './respond.ts';
import type { Idp, SignOn } from './state.ts';
import type { IdpUser } from './users.ts';

const patience = 15 * 60_000;
const browserLifetime = 8 * 3600_000;
export const cookieName = 'idp';

/** A service's AuthnRequest, by HTTP-Redirect or HTTP-POST. */
export async function ssoRequest(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const given = request.method === 'POST' ? formOf(request) : queryOf(request);
  const read = readRequest(given.get('SAMLRequest') ?? '');
  if (read?.kind !== 'request') return errorPage(400, 'No request', 'SAMLRequest is no AuthnRequest.');
  const service = (await servicesOf(idp)).find((one) => one.entityID === read.issuer);
  const consumer = read.consumer ?? service?.consumer;
  if (consumer === undefined || (service?.consumer !== undefined && consumer !== service.consumer))
    return errorPage(
      400,
      'Unknown address',
      'The request asks for an answer at an address that is not the service’s own.',
    );
  if (!isLocal(consumer))
    return errorPage(
      400,
      'Not on this machine',
      `This identity provider answers services of this machine only, not ${consumer}.`,
    );
  return showSignIn(idp, request, {
    service: service ? 'cognito' : 'other',
    consumer,
    destination: consumer,
    audience: read.issuer,
    title: service?.name ?? read.issuer,
    inResponseTo: read.id,
    relayState: given.get('RelayState') ?? undefined,
  });
}

const isLocal = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:[\w-]+\.)+localhost)$/.test(url.hostname)
  );
};

const servicesOf = async ({ world }: Idp) => (await world.port('cognito-idp')).samlServices(entityID);

/** GET /start?service=aws&region=eu-central-1, or ?service=urn:amazon:cognito:sp:<pool>&client=<name> */
export async function start(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const query = queryOf(request);
  const wanted = query.get('service') ?? 'aws';
  if (wanted === 'aws') return showSignIn(idp, request, awsSignOn(idp, query.get('region') ?? 'us-east-1'));
  const service = (await servicesOf(idp)).find((one) => one.entityID === wanted);
  const client = query.get('client');
  const begun = service?.starts.find((one) => client === null || one.client === client);
  if (!service?.consumer || !begun)
    return errorPage(
      404,
      'Unknown service',
      'This service does not take sign-ons that begin here (IDPInit), or has no domain.',
    );
  return showSignIn(idp, request, {
    service: 'cognito',
    consumer: service.consumer,
    destination: service.consumer,
    audience: service.entityID,
    title: service.name,
    inResponseTo: undefined,
    relayState: begun.relayState,
  });
}

const awsSignOn = (idp: Idp, region: string): SignOn => ({
  service: 'aws',
  consumer: `${address(idp, 'signin')}/saml`,
  // As trust policies have it: the sandbox's page only stands in for AWS's.
  destination: signInUrl(/^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(region) ? region : 'us-east-1'),
  audience: 'urn:amazon:webservices',
  title: 'AWS sign-in',
  inResponseTo: undefined,
  relayState: undefined,
});

export async function home(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const services = await servicesOf(idp);
  const links = services.flatMap(({ name, entityID: service, starts }) =>
    starts.map(
      ({ client }) =>
        html`<li>
          <a href="/start?${new URLSearchParams({ service, client }).toString()}">${name}</a>, app client ${client}
        </li>`,
    ),
  );
  const user = userOf(idp, request);
  return page({
    title: 'Identity provider',
    body: html`<p>
        ${user ? `${user.givenName} ${user.surname} is signed in in this browser.` : 'Nobody is signed in in this browser.'}
      </p>
      <h2>Go to</h2>
      <ul>
        <li><a href="/start?service=aws">AWS sign-in</a></li>
        ${links}
      </ul>
      <p class="note">
        Metadata: <a href="/metadata"><code>${address(idp)}/metadata</code></a
        >, entityID <code>${entityID}</code>
      </p>`,
  });
}

function userOf({ world, state, browsers }: Idp, request: WebRequest): IdpUser | undefined {
  const browser = browsers.get(cookieOf(request, cookieName) ?? '');
  if (!browser || browser.expires <= world.clock.now()) return undefined;
  return state.users.find(({ name }) => name === browser.user);
}

function showSignIn(idp: Idp, request: WebRequest, signOn: SignOn): WebAnswer {
  const { world, state, tickets } = idp;
  const now = world.clock.now();
  for (const [key, one] of tickets) if (one.expires < now) tickets.delete(key);
  const ticket = world.token(24);
  tickets.set(ticket, { ...signOn, expires: now + patience });
  const present = userOf(idp, request) ?? state.users[0];
  return page({
    title: 'Sign in',
    formsTo: ["'self'"],
    body: html`<p>${signOn.title} wants to know who you are.</p>
      <form method="post" action="/login">
        <input type="hidden" name="ticket" value="${ticket}" />
        <table>
          <thead>
            <tr>
              <th>Who</th>
              <th>Mail</th>
              <th>Groups</th>
            </tr>
          </thead>
          <tbody>
            ${state.users.map((user) => userRow(user, user === present))}
          </tbody>
        </table>
        <label
          >Break it
          <select name="break">
            <option value="">Nothing: a response as it should be</option>
            ${breaks.map(({ id, title }) => html`<option value="${id}" ${state.broken === id ? html` selected` : undefined}>${title}</option>`)}
          </select>
        </label>
        <button>Sign in</button>
      </form>`,
  });
}

const userRow = ({ name, mail, givenName, surname, groups }: IdpUser, isChosen: boolean): Html =>
  html`<tr>
    <td>
      <label
        ><input type="radio" name="user" value="${name}" ${isChosen ? html` checked` : undefined} /> ${givenName}
        ${surname}</label
      >
    </td>
    <td>${mail}</td>
    <td>${groups.join(', ')}</td>
  </tr>`;

/** The form of the page above: a ticket is good for one response. */
export async function logIn(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const { world, tickets, state } = idp;
  const form = formOf(request);
  const ticket = form.get('ticket') ?? '';
  const signOn = tickets.get(ticket);
  const user = state.users.find(({ name }) => name === form.get('user'));
  if (!signOn || signOn.expires <= world.clock.now() || !user)
    return errorPage(400, 'Too late', 'This page was used already, or is too old. Begin again at the service.');
  tickets.delete(ticket);
  const broken = findBreak(form.get('break'));
  const { xml, id } = await respond(idp, user, signOn, broken);
  const flow = signOn.inResponseTo ?? id;
  idp.hops.add({
    flow,
    from: 'browser',
    to: 'identity-provider',
    kind: 'sign-in',
    title: `${user.name} signs in for ${signOn.title}`,
    service: signOn.service,
    user: user.name,
  });
  idp.hops.add({
    flow,
    from: 'identity-provider',
    to: 'browser',
    kind: 'response',
    title: broken ? `A response, broken on purpose: ${broken.title}` : 'A signed response for the browser to post',
    url: signOn.consumer,
    message: xml,
    service: signOn.service,
    user: user.name,
    ...(broken && { broken: broken.id }),
  });
  const key = world.token(32);
  idp.browsers.set(key, { user: user.name, expires: world.clock.now() + browserLifetime });
  const answer = postOn(
    signOn.consumer,
    { SAMLResponse: Buffer.from(xml, 'utf8').toString('base64'), RelayState: signOn.relayState },
    `To ${signOn.title}`,
  );
  return { ...answer, headers: { ...answer.headers, ...setCookie(cookieName, key, browserLifetime / 1000) } };
}
