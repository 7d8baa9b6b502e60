// What stands in for https://signin.aws.amazon.com/saml: takes a response by POST, lets the user choose a role where there are several,
// asks STS for the role, and shows the session. On AWS the console would open.
import { rolePairs, attributePrefix, type RolePair } from '../../saml/message/awsAttributes.ts';
import { readAssertion } from '../../saml/message/assertion.ts';
import { decodeMessage } from '../../saml/message/decodeMessage.ts';
import { descendantsOf } from '../../saml/xml/document.ts';
import { namespaces } from '../../saml/xml/namespaces.ts';
import type { Session } from '../ports.ts';
import { AwsError, type WebAnswer, type WebRequest } from '../service.ts';
import { errorPage, formOf, html, page } from '../webPage.ts';
import type { Idp } from './state.ts';

export async function awsSignIn(idp: Idp, request: WebRequest): Promise<WebAnswer> {
  const form = formOf(request);
  const response = form.get('SAMLResponse') ?? '';
  const { pairs, seconds } = offered(response);
  const chosen = pairs.find(({ role }) => role === form.get('role')) ?? (pairs.length === 1 ? pairs[0] : undefined);
  if (pairs.length === 0) return refuseAll(idp, response);
  if (!chosen) return showRoles(response, pairs);
  const sts = await idp.world.port('sts');
  try {
    const session = await sts.assumeRoleWithSaml(
      {
        RoleArn: chosen.role,
        PrincipalArn: chosen.provider,
        SAMLAssertion: response,
        ...(seconds !== undefined && { DurationSeconds: seconds }),
      },
      request.requestId,
    );
    return showSession(session, chosen);
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    const status = thrown.options.status ?? 400;
    const code = thrown.code.replace(/^(InvalidIdentityToken)Exception$/, '$1');
    return errorPage(
      status,
      'AWS sign-in',
      `${thrown.message} (service: AWSSecurityTokenService; status code: ${status}; error code: ${code})`,
    );
  }
}

/** Without a role there is nothing to ask STS for. */
function refuseAll({ hops }: Idp, response: string): WebAnswer {
  const message = 'Your request included an invalid SAML response. To logout, click here.';
  const decoded = decodeMessage(response);
  const xml = decoded.ok && decoded.kind !== 'jwt' ? decoded.xml : undefined;
  const flow = /\bID="([^"]{1,200})"/.exec(xml ?? '')?.[1] ?? 'unknown';
  const title = 'AWS sign-in refuses the response';
  hops.add({
    flow,
    from: 'browser',
    to: 'aws',
    kind: 'assume-role',
    title,
    error: { code: 'InvalidSamlResponse', message },
    ...(xml !== undefined && { message: xml }),
  });
  return errorPage(400, 'AWS sign-in', message);
}

/** What the response says, not yet believed: STS verifies it. */
function offered(response: string): { readonly pairs: readonly RolePair[]; readonly seconds: number | undefined } {
  const decoded = decodeMessage(response);
  const document = decoded.ok && decoded.kind !== 'jwt' ? decoded.document : undefined;
  const element = document && descendantsOf(document.root, namespaces.saml, 'Assertion')[0];
  if (!element) return { pairs: [], seconds: undefined };
  const facts = readAssertion(element, undefined);
  const said = facts.attributes.find(({ name }) => name === `${attributePrefix}SessionDuration`)?.values[0];
  const seconds = Number(said);
  return { pairs: rolePairs(facts), seconds: Number.isInteger(seconds) && seconds >= 900 ? seconds : undefined };
}

const showRoles = (response: string, pairs: readonly RolePair[]): WebAnswer =>
  page({
    title: 'Select a role',
    formsTo: ["'self'"],
    body: html`<form method="post" action="/saml">
      <input type="hidden" name="SAMLResponse" value="${response}" />
      ${pairs.map(
        ({ role, account }, at) =>
          html`<label
            ><input type="radio" name="role" value="${role}" ${at === 0 ? html` checked` : undefined} />
            ${role.slice(role.indexOf('/') + 1)} <span class="note">account ${account}</span></label
          >`,
      )}
      <button>Sign in</button>
    </form>`,
  });

function showSession(
  { caller, expires, accessKeyId, secretAccessKey, sessionToken }: Session,
  pair: RolePair,
): WebAnswer {
  const lines = [
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `export AWS_SESSION_TOKEN=${sessionToken}`,
  ].join('\n');
  return page({
    title: 'You are signed in to AWS',
    body: html`<table>
        <tr>
          <th>Account</th>
          <td>${caller.account}</td>
        </tr>
        <tr>
          <th>Role</th>
          <td><code>${pair.role}</code></td>
        </tr>
        <tr>
          <th>Session</th>
          <td><code id="session">${caller.arn}</code></td>
        </tr>
        <tr>
          <th>Until</th>
          <td>${new Date(expires).toISOString()}</td>
        </tr>
      </table>
      <details>
        <summary>Credentials of this session</summary>
        <pre>${lines}</pre>
      </details>
      <p class="note">On AWS the console would open now. Here the session is yours to use on the command line.</p>`,
  });
}
