// The state of the round trip -> what its panel shows, in words. Pure.
import type { IdentityProviderFacts, IdentityProviderHop } from '../../aws/identityProvider.ts';
import { kinds } from '../../aws/resources/kinds.ts';
import type { Notice } from '../../protocol/message.ts';
import type {
  BreakView,
  LaneView,
  LineView,
  RoundTripView,
  SetUpView,
  TripName,
  TripStart,
  TripView,
} from '../../protocol/roundTrip.ts';
import { shownText } from '../shownText.ts';
import { detailOf, type Evidence } from './roundTripDetail.ts';
import { hopOf, planOf, statesOf, type Journey } from './roundTripJourney.ts';
import { nameOfThing, thingKinds, type ThingKind, type Things } from './roundTripThings.ts';

export interface RoundTripState {
  readonly target: string;
  readonly region: string;
  readonly elsewhere: boolean;
  readonly ready: boolean;
  readonly notice: Notice | undefined;
  readonly busy: string | undefined;
  readonly facts: IdentityProviderFacts | undefined;
  readonly things: Things;
  /** Removed, and looked again. */
  readonly removed: boolean;
  readonly stale: boolean;
  readonly trip: TripName;
  readonly start: Readonly<Record<TripName, TripStart>>;
  readonly user: string;
  readonly journeys: Readonly<Partial<Record<TripName, Journey>>>;
  evidence(journey: Journey, hop: IdentityProviderHop): Evidence | undefined;
  readonly canSignOut: boolean;
  readonly outOfReach: string | undefined;
  readonly said: RoundTripView['said'];
}

export function roundTripView(state: RoundTripState): RoundTripView {
  const { facts, trip, elsewhere, ready, notice } = state;
  return {
    state: elsewhere ? 'elsewhere' : facts && ready ? 'ready' : notice ? 'failed' : 'loading',
    target: state.target,
    setUp: setUpView(state),
    trip,
    trips: { aws: tripView(state, 'aws'), cognito: tripView(state, 'cognito') },
    users: (facts?.users ?? []).map(({ name, givenName, surname, mail, groups }) => ({
      name,
      label: shownText(`${givenName} ${surname}`.trim(), 60),
      words: shownText([mail, groups.join(', ')].filter(Boolean).join('; '), 120),
    })),
    user: state.user,
    breaks: facts ? breaksOf(facts, trip) : [],
    keys: keysOf(state),
    said: state.said,
    ...(state.busy !== undefined && { busy: state.busy }),
    ...(notice && { notice }),
    ...(state.outOfReach !== undefined && { outOfReach: state.outOfReach }),
  };
}

const purposes: Readonly<Record<ThingKind, string>> = {
  samlProvider: 'IAM’s copy of the identity provider’s metadata.',
  role: 'What people become. Its trust policy names the provider.',
  userPool: 'Cognito’s users, who come from the provider.',
  userPoolDomain: 'Where Cognito’s pages and addresses are.',
  identityProvider: 'Cognito’s copy of the metadata, and which attribute becomes which.',
  appClient: 'The app that people sign in to.',
};

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function setUpView({ things, region, removed }: RoundTripState): SetUpView {
  const there = thingKinds.filter((kind) => things[kind] !== undefined).length;
  const all = thingKinds.length;
  const sentence = {
    nothing: removed
      ? `Nothing is left: looked again for all ${all}, and found 0.`
      : `A round trip needs ${all} resources in the sandbox, made from the local identity provider’s metadata. They cost nothing.`,
    part: `${there} of ${all} are there. Set up makes the rest.`,
    whole: `All ${all} are there, in the sandbox alone, tagged aws-labs:session = saml-round-trip.`,
  };
  const state = there === 0 ? 'nothing' : there < all ? 'part' : 'whole';
  const list = thingKinds.map((kind) => ({
    id: kind,
    kind: upper(kinds[kind].label),
    name:
      things[kind]?.ref.startsWith('arn:') === false && kind === 'userPool'
        ? `${nameOfThing(kind, region)} (${things[kind].ref})`
        : nameOfThing(kind, region),
    there: things[kind] !== undefined,
    what: purposes[kind],
  }));
  return { state, sentence: sentence[state], things: list };
}

const lanes: Readonly<Record<TripName, readonly LaneView[]>> = {
  aws: [
    { name: 'browser', title: 'Browser', words: 'the user’s' },
    { name: 'provider', title: 'Identity provider', words: 'a company’s AD FS' },
    { name: 'service', title: 'AWS sign-in', words: 'service provider' },
    { name: 'far', title: 'AWS STS', words: 'gives credentials' },
  ],
  cognito: [
    { name: 'browser', title: 'Browser', words: 'the user’s' },
    { name: 'provider', title: 'Identity provider', words: 'a company’s AD FS' },
    { name: 'service', title: 'Cognito', words: 'service provider' },
    { name: 'far', title: 'App', words: 'gets tokens' },
  ],
};

