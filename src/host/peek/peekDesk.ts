import type { LookClock } from '../../peek/holds.ts';
import type { QueueRef } from '../../peek/queueFacts.ts';
import type { Notice, OfferId } from '../../protocol/message.ts';
import type { Prefill } from '../resources/prefill.ts';

/** What the viewer has other people and parts do. */
export interface PeekDesk {
  readonly clock: LookClock;
  explain(error: unknown): Notice;
  copy(text: string): PromiseLike<void>;
  /** A modal question. */
  confirm(question: string, detail: string, yes: string): Promise<boolean>;
  /** On a real account: whether this name was typed. */
  typeName(question: string, name: string): Promise<boolean>;
  pick(title: string, labels: readonly string[]): Promise<string | undefined>;
  /** Asks where, and writes. Gives the file's name; undefined: it was not wanted. */
  save(name: string, pieces: Iterable<string>): Promise<string | undefined>;
  showText(text: string, language: 'json' | 'plaintext'): PromiseLike<void>;
  /** Opens the form in which a message is edited and sent again. */
  compose(prefill: Prefill): PromiseLike<void> | void;
  view(queue: QueueRef): void;
  takeOffer(id: OfferId): PromiseLike<void> | void;
}
