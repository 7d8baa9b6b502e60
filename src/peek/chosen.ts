// What is done to chosen messages that a look holds: out of the queue for good, or back to where they came from.
// In: ids. Out: which are done, and which are left and why. Never: acts by a handle whose hold may have ended.
import { deleteMessages, moveMessages } from '../aws/actions/messages.ts';
import type { Target } from '../aws/target.ts';
import type { Holds } from './holds.ts';
import type { SeenAttribute, SeenMessage } from './model.ts';

export interface Acted {
  readonly done: readonly string[];
  readonly left: readonly { readonly id: string; readonly why: string }[];
}

const notHeld = 'it is not held any more';

/** What SQS refuses is among `left`. */
export async function deleteHeld(target: Target, url: string, holds: Holds, ids: readonly string[]): Promise<Acted> {
  const held = ids.flatMap((id) => {
    const handle = holds.handle(id);
    return handle === undefined ? [] : [{ id, handle }];
  });
  const results = await deleteMessages(
    target,
    url,
    held.map(({ handle }) => handle),
  );
  const done: string[] = [];
  const left = ids.filter((id) => !held.some((each) => each.id === id)).map((id) => ({ id, why: notHeld }));
  for (const [place, { id }] of held.entries()) {
    const result = results[place];
    if (result?.ok) done.push(id);
    else left.push({ id, why: result?.why ?? notHeld });
  }
  holds.drop(done);
  return { done, left };
}

/** Copies, then deletes each original whose copy was accepted. `to`: the queue's URL. */
export async function redriveHeld(
  target: Target,
  from: string,
  holds: Holds,
  messages: readonly SeenMessage[],
  to: string,
): Promise<Acted> {
  await holds.prolong(undefined, Infinity);
  const held = messages.flatMap((message) => {
    const handle = holds.handle(message.id);
    return handle === undefined ? [] : [received(message, handle)];
  });
  const results = await moveMessages(target, { from, to }, held);
  const done = results.filter(({ state }) => state === 'moved').map(({ messageId }) => messageId);
  const left = messages
    .filter(({ id }) => !held.some(({ messageId }) => messageId === id))
    .map(({ id }) => ({ id, why: notHeld }));
  for (const result of results) {
    if (result.state === 'stayed') left.push({ id: result.messageId, why: result.why });
    if (result.state === 'copied')
      left.push({ id: result.messageId, why: `it was sent, and is here as well: ${result.why}` });
  }
  holds.drop(done);
  return { done, left };
}

const received = ({ id, body, attributes, groupId, traceHeader }: SeenMessage, receiptHandle: string) => ({
  messageId: id,
  receiptHandle,
  body,
  attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, sendable(value)])),
  ...(groupId !== undefined && { groupId }),
  ...(traceHeader !== undefined && { traceHeader }),
});

const sendable = ({ DataType, StringValue, BinaryValue }: SeenAttribute) => ({
  DataType,
  ...(StringValue !== undefined && { StringValue }),
  ...(BinaryValue !== undefined && { BinaryValue: Buffer.from(BinaryValue, 'base64') }),
});
