// /saml2/idpresponse: a response of an identity provider comes back through the browser. It is verified against the provider's metadata;
// only then its words become a user of the pool. What is wrong goes to the app in Cognito's words.
import { createPrivateKey } from 'node:crypto';
import type { Finding } from '../../../saml/finding.ts';
import type { AssertionFacts } from '../../../saml/message/assertion.ts';
import type { WebAnswer, WebRequest } from '../../service.ts';
import { errorPage, formOf, redirect } from '../../webPage.ts';
import type { Cognito } from '../cognito.ts';
import { webAddress } from '../domains.ts';
import { renewMetadata } from '../samlDetails.ts';
import { samlKeyOf } from '../samlKey.ts';
import type { AppClient, IdentityProvider, Pool, WebWish } from '../state.ts';
import { federatedUser, FederationError } from './federatedUser.ts';
import { finish } from './finish.ts';
import { startedThere } from './idpInitiated.ts';
import { entityIdOf } from './sendToProvider.ts';
import { withError } from './webWish.ts';

export interface Answering {
  readonly client: AppClient;
  readonly provider: IdentityProvider;
  readonly wish: WebWish;
  /** Null: nobody asked. */
  readonly requestId: string | null;
}

const strange = 'Invalid samlResponse or relayState from identity provider';

export async function samlResponse(cognito: Cognito, pool: Pool, request: WebRequest): Promise<WebAnswer> {
  const form = formOf(request);
  const { decodeMessage } = await import('../../../saml/message/decodeMessage.ts');
  const decoded = decodeMessage(form.get('SAMLResponse') ?? '');
  const xml = decoded.ok && decoded.kind !== 'jwt' ? decoded.xml : undefined;
  const relayState = form.get('RelayState') ?? '';
  const answering = xml === undefined ? undefined : answered(cognito, pool, relayState, xml);
  if (xml === undefined || answering === undefined) return errorPage(400, 'An error was encountered', strange);
  const idp = await cognito.world.port('idp');
  const flow = answering.requestId ?? /\bID="([^"]{1,200})"/.exec(xml)?.[1] ?? '';
  const url = `${webAddress(cognito, pool) ?? ''}/saml2/idpresponse`;
  const told = { flow, from: 'browser', to: 'cognito', kind: 'response', url, message: xml } as const;
  const { wish, provider, client } = answering;
  try {
    await renewMetadata(cognito, provider);
    const assertion = await verify(cognito, pool, answering, xml);
    const user = federatedUser(cognito, pool, provider, assertion);
    idp.record({ ...told, title: `Cognito takes the response: ${user.username}` });
    const saml = { provider: provider.name, nameId: assertion.nameId?.value ?? '', session: assertion.sessionIndex };
    return await finish(cognito, { pool, client, user, wish, flow, saml });
  } catch (thrown) {
    if (!(thrown instanceof FederationError)) throw thrown;
    const { message } = thrown;
    idp.record({ ...told, title: 'Cognito refuses the response', error: { code: 'server_error', message } });
    return redirect(withError(wish.redirectUri, { error: 'server_error', description: message, state: wish.state }));
  }
}

/** What was asked, or what an identity provider may begin by itself. */
function answered(cognito: Cognito, pool: Pool, relayState: string, xml: string): Answering | undefined {
  const pending = pool.pending.get(relayState);
  if (pending?.kind !== 'request') return startedThere(pool, relayState, xml);
  // A request is answered once.
  pool.pending.delete(relayState);
  const client = pool.clients.get(pending.wish.clientId);
  const provider = pool.providers.get(pending.provider);
  if (!client || !provider || pending.expires <= cognito.world.clock.now()) return undefined;
  return { client, provider, wish: pending.wish, requestId: pending.requestId };
}

/** @throws FederationError */
async function verify(
  cognito: Cognito,
  pool: Pool,
  { provider, requestId }: Answering,
  xml: string,
): Promise<AssertionFacts> {
  const { checkResponse } = await import('../../../saml/message/checkResponse.ts');
  const { trustFromMetadata } = await import('../../../saml/message/trust.ts');
  const now = cognito.world.clock.now();
  for (const [id, until] of pool.assertions) if (until < now) pool.assertions.delete(id);
  const encrypted = provider.details['EncryptedResponses'] === 'true';
  const { assertion, findings, trusted } = checkResponse(xml, {
    trust: trustFromMetadata(provider.metadata, now),
    now,
    audience: [entityIdOf(pool)],
    recipient: [`${webAddress(cognito, pool) ?? ''}/saml2/idpresponse`],
    provider: 'cognito',
    inResponseTo: requestId,
    seen: (id) => pool.assertions.has(id),
    ...(encrypted && { decryptionKey: createPrivateKey(samlKeyOf(cognito, pool).privateKey) }),
  });
  if (!trusted || !assertion) throw new FederationError(words(findings, pool));
  if (encrypted && !/<(?:[\w.-]+:)?EncryptedAssertion[\s>/]/.test(xml))
    throw new FederationError('Invalid SAML response received: Assertion must be encrypted');
  // Longer than any assertion may be presented.
  pool.assertions.set(assertion.id, Math.max(assertion.notOnOrAfter ?? 0, now) + 15 * 60_000);
  return assertion;
}

const invalid = 'Invalid SAML response received: ';

/** In the order in which they are told. */
const byRule: readonly (readonly [rule: string, words: (pool: Pool) => string])[] = [
  ['R40', () => `${invalid}SAML Response is not successful or not SAML 2.0.`],
  ['R26', () => `${invalid}SAML Assertion signature is invalid. `],
  ['R41', () => `${invalid}SAML Assertion signature is invalid. `],
  ['R42', () => `${invalid}Issuer in SAML Assertion does not match the identity provider.`],
  ['R44', (pool) => `${invalid}Audience restriction in SAML Assertion does not allow it for ${entityIdOf(pool)}`],
  ['R45', () => `${invalid}SAML Assertion has expired.`],
  ['R43', () => `${invalid}Recipient in SubjectConfirmationData of SAML Assertion does not match.`],
  ['R51', () => strange],
];

function words(findings: readonly Finding[], pool: Pool): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const found = byRule.find(([rule]) => errors.some((one) => one.rule === rule));
  return found ? found[1](pool) : strange;
}
