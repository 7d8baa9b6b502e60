// `sign-in`: a person signs in at the sandbox's identity provider, the way a browser goes. In: who, and where to. Out: what the browser would
// carry: the response, and for a user pool what the app is told, with the tokens that the app gets for its code.
// Never: asks another machine, or writes a response or token down.
import { createHash, randomBytes } from 'node:crypto';
import { SignInRefused, type IdentityProvider, type SignedIn } from '../aws/identityProvider.ts';
import { readAssertion, type AssertionFacts } from '../saml/message/assertion.ts';
import { rolePairs } from '../saml/message/awsAttributes.ts';
import { decodeMessage } from '../saml/message/decodeMessage.ts';
import { descendantsOf } from '../saml/xml/document.ts';
import { namespaces } from '../saml/xml/namespaces.ts';
import { resolveToText } from './expression.ts';
import type { Action, SignInTo } from './model.ts';
import { LabRefusal } from './refusal.ts';
import type { Fact } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';

export interface SignInOutcome {
  readonly answer: object;
  readonly facts: readonly Fact[];
  /** What the app, or the person, is told instead. */
  readonly refused?: LabRefusal;
}

type SignIn = Extract<Action, { kind: 'sign-in' }>;

export async function signIn(context: StepContext, action: SignIn): Promise<SignInOutcome> {
  const { target, signal } = context;
  const provider = target.identityProvider;
  if (!provider)
    throw new LabRefusal(
      'NoIdentityProvider',
      'This lab signs people in at the identity provider of the sandbox, and this target has none.',
      'Switch to the sandbox for this step. On AWS people sign in at their own identity provider, in a browser.',
    );
  const user = resolveToText(action.user, context.scope());
  const app = action.to.kind === 'cognito' ? appOf(context, action.to) : undefined;
  const to = app
    ? { kind: 'cognito' as const, authorizeUrl: app.authorizeUrl }
    : { kind: 'aws' as const, region: target.region };
  const trip = await provider.signIn({ user, to, break: action.break ?? null, signal }).catch((error: unknown) => {
    if (!(error instanceof SignInRefused)) throw error;
    throw new LabRefusal('SignInRefused', error.message, 'Look at the step before this one, and run this one again.');
  });
  const assertion = assertionIn(trip.samlResponse);
  const facts = factsOf(assertion, action.break);
  const common = {
    user,
    SAMLResponse: trip.samlResponse,
    postedTo: trip.postedTo,
    ...(assertion && { assertion: plain(assertion), roles: rolePairs(assertion) }),
  };
  return app ? atTheApp(provider, { app, trip, common, facts, signal }) : { answer: common, facts };
}

interface App {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly client: string;
  readonly callback: string;
  readonly verifier: string;
}

/** What an app does before it sends somebody to sign in: a state of its own, and a secret whose hash goes along (PKCE). */
function appOf({ target, scope }: StepContext, to: Extract<SignInTo, { kind: 'cognito' }>): App {
  const text = (template: SignIn['user']) => resolveToText(template, scope());
  const [domain, client, callback, provider] = [text(to.domain), text(to.client), text(to.callback), text(to.provider)];
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(domain))
    throw new LabRefusal('NoDomain', `${domain} is no prefix of a user pool's domain.`, 'Give the prefix alone.');
  const port = /:\d+$/.exec(new URL(target.endpoint ?? 'http://localhost').origin)?.[0] ?? '';
  const web = `http://${domain}.auth.${target.region}.localhost${port}`;
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: client,
    redirect_uri: callback,
    response_type: 'code',
    identity_provider: provider,
    scope: to.scope === undefined ? 'openid email profile' : text(to.scope),
    state: randomBytes(12).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return {
    authorizeUrl: `${web}/oauth2/authorize?${query.toString()}`,
    tokenUrl: `${web}/oauth2/token`,
    client,
    callback,
    verifier,
  };
}

