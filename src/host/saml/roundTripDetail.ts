// A message of a journey -> what it is for, what stands in it, and what was said to it. Pure. Secrets are cut short here, before anything is
// sent to the page: codes, tokens, keys. Cookies are not looked at.
import type { IdentityProviderHop } from '../../aws/identityProvider.ts';
import type { DetailBlock, DetailView, FactRow, TripName } from '../../protocol/roundTrip.ts';
import { decodeMessage } from '../../saml/message/decodeMessage.ts';
import { decodeJwt } from '../../saml/message/jwt.ts';
import { readRequest } from '../../saml/message/requests.ts';
import { shownText } from '../shownText.ts';
import { formatXml } from './formatXml.ts';
import { assertionRows, type Judging } from './roundTripAssertion.ts';
import type { LineId } from './roundTripJourney.ts';
import { explainError } from './roundTripWhy.ts';
import { answerWords, parameterWords, purposeOf } from './roundTripWords.ts';

/** What was known when the hop came. It stays with the hop: metadata that is mended later does not mend what was. */
export interface Evidence {
  readonly trip: TripName;
  readonly broken: string | undefined;
  readonly metadata: string;
  readonly audience: string;
  readonly recipient: string;
  /** The address that the app sent the browser to. */
  readonly authorizeUrl: string | undefined;
  /** Verdicts on the tokens, by their names. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** The response as XML, where the hop itself does not hold it. */
  readonly response: string | undefined;
  /** Of a sign-in that was done here: cut short already. */
  readonly credentials: readonly FactRow[] | undefined;
}

export function detailOf(
  id: LineId,
  trip: TripName,
  hop: IdentityProviderHop | undefined,
  evidence: Evidence | undefined,
): DetailView {
  const blocks = hop && evidence ? [...errorBlock(id, hop, evidence), ...tellers[id](hop, evidence)] : [];
  return { why: purposeOf(id, trip), blocks };
}

function errorBlock(id: LineId, { error }: IdentityProviderHop, { trip, broken }: Evidence): DetailBlock[] {
  if (!error || id === 'response' || id === 'request') return [];
  const { code, message } = error;
  return [{ kind: 'error', code, message, ...explainError(`${code}: ${message}`, trip, broken) }];
}

type Blocks = (hop: IdentityProviderHop, evidence: Evidence) => DetailBlock[];

const tellers: Readonly<Record<LineId, Blocks>> = {
  authorize: (_hop, { authorizeUrl }) =>
    authorizeUrl === undefined
      ? [note('The app that asked is not this panel’s.')]
      : [queryFacts('What the app asks', authorizeUrl)],
  request: ({ url = '', message = '' }) => requestBlocks(url, message),
  'sign-in': ({ user = '' }) => [
    facts('Who', [plain('User', user)]),
    note('The identity provider’s cookie, by which it knows the browser next time, is not shown.'),
  ],
  response: ({ message = '' }, evidence) => [
    ...brokenNote(evidence),
    facts('What the assertion says', assertionRows(message, evidence.trip, undefined)),
    ...xmlBlocks(message),
  ],
  post: (hop, evidence) =>
    hop.kind === 'assume-role' && hop.message?.startsWith('{')
      ? [note('AWS sign-in found a role in the response, and takes it to STS: see the next message.')]
      : [...takenNote(hop, evidence), checks(hop, evidence, hop.message ?? ''), ...xmlBlocks(hop.message ?? '')],
  assume: (hop, evidence) => [
    ...takenNote(hop, evidence),
    ...assumeFacts(hop),
    ...(evidence.response === undefined ? [] : [checks(hop, evidence, evidence.response)]),
  ],
  credentials: (hop, { credentials }) => [
    ...(credentials
      ? [facts('Credentials of the session', credentials)]
      : [note('The page in the browser has the credentials; nothing of them is recorded.')]),
    ...answerFacts(hop),
  ],
  code: ({ url = '' }) => [queryFacts('In the address of the app', url)],
  redeem: ({ url = '' }, { authorizeUrl }) => [
    facts('POST /oauth2/token', [
      plain('grant_type', 'authorization_code'),
      plain('code', 'the one that came, once'),
      ...(authorizeUrl?.includes('code_challenge')
        ? [plain('code_verifier', 'its SHA-256 is the code_challenge of the beginning')]
        : []),
      ...(url === '' ? [] : [plain('at', url)]),
    ]),
  ],
  tokens: ({ message = '' }, { verdicts }) => tokenBlocks(message, verdicts),
  'user-info': ({ message = '' }) => jsonBlock('The answer', message),
  'logout-request': ({ url = '', message = '' }) => requestBlocks(url, message),
  'logout-response': ({ message = '' }) => xmlBlocks(message),
};

const note = (text: string, state: 'good' | 'bad' | 'plain' = 'plain'): DetailBlock => ({ kind: 'note', text, state });
const facts = (title: string, rows: readonly FactRow[]): DetailBlock => ({ kind: 'facts', title, rows });
const plain = (label: string, value: string, check?: string): FactRow => ({
  label,
  value: shownText(value),
  state: 'plain',
  ...(check !== undefined && { check }),
});

export function cut(secret: string, shown = 6): string {
  return secret.length <= shown ? '…' : `${secret.slice(0, shown)}… (${secret.length} characters, not shown)`;
}

