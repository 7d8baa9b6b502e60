import type { Json, Notice } from './message.ts';

/** All that the panel of the SAML round trip shows. Secrets are not in it: they are cut short before. */
export interface RoundTripView {
  readonly state: 'elsewhere' | 'loading' | 'ready' | 'failed';
  readonly target: string;
  readonly notice?: Notice;
  /** What is being done, in words; nothing else can be begun meanwhile. */
  readonly busy?: string;
  readonly setUp: SetUpView;
  readonly trip: TripName;
  readonly trips: Readonly<Record<TripName, TripView>>;
  readonly users: readonly TripUser[];
  readonly user: string;
  readonly breaks: readonly BreakView[];
  readonly keys: KeysView;
  /** Why a browser does not reach the pages, where it does not. */
  readonly outOfReach?: string;
  /** For the live region: said once a number. */
  readonly said: { readonly number: number; readonly text: string };
}

export type TripName = 'aws' | 'cognito';
export type TripStart = 'provider' | 'service';

export interface SetUpView {
  readonly state: 'nothing' | 'part' | 'whole';
  readonly sentence: string;
  readonly things: readonly SetUpThing[];
}

export interface SetUpThing {
  readonly id: string;
  /** IAM SAML provider */
  readonly kind: string;
  readonly name: string;
  readonly there: boolean;
  readonly what: string;
}

export interface TripUser {
  readonly name: string;
  readonly label: string;
  readonly words: string;
}

export interface BreakView {
  /** `none`: the response as it should be. */
  readonly id: string;
  readonly title: string;
  readonly what: string;
  /** What is said to it, at the trip that is shown. */
  readonly says: string;
  readonly chosen: boolean;
}

export interface KeysView {
  readonly sentence: string;
  /** AWS or Cognito still has metadata without the key that signs now. */
  readonly stale: boolean;
}

export type LaneName = 'browser' | 'provider' | 'service' | 'far';

export interface LaneView {
  readonly name: LaneName;
  readonly title: string;
  readonly words: string;
}

export interface TripView {
  readonly title: string;
  readonly starts: readonly { readonly id: TripStart; readonly label: string; readonly words: string }[];
  readonly lanes: readonly LaneView[];
  readonly lines: readonly LineView[];
  /** Which journey this is: another number, another journey. */
  readonly round: number;
  /** How the last trip ended. */
  readonly outcome?: { readonly state: 'going' | 'arrived' | 'refused' | 'surprise'; readonly text: string };
  /** Somebody is signed in who can sign out. */
  readonly canSignOut: boolean;
}

/** One message between two lanes. */
export interface LineView {
  readonly id: string;
  readonly from: LaneName;
  readonly to: LaneName;
  readonly title: string;
  readonly state: 'waiting' | 'done' | 'failed' | 'never' | 'skipped';
  /** In a word, beside the arrow: what failed, or when it came. */
  readonly mark?: string;
  readonly detail: DetailView;
}

export interface DetailView {
  /** What this message is for. */
  readonly why: string;
  readonly blocks: readonly DetailBlock[];
}

export type DetailBlock =
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly why: string;
      readonly realLife: string;
    }
  | { readonly kind: 'note'; readonly text: string; readonly state: 'good' | 'bad' | 'plain' }
  | { readonly kind: 'facts'; readonly title: string; readonly rows: readonly FactRow[] }
  | { readonly kind: 'code'; readonly title: string; readonly text: string }
  | { readonly kind: 'json'; readonly title: string; readonly value: Json };

export interface FactRow {
  readonly label: string;
  readonly value: string;
  /** What is checked of it, and by whom. */
  readonly check?: string;
  readonly state: 'good' | 'bad' | 'unread' | 'plain';
}

export type RoundTripRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'offer'; readonly offer: string }
  | { readonly kind: 'setUp' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'trip'; readonly trip: string }
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'signIn'; readonly start: string }
  | { readonly kind: 'browse'; readonly start: string }
  | { readonly kind: 'copyAddress'; readonly start: string }
  | { readonly kind: 'signOut' }
  | { readonly kind: 'break'; readonly break: string }
  | { readonly kind: 'rollOver' }
  | { readonly kind: 'update' };