async function atTheApp(
  provider: IdentityProvider,
  {
    app,
    trip,
    common,
    facts,
    signal,
  }: { app: App; trip: SignedIn; common: object; facts: readonly Fact[]; signal: AbortSignal },
): Promise<SignInOutcome> {
  const back = trip.callback === undefined ? undefined : new URL(trip.callback).searchParams;
  const code = back?.get('code');
  if (!back || code === null || code === undefined) {
    const what = back?.get('error_description') ?? trip.page?.words ?? 'No answer came to the app.';
    const said = back?.get('error') ?? 'SignInRefused';
    const told = back
      ? [{ name: 'The app is told', value: `${app.callback}?error=${said}&error_description=...` }]
      : [];
    const refused = new LabRefusal(said, what.trim(), 'Look what is different here, and run the step again.');
    return { answer: { ...common, error: { code: said, message: what.trim() } }, facts: [...facts, ...told], refused };
  }
  const fields = {
    grant_type: 'authorization_code',
    client_id: app.client,
    code,
    redirect_uri: app.callback,
    code_verifier: app.verifier,
  };
  const tokens = await provider.redeem(app.tokenUrl, fields, signal);
  if (typeof tokens['id_token'] !== 'string')
    throw new LabRefusal('NoTokens', `The code was not taken: ${JSON.stringify(tokens)}`, 'Run the step again.');
  return {
    answer: { ...common, callback: app.callback, tokens },
    facts: [...facts, { name: 'The app is told', value: `${app.callback}?code=...` }],
  };
}

/** As it stands there: whether it is to be believed AWS says. */
function assertionIn(samlResponse: string): AssertionFacts | undefined {
  const decoded = decodeMessage(samlResponse);
  const document = decoded.ok && decoded.kind !== 'jwt' ? decoded.document : undefined;
  const found = document && descendantsOf(document.root, namespaces.saml, 'Assertion').at(-1);
  const certificate = document && descendantsOf(document.root, namespaces.ds, 'X509Certificate')[0];
  return (
    found &&
    readAssertion(
      found,
      certificate && document.text.slice(certificate.contentRange.start, certificate.contentRange.end),
    )
  );
}

const moment = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

function plain(facts: AssertionFacts): object {
  const { issuer, nameId, audiences, notBefore, notOnOrAfter, attributes, signedBy = '' } = facts;
  return {
    issuer,
    nameId: nameId?.value ?? '',
    nameIdFormat: nameId?.format ?? '',
    audiences,
    recipient: facts.confirmations[0]?.recipient ?? '',
    inResponseTo: facts.inResponseTo ?? '',
    notBefore: moment(notBefore),
    notOnOrAfter: moment(notOnOrAfter),
    signedBy,
    attributes: Object.fromEntries(attributes.map(({ name, values }) => [name, values])),
  };
}

function factsOf(facts: AssertionFacts | undefined, broken: string | undefined): Fact[] {
  if (!facts) return [];
  const { issuer, nameId, audiences, confirmations, notBefore, notOnOrAfter, attributes, signedBy } = facts;
  return [
    ...(broken === undefined ? [] : [{ name: 'Broken on purpose', value: broken }]),
    { name: 'Who (NameID)', value: nameId?.value ?? 'nobody' },
    { name: 'Says who (Issuer)', value: issuer },
    { name: 'For whom (Audience)', value: audiences.join(', ') },
    { name: 'To be brought to (Recipient)', value: confirmations[0]?.recipient ?? '' },
    { name: 'Valid', value: `${moment(notBefore)} to ${moment(notOnOrAfter)}` },
    ...(signedBy === undefined ? [] : [{ name: 'Signed by (SHA-1)', value: signedBy }]),
    ...attributes.map(({ name, values }) => ({
      name: name.slice(name.lastIndexOf('/') + 1),
      value: values.join('\n'),
    })),
  ];
}
