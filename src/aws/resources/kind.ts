// What every kind of resource knows about itself: how it is found, shown, tagged, weighed and removed.
// The trees list with it, checks and clean-up look up with it. Types only; kinds.ts is the table of all.
import type { OperationName } from '../operations.ts';
import type { Target } from '../target.ts';
import type { KindName } from './kindName.ts';

/** What tells one resource from all others of its kind in an account and region: known before it is created. */
export type ResourceKey = Readonly<Record<string, string>>;

export interface Entry {
  readonly kind: KindName;
  readonly key: ResourceKey;
  readonly name: string;
  readonly arn?: string;
}

/** A resource that is there. */
export interface Found extends Entry {
  /** What its create call would have answered; absent where only the call itself can tell. */
  readonly output?: object;
  /** How the service is told which one is meant: a queue's URL, an ARN. */
  readonly ref: string;
}

export interface Page {
  /** Some services list resources with their facts. */
  readonly entries: readonly (Found | Description)[];
  readonly next?: string;
}

export interface Description extends Found {
  /** Facts for people and for checks, in the service's own names. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface Relation {
  readonly to: KindName;
  readonly arn: string;
  /** `sends to`, `dead-letters to`. */
  readonly label: string;
}

export interface Content {
  readonly what: string;
  readonly count: number;
}

export type Removal =
  | { readonly state: 'gone' }
  /** It cannot be removed by itself; it ends with another, or by itself. */
  | { readonly state: 'stays'; readonly why: string };

export type Emptying =
  | { readonly state: 'emptied' }
  /** Not now. `why` is a sentence that says when. */
  | { readonly state: 'refused'; readonly why: string };

export type Tags = Readonly<Record<string, string>>;

/** Where to look things up. */
export interface Look {
  readonly target: Target;
  readonly signal?: AbortSignal;
}

export interface ResourceKind {
  readonly kind: KindName;
  /** For people: `topic`, `topics`. */
  readonly label: string;
  readonly plural: string;
  /** Kinds that must be gone before one of this kind is removed. */
  readonly goesAfter: readonly KindName[];
  /** Whether a create call of this kind carries tags. */
  readonly taggable: boolean;
  readonly costPerHour: number;
  /** The key that a create call, tags and all, will give its resource; undefined when the input lacks it. */
  keyOf(operation: OperationName, input: Readonly<Record<string, unknown>>): ResourceKey | undefined;
  nameOf(key: ResourceKey): string;
  /** The create call's input with these tags, in the service's own form. */
  withTags(input: object, tags: Tags): object;
  /** The create call's input with what this region wants to be said, where it was not. */
  forRegion?(input: object, region: string): object;
  /** What the create call's answer says of it, where that is not the first text in it; `key` where the service gives it an id. */
  made?(output: object): { readonly ref: string; readonly arn?: string; readonly key?: ResourceKey };
  list(look: Look, next?: string): Promise<Page>;
  find(look: Look, key: ResourceKey): Promise<Found | undefined>;
  /** Of a kind whose names are not unique: what somebody else may have made under the key's name; undefined where several may be meant. */
  namesake?(look: Look, key: ResourceKey): Promise<Found | undefined>;
  describe(look: Look, found: Found): Promise<Description | undefined>;
  tags(look: Look, found: Found): Promise<Tags>;
  /** Adds these tags to what is there, or overwrites them; all others stay. Absent where a kind carries none. */
  tag?(look: Look, found: Pick<Found, 'ref'>, tags: Tags): Promise<void>;
  /** Of a kind without tags: the resource that it ends with, and whose tags tell whose it is. */
  partOf?(key: ResourceKey): { readonly kind: KindName; readonly key: ResourceKey };
  relations(description: Description): readonly Relation[];
  /** What would be lost with it. */
  contents(look: Look, found: Found): Promise<readonly Content[]>;
  /** Throws away what is in it, for good, and keeps it. Absent where a kind holds nothing. */
  empty?(look: Look, found: Pick<Found, 'name' | 'ref'>): Promise<Emptying>;
  /** Already gone is gone. */
  remove(look: Look, found: Found): Promise<Removal>;
  consoleUrl(found: Entry, region: string): string | undefined;
}