const starts: Readonly<Record<TripName, TripView['starts']>> = {
  aws: [
    {
      id: 'provider',
      label: 'Begins at the identity provider',
      words: 'AWS sign-in asks nobody: it only takes responses (IdP-initiated).',
    },
  ],
  cognito: [
    { id: 'service', label: 'Begins at the app', words: 'Cognito sends an AuthnRequest (SP-initiated).' },
    { id: 'provider', label: 'Begins at the identity provider', words: 'The response comes unasked (IdP-initiated).' },
  ],
};

const titles: Readonly<Record<TripName, string>> = { aws: 'To AWS sign-in', cognito: 'To Cognito and an app' };

function tripView(state: RoundTripState, trip: TripName): TripView {
  const journey = state.journeys[trip];
  const lines = linesOf(state, trip, journey);
  const outcome = journey && outcomeOf(journey, lines);
  return {
    title: titles[trip],
    starts: starts[trip],
    lanes: lanes[trip],
    lines,
    round: journey?.round ?? 0,
    canSignOut: trip === 'cognito' && state.canSignOut,
    ...(outcome && { outcome }),
  };
}

function linesOf(state: RoundTripState, trip: TripName, journey: Journey | undefined): readonly LineView[] {
  const plan = planOf(trip, journey?.start ?? state.start[trip], journey);
  const states = statesOf(journey, plan);
  return plan.map(({ id, from, to, title }) => {
    const hop = journey && hopOf(journey, id);
    const happened = states.get(id) ?? 'waiting';
    const evidence = journey && hop && state.evidence(journey, hop);
    const shown = happened === 'done' || happened === 'failed' ? hop : undefined;
    return {
      id,
      from,
      to,
      title: id === 'sign-in' && hop?.user !== undefined ? `${shownText(hop.user, 64)} signs in` : title,
      state: happened,
      ...markOf(happened, hop),
      detail: detailOf(id, trip, shown, evidence),
    };
  });
}

function markOf(state: LineView['state'], hop: IdentityProviderHop | undefined): Pick<LineView, 'mark'> {
  if (state === 'failed') return { mark: hop?.error?.code ?? 'refused' };
  if (state === 'skipped') return { mark: 'not needed' };
  if (state === 'never') return { mark: 'never reached' };
  return state === 'done' && hop ? { mark: hop.time.slice(11, 19) } : {};
}

function outcomeOf({ trip, hops }: Journey, lines: readonly LineView[]): TripView['outcome'] {
  const failed = lines.find(({ state }) => state === 'failed');
  const broken = hops.find(({ broken: by }) => by !== undefined)?.broken;
  if (failed) {
    const error = hops.findLast((hop) => hop.error !== undefined)?.error;
    return { state: 'refused', text: `Refused at “${failed.title}”: ${error?.message.trim() ?? ''}` };
  }
  const signedOut = lines.find(({ id }) => id === 'logout-response');
  if (signedOut?.state === 'done')
    return { state: 'arrived', text: 'Signed in, and signed out again, also at the identity provider.' };
  const last = lines.findLast(({ id }) => !id.startsWith('logout'));
  if (last?.state !== 'done') return { state: 'going', text: 'On the way.' };
  const got = trip === 'aws' ? 'STS gave credentials' : 'The app has its tokens';
  const surprise = broken === undefined ? undefined : surprises[broken];
  return surprise === undefined
    ? { state: 'arrived', text: `${got}.` }
    : { state: 'surprise', text: `${got}, ${surprise}` };
}

/** What was broken, and got through, for a reason. */
const surprises: Readonly<Record<string, string>> = {
  comment: 'for the whole name with .evil: the comment fooled nobody.',
  'no-role':
    'though the mail address was missing: Cognito knew the address from an earlier sign-in. Take somebody who was never here.',
};

/** Where the sandbox's own words are about AWS sign-in. */
const atCognito: Readonly<Record<string, string>> = {
  recipient: 'The assertion may be presented at another address only. Cognito compares it with its own.',
  'other-key':
    'The response is signed, and rightly so, but by a key that is not in the metadata: a rollover nobody told Cognito of, or a forger.',
};

function breaksOf({ break: chosen, breaks }: IdentityProviderFacts, trip: TripName): readonly BreakView[] {
  const none = {
    id: 'none',
    title: 'Nothing',
    what: 'A response as it should be.',
    says: trip === 'aws' ? 'Credentials.' : 'Tokens.',
    chosen: chosen === undefined,
  };
  return [
    none,
    ...breaks.map(({ id, title, what, expects }) => ({
      id,
      title,
      what: (trip === 'cognito' ? atCognito[id] : undefined) ?? what,
      says: expects[trip],
      chosen: id === chosen,
    })),
  ];
}

function keysOf({ stale, things }: RoundTripState): RoundTripView['keys'] {
  if (!things.samlProvider && !things.identityProvider)
    return { stale: false, sentence: 'AWS has no metadata of the provider yet: set up first.' };
  return stale
    ? {
        stale,
        sentence:
          'The identity provider signs with a new key. IAM and Cognito still have the old metadata, and refuse what it signs.',
      }
    : { stale, sentence: 'IAM and Cognito have the certificate of the key that signs now.' };
}
