import type { PortMessageAttribute } from '../../ports.ts';
import type { Topic } from '../state.ts';

/** A message that was published, as it stays while it is delivered. */
export interface Publication {
  readonly messageId: string;
  readonly topicArn: string;
  /** The topic's. */
  readonly account: string;
  readonly subject?: string;
  /** What subscribers get whose protocol has no text of its own. */
  readonly message: string;
  /** By protocol, where the publisher said `MessageStructure: json`. */
  readonly byProtocol?: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, PortMessageAttribute>>;
  /** ISO 8601 */
  readonly timestamp: string;
  readonly signatureVersion: '1' | '2';
  readonly fifo: boolean;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
}

export function messageFor(publication: Publication, protocol: string): string {
  return publication.byProtocol?.[protocol] ?? publication.message;
}

export const signatureVersionOf = (topic: Topic | undefined): '1' | '2' =>
  topic?.attributes.get('SignatureVersion') === '2' ? '2' : '1';
