// Hops as the sandbox records them -> the last journey of each trip, and the plan of messages it fills. Pure.
// A hop may be several messages: that STS was asked says that the browser posted the response before.
import type { IdentityProviderHop } from '../../aws/identityProvider.ts';
import type { LaneName, TripName, TripStart } from '../../protocol/roundTrip.ts';

export interface Journey {
  readonly flow: string;
  readonly trip: TripName;
  readonly start: TripStart;
  readonly hops: readonly IdentityProviderHop[];
  /** How many there were before. */
  readonly round: number;
}

export type LineId =
  | 'authorize'
  | 'request'
  | 'sign-in'
  | 'response'
  | 'post'
  | 'assume'
  | 'credentials'
  | 'code'
  | 'redeem'
  | 'tokens'
  | 'user-info'
  | 'logout-request'
  | 'logout-response';

export interface Planned {
  readonly id: LineId;
  readonly from: LaneName;
  readonly to: LaneName;
  readonly title: string;
}

const line = (id: LineId, from: LaneName, to: LaneName, title: string): Planned => ({ id, from, to, title });

const signingIn: readonly Planned[] = [
  line('sign-in', 'browser', 'provider', 'The user says who they are'),
  line('response', 'provider', 'browser', 'A signed SAMLResponse, in a form'),
];

const plans: Readonly<Record<TripName, Readonly<Record<TripStart, readonly Planned[]>>>> = {
  aws: (() => {
    const plan = [
      ...signingIn,
      line('post', 'browser', 'service', 'The browser posts the SAMLResponse'),
      line('assume', 'service', 'far', 'AssumeRoleWithSAML'),
      line('credentials', 'far', 'service', 'Temporary credentials of the role'),
    ];
    return { provider: plan, service: plan };
  })(),
  cognito: (() => {
    const rest = [
      ...signingIn,
      line('post', 'browser', 'service', 'The browser posts the SAMLResponse'),
      line('code', 'service', 'far', 'A code, by way of the browser'),
      line('redeem', 'far', 'service', 'The app redeems the code'),
      line('tokens', 'service', 'far', 'ID token and access token'),
      line('user-info', 'service', 'far', 'userInfo: who is it?'),
    ];
    const begin = [
      line('authorize', 'browser', 'service', '/oauth2/authorize'),
      line('request', 'service', 'provider', 'AuthnRequest, by way of the browser'),
    ];
    return { provider: rest, service: [...begin, ...rest] };
  })(),
};

const signingOut: readonly Planned[] = [
  line('logout-request', 'service', 'provider', 'LogoutRequest, by way of the browser'),
  line('logout-response', 'provider', 'service', 'LogoutResponse, posted by the browser'),
];

export function planOf(trip: TripName, start: TripStart, journey: Journey | undefined): readonly Planned[] {
  const plan = plans[trip][start];
  return journey?.hops.some(({ kind }) => kind === 'logout-request') ? [...plan, ...signingOut] : plan;
}

/** The hop that tells what became of a message. */
export function hopOf({ hops }: Journey, id: LineId): IdentityProviderHop | undefined {
  const told = (kind: string, to?: string) =>
    hops.findLast((hop) => hop.kind === kind && (to === undefined || hop.to === to));
  const assume = told('assume-role');
  switch (id) {
    case 'authorize':
      // A browser that Cognito still knows gets its code at once.
      return told('authn-request') ?? (hops[0]?.kind === 'code' ? hops[0] : undefined);
    case 'request':
      return told('authn-request');
    case 'sign-in':
      return told('sign-in');
    case 'response':
      return told('response', 'browser');
    case 'post':
      return told('response', 'cognito') ?? assume;
    case 'assume':
      return assume?.message?.startsWith('{') ? assume : undefined;
    case 'credentials':
      return assume?.error ? undefined : assume;
    case 'code':
      return told('code');
    case 'redeem':
      return told('tokens') ?? told('redeem-refused');
    default:
      return told(id);
  }
}

export type LineState = 'waiting' | 'done' | 'failed' | 'never' | 'skipped';

export function statesOf(journey: Journey | undefined, plan: readonly Planned[]): ReadonlyMap<LineId, LineState> {
  const states = new Map<LineId, LineState>();
  const last = journey ? plan.findLastIndex(({ id }) => hopOf(journey, id) !== undefined) : -1;
  let failed = false;
  plan.forEach(({ id }, at) => {
    const hop = journey && hopOf(journey, id);
    const wrong = hop?.error !== undefined && failsAt(hop, id);
    states.set(id, failed ? 'never' : wrong ? 'failed' : hop ? 'done' : at < last ? 'skipped' : 'waiting');
    failed ||= wrong;
  });
  return states;
}

/** AWS sign-in refuses a response without roles by itself; all else it leaves to STS. */
function failsAt(hop: IdentityProviderHop, id: LineId): boolean {
  if (hop.kind === 'assume-role') return id === (hop.message?.startsWith('{') ? 'assume' : 'post');
  return hop.kind === 'response' ? id === 'post' : true;
}

const signingOutKinds = new Set(['logout-request', 'logout-response']);

/** Takes hops in, in the order of their coming. A sign-out belongs to the journey to Cognito before it. */
export function follow(
  journeys: Readonly<Partial<Record<TripName, Journey>>>,
  hops: readonly IdentityProviderHop[],
): Readonly<Partial<Record<TripName, Journey>>> {
  let known = journeys;
  for (const hop of hops) {
    const trip = tripOf(hop, known);
    if (trip === undefined) continue;
    const before = known[trip];
    const same = before !== undefined && (before.flow === hop.flow || signingOutKinds.has(hop.kind));
    known = {
      ...known,
      [trip]: same ? { ...before, hops: [...before.hops, hop] } : begun(trip, hop, (before?.round ?? 0) + 1),
    };
  }
  return known;
}

const begun = (trip: TripName, hop: IdentityProviderHop, round: number): Journey => ({
  flow: hop.flow,
  trip,
  start: trip === 'cognito' && (hop.kind === 'authn-request' || hop.kind === 'code') ? 'service' : 'provider',
  hops: [hop],
  round,
});

function tripOf(hop: IdentityProviderHop, known: Readonly<Partial<Record<TripName, Journey>>>): TripName | undefined {
  const { service, from, to, flow } = hop;
  if (signingOutKinds.has(hop.kind)) return known.cognito && 'cognito';
  if (service === 'aws' || to === 'aws') return 'aws';
  if (service === 'cognito' || from === 'cognito' || to === 'cognito') return 'cognito';
  return (['aws', 'cognito'] as const).find((trip) => known[trip]?.flow === flow);
}
