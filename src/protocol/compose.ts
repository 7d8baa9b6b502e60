// What the composer's page and the host say to each other. The page never knows an address: the host does, by the panel.
import type { Notice } from './message.ts';

export interface DraftAttribute {
  readonly name: string;
  /** `String`, `Number`, `Binary`, of topics also `String.Array`; or one of these with a name of one's own: `Number.int`. */
  readonly type: string;
  /** Of `Binary`, base64. */
  readonly value: string;
}

/** All that the form holds, as it was typed: the host judges it. Fields that a destination does not have are empty. */
export interface Draft {
  readonly body: string;
  /** Whether `body` is base64 of the record's bytes (streams). */
  readonly base64: boolean;
  readonly subject: string;
  /** Whether `bodies` holds texts of their own for some protocols (topics); `body` is then the text of all others. */
  readonly perProtocol: boolean;
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: readonly DraftAttribute[];
  /** Seconds. */
  readonly delay: string;
  readonly groupId: string;
  readonly deduplicationId: string;
  readonly partitionKey: string;
  readonly hashKey: string;
  /** How many times it is sent. */
  readonly count: string;
}

export interface DestinationView {
  readonly kind: 'queue' | 'topic' | 'stream';
  readonly name: string;
  readonly fifo: boolean;
  /** FIFO: the service makes the deduplication id from the body when none is given. */
  readonly contentDeduplication: boolean;
  /** Bytes of one message or record. */
  readonly limit: number;
  /** For people: `the sandbox`, `AWS (profile work), account 1234, eu-west-1`. */
  readonly where: string;
  readonly real: boolean;
}

export interface DraftProblem {
  /** The field's name in Draft; `attributes.2.name` of the third attribute; `bodies.email`. */
  readonly field: string;
  readonly what: string;
}

export interface SentView {
  readonly ok: boolean;
  /** Message id, or sequence number. */
  readonly id: string;
  readonly more?: string;
  /** Why it was not taken. */
  readonly why?: string;
}

/** All that the composer shows, apart from the form itself, whose text is the page's own. */
export interface ComposeView {
  /** By which the host knows the panel's destination after a reload of the window. */
  readonly id: string;
  readonly phase: 'opening' | 'ready' | 'failed';
  readonly to?: DestinationView;
  /** What the form starts with where the page has nothing of its own. */
  readonly prefill: Draft;
  readonly problems: readonly DraftProblem[];
  /** Bytes that the service would count. */
  readonly bytes: number;
  readonly sending?: { readonly done: number; readonly total: number };
  /** `Sent 3 messages.` */
  readonly outcome?: { readonly ok: boolean; readonly what: string; readonly at: string };
  readonly results: readonly SentView[];
  /** After a success the original is deleted. */
  readonly replaces?: string;
  readonly notice?: Notice;
}

export type ComposeRequest =
  /** `draft`: a Draft as JSON; empty where the page has none of its own yet. */
  | { readonly kind: 'ready'; readonly draft: string }
  | { readonly kind: 'check'; readonly draft: string }
  | { readonly kind: 'send'; readonly draft: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'copyResult'; readonly place: number }
  | { readonly kind: 'offer'; readonly offer: string };
