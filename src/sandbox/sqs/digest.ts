// The digests with which SDKs check that SQS has received what they sent.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
import { hash } from 'node:crypto';
import type { AttributeValue } from './messageAttributes.ts';

export const digestBody = (body: string): string => hash('md5', body);

/** What content-based deduplication takes as the deduplication id. */
export const digestContent = (body: string): string => hash('sha256', body);

/** Names in order; for each: name, type, 1 for text or 2 for bytes, value, all but the mark with their length before. */
export function digestAttributes(attributes: Readonly<Record<string, AttributeValue>>): string {
  const parts: Uint8Array[] = [];
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, bytes);
  };
  for (const [name, value] of Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    add(Buffer.from(name));
    add(Buffer.from(value.DataType));
    parts.push(Buffer.of(value.BinaryValue === undefined ? 1 : 2));
    add(value.BinaryValue ?? Buffer.from(value.StringValue ?? ''));
  }
  return hash('md5', Buffer.concat(parts));
}