const secretParameters = new Set(['code', 'Signature', 'RelayState', 'SAMLRequest', 'SAMLResponse']);

function queryFacts(title: string, address: string): DetailBlock {
  const url = URL.parse(address);
  const rows = [...(url?.searchParams ?? [])].map(([name, value]) =>
    plain(name, secretParameters.has(name) ? cut(value) : value, parameterWords[name]),
  );
  return facts(title, [...(url ? [plain('Address', `${url.origin}${url.pathname}`)] : []), ...rows]);
}

function requestBlocks(url: string, xml: string): DetailBlock[] {
  const decoded = decodeMessage(url);
  const steps = decoded.ok && decoded.kind !== 'jwt' ? decoded.steps : [];
  const parameters = decoded.ok && decoded.kind !== 'jwt' ? decoded.parameters : {};
  const read = readRequest(xml);
  const rows: readonly (readonly [string, string | undefined, string?])[] = [
    ['Undone', steps.join(', ') || undefined, 'From the outside to the inside.'],
    ['Issuer', read?.issuer, 'Cognito’s entity ID: the provider looks up which service this is.'],
    ['ID', read?.id, 'The response must answer to it (InResponseTo).'],
    [
      'AssertionConsumerServiceURL',
      read?.consumer,
      'Where the response is to go. The provider takes it only if it is the service’s own.',
    ],
    ['NameID', read?.nameId],
    ['Signature', parameters['SigAlg'] ?? 'none', 'Over the query as it was sent.'],
    [
      'RelayState',
      parameters['RelayState'] === undefined ? undefined : cut(parameters['RelayState']),
      'Comes back as it was.',
    ],
  ];
  const shown = rows.flatMap(([label, value, check]) => (value === undefined ? [] : [plain(label, value, check)]));
  return [facts('The request', shown), ...xmlBlocks(xml)];
}

function xmlBlocks(xml: string): DetailBlock[] {
  const decoded = xml === '' ? undefined : decodeMessage(xml);
  if (!decoded?.ok || decoded.kind === 'jwt') return [];
  return [
    {
      kind: 'code',
      title: 'XML, shown in lines',
      text: decoded.document ? formatXml(decoded.document).text : decoded.xml,
    },
  ];
}

const brokenNote = ({ broken }: Evidence): DetailBlock[] =>
  broken === undefined ? [] : [note('This response was broken on purpose.', 'bad')];

/** What was broken and is taken all the same must be told, lest it look like a hole. */
function takenNote({ error }: IdentityProviderHop, { broken, trip }: Evidence): DetailBlock[] {
  if (error || broken !== 'comment') return [];
  const who = trip === 'aws' ? 'STS' : 'Cognito';
  return [
    note(
      `No error, and rightly so: the comment does not count in the signature, and ${who} reads the whole name with .evil at its end. A careless reader would stop at the comment, and take the user for somebody else.`,
      'good',
    ),
  ];
}

function checks({ time, error }: IdentityProviderHop, evidence: Evidence, xml: string): DetailBlock {
  const { trip, metadata, audience, recipient } = evidence;
  const judging: Judging = { trip, metadata, now: Date.parse(time), audience, recipient, refusal: error?.message };
  return facts(trip === 'aws' ? 'What STS checks' : 'What Cognito checks', assertionRows(xml, trip, judging));
}

function assumeFacts({ message }: IdentityProviderHop): DetailBlock[] {
  const request = objectAt(parsed(message), 'request');
  const rows = Object.entries(request).map(([label, value]) => plain(label, String(value)));
  return [facts('The call', [...rows, plain('SAMLAssertion', 'the response, in base64, as the browser posted it')])];
}

function answerFacts({ message }: IdentityProviderHop): DetailBlock[] {
  const answer = objectAt(parsed(message), 'answer');
  const flat = { ...answer, ...objectAt(answer, 'AssumedRoleUser') };
  const rows = Object.entries(flat).flatMap(([label, value]) =>
    typeof value === 'string' ? [plain(label, value, answerWords[label])] : [],
  );
  return [facts('What STS says of the session', rows)];
}

function tokenBlocks(message: string, verdicts: Evidence['verdicts']): DetailBlock[] {
  const answer = parsed(message);
  const tokens = ['id_token', 'access_token'].flatMap((name) => {
    const token = answer[name];
    const decoded = typeof token === 'string' ? decodeJwt(token) : undefined;
    if (!decoded?.ok) return [];
    const title = name === 'id_token' ? 'ID token' : 'Access token';
    const verdict = verdicts[name] ?? 'The signature was not verified.';
    const { header, claims } = decoded.jwt;
    return [
      note(`${title}: ${verdict}`, verdict.startsWith('the signature holds') ? 'good' : 'bad'),
      ...jsonBlock(`${title}, its claims`, JSON.stringify({ header, claims })),
    ];
  });
  const rest = ['token_type', 'expires_in', 'refresh_token'].flatMap((name) =>
    answer[name] === undefined ? [] : [plain(name, String(answer[name]))],
  );
  return [...tokens, facts('Beside them', rest)];
}

const jsonBlock = (title: string, text: string): DetailBlock[] => [
  { kind: 'json', title, value: JSON.parse(text || '{}') },
];

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function objectAt(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const inner = value[name];
  return typeof inner === 'object' && inner !== null ? { ...inner } : {};
}
