// Messages as text for elsewhere: one JSON object, or one a line. In the names that SQS itself uses.
import { systemAttributes, type SeenMessage } from './model.ts';

export function messageJson(message: SeenMessage): object {
  const { id, body, attributes } = message;
  return {
    MessageId: id,
    Body: body,
    Attributes: systemAttributes(message),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

/** NDJSON, in pieces of some size, so that 100,000 messages need not be one text. */
export function* messageLines(messages: Iterable<SeenMessage>): Generator<string> {
  let piece = '';
  for (const message of messages) {
    piece += `${JSON.stringify(messageJson(message))}\n`;
    if (piece.length < 1_000_000) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
