import type { Notice } from './message.ts';

// The queue viewer. The view holds the header, one window of rows and one message in full: never the whole queue, which the host keeps.

export type RowState = 'visible' | 'locked' | 'inflight' | 'delayed' | 'held';

export interface PeekView {
  readonly queue: PeekedQueueView;
  /** `true`: the sandbox's store is read, without effect. `guarded`: to look is to receive. */
  readonly manner: 'true' | 'guarded' | 'unknown';
  readonly phase: 'loading' | 'ready' | 'gone' | 'failed';
  readonly counts?: { readonly visible: number; readonly inflight: number; readonly delayed: number };
  /** Where its dead letters go. */
  readonly deadLetters?: { readonly name: string; readonly maxReceiveCount: number; readonly depth?: number };
  /** Names of the queues whose dead letters come here. */
  readonly sources: readonly string[];
  readonly notice?: Notice;
  readonly busy?: { readonly what: string };
  readonly price?: PriceView;
  readonly lastLook?: { readonly at: number; readonly said: string };
  readonly held?: { readonly count: number; readonly until: number };
  /** Known messages, and how many of them the search leaves. */
  readonly total: number;
  readonly shown: number;
  readonly unread: number;
  readonly search: string;
  readonly problem?: string;
  readonly sorting: { readonly by: string; readonly descending: boolean };
  /** Another number: rows may have moved. */
  readonly version: number;
  readonly window: { readonly from: number; readonly rows: readonly RowView[] };
  /** The message that the page's cursor is on, and its place; -1: it is not shown. */
  readonly cursor: { readonly id: string; readonly at: number };
  readonly chosen: number;
  readonly opened?: MessageView;
  /** Queue's time when this was drawn, in milliseconds, as all times here. */
  readonly now: number;
  /** To be read out, once. */
  readonly words?: { readonly number: number; readonly text: string };
}

export interface PeekedQueueView {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly target: string;
  readonly account: string;
  readonly region: string;
  readonly real: boolean;
}

export interface PriceView {
  /** What is agreed to by it. */
  readonly number: number;
  readonly level: 'free' | 'priced' | 'refused';
  readonly says: readonly string[];
  readonly refusal?: string;
  readonly instead?: string;
}

export interface RowView {
  readonly id: string;
  readonly state: RowState;
  readonly sentAt: number;
  readonly expiresAt: number;
  readonly due?: number;
  readonly receives: number;
  readonly group?: string;
  readonly size: number;
  readonly preview: string;
  readonly chosen: boolean;
}

export interface MessageView {
  readonly row: RowView;
  readonly layers: readonly LayerView[];
  readonly attributes: readonly AttributeView[];
  /** Name and value, in SQS's own names. */
  readonly system: readonly (readonly [name: string, value: string])[];
  /** What has to be known of it, such as why it expires when it does. */
  readonly remarks: readonly string[];
}

export interface LayerView {
  readonly title: string;
  readonly kind: 'json' | 'text' | 'bytes' | 'facts';
  readonly text: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly note?: string;
}

export interface AttributeView {
  readonly name: string;
  readonly type: string;
  readonly layers: readonly LayerView[];
}

export type PeekRequest =
  | { readonly kind: 'ready' }
  /** These rows are in sight; the cursor is on this message (or on none). */
  | { readonly kind: 'see'; readonly from: number; readonly count: number; readonly cursor: string }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'sort'; readonly by: string; readonly order: string }
  | { readonly kind: 'refresh' }
  /** `price`: the number of the price that was read. */
  | { readonly kind: 'look'; readonly price: number }
  | { readonly kind: 'lookAnyway'; readonly price: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'giveBack' }
  | { readonly kind: 'open'; readonly message: string }
  | { readonly kind: 'close' }
  | { readonly kind: 'toggle'; readonly message: string }
  /** All that are shown from the one to the other. */
  | { readonly kind: 'chooseTo'; readonly from: string; readonly to: string }
  | { readonly kind: 'chooseAll' }
  | { readonly kind: 'chooseNone' }
  /** The chosen ones; none chosen: this one. So with all that follow. */
  | { readonly kind: 'copyBody'; readonly message: string }
  | { readonly kind: 'copyJson'; readonly message: string }
  | { readonly kind: 'save'; readonly message: string }
  | { readonly kind: 'redrive'; readonly message: string }
  | { readonly kind: 'remove'; readonly message: string }
  | { readonly kind: 'resend'; readonly message: string }
  | { readonly kind: 'openBody'; readonly message: string }
  | { readonly kind: 'viewDeadLetters' }
  | { readonly kind: 'viewSource'; readonly source: number }
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'offer'; readonly offer: string };
