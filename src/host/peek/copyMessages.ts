import { messageJson, messageLines } from '../../peek/messageJson.ts';
import type { SeenMessage } from '../../peek/model.ts';
import type { Notice } from '../../protocol/message.ts';
import type { PeekDesk } from './peekDesk.ts';
import type { PeekSession } from './peekSession.ts';
import { messages } from './peekWords.ts';

/** Bodies as they are, one after the other. */
export async function copyBodies(desk: PeekDesk, session: PeekSession, chosen: readonly SeenMessage[]): Promise<void> {
  await desk.copy(chosen.map(({ body }) => body).join('\n'));
  session.say(chosen.length === 1 ? 'Body copied.' : `${chosen.length} bodies copied.`);
}

export async function copyJson(desk: PeekDesk, session: PeekSession, chosen: readonly SeenMessage[]): Promise<void> {
  const all = chosen.map(messageJson);
  await desk.copy(JSON.stringify(all.length === 1 ? all[0] : all, null, 2));
  session.say(`${messages(chosen.length)} copied as JSON.`);
}

export async function saveLines(
  desk: PeekDesk,
  session: PeekSession,
  chosen: readonly SeenMessage[],
): Promise<Notice | undefined> {
  if (chosen.length === 0) return { severity: 'info', what: 'There is nothing to save.', offers: [] };
  const file = await desk.save(`${session.queue.name}.ndjson`, messageLines(chosen));
  if (file === undefined) return undefined;
  session.say(`${messages(chosen.length)} saved.`);
  return { severity: 'info', what: `${messages(chosen.length)} saved to ${file}, one JSON object a line.`, offers: [] };
}

/** The whole body in an editor of its own, JSON laid out. */
export async function openBody(desk: PeekDesk, { body }: SeenMessage): Promise<void> {
  const json = laidOut(body);
  await desk.showText(json ?? body, json === undefined ? 'plaintext' : 'json');
}

function laidOut(body: string): string | undefined {
  if (!/^\s*[{[]/.test(body)) return undefined;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return undefined;
  }
}
