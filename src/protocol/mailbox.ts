import type { Notice } from './message.ts';

/** All that the mailbox view shows. */
export interface MailboxView {
  readonly state: 'asleep' | 'loading' | 'ready' | 'elsewhere' | 'failed';
  readonly target: string;
  readonly mails: readonly MailView[];
  readonly notice?: Notice;
}

export interface MailView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly date: string;
  readonly read: boolean;
  readonly links: readonly MailLink[];
}

export interface MailLink {
  readonly label: string;
  /** What came of following it, once it was. */
  readonly outcome?: 'following' | 'done' | 'failed';
  readonly said?: string;
}

export type MailboxRequest =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'wake' }
  | { readonly kind: 'showLog' }
  | { readonly kind: 'switchTarget' }
  | { readonly kind: 'read'; readonly mail: string }
  | { readonly kind: 'remove'; readonly mail: string }
  | { readonly kind: 'copyBody'; readonly mail: string }
  | { readonly kind: 'follow'; readonly mail: string; readonly link: number };
