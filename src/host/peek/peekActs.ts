// What is done to chosen messages: deleted, sent back to where they came from, sent again changed. Asks before anything is lost.
// In the sandbox by their ids; elsewhere by the handles of the look, and where those have ended, by looking again, which is said.
import { deleteHeld, redriveHeld, type Acted } from '../../peek/chosen.ts';
import type { SeenMessage } from '../../peek/model.ts';
import type { QueueRef } from '../../peek/queueFacts.ts';
import type { PeekAct, PeekClient } from '../../aws/target.ts';
import { Refusal } from '../explain.ts';
import type { PeekDesk } from './peekDesk.ts';
import type { PeekSession } from './peekSession.ts';
import { messages } from './peekWords.ts';

/** Deletes for good. */
export async function removeMessages(
  desk: PeekDesk,
  session: PeekSession,
  chosen: readonly SeenMessage[],
  real: boolean,
): Promise<void> {
  const { name } = session.queue;
  const question = `Delete ${messages(chosen.length)} from ${name} for good?`;
  const detail = lookAgainWords(session, chosen);
  const sure = real
    ? await desk.typeName(`${question} ${detail}`.trim(), name)
    : await desk.confirm(question, detail, 'Delete');
  if (!sure || !(await holdAll(session, chosen))) return;
  await removeHeld(
    session,
    chosen.map(({ id }) => id),
  );
}

/** Sends back: to the queue each was dead-lettered from, or, where SQS does not say, to the one that is asked for. */
export async function redriveMessages(
  desk: PeekDesk,
  session: PeekSession,
  chosen: readonly SeenMessage[],
  real: boolean,
): Promise<void> {
  const routes = await routesOf(desk, session, chosen);
  if (routes === undefined) return;
  const to = [...routes.keys()].map(({ name }) => name).join(', ');
  const detail = lookAgainWords(session, chosen);
  const question = `Send ${messages(chosen.length)} from ${session.queue.name} back to ${to}?`;
  if ((real || detail !== '') && !(await desk.confirm(question, detail, 'Send back'))) return;
  if (!(await holdAll(session, chosen))) return;
  await session.run('Sending back', async () => {
    const all: Acted[] = [];
    for (const [queue, group] of routes) all.push(await sendBack(session, queue, group));
    tell(session, `sent back to ${to}`, {
      done: all.flatMap(({ done }) => done),
      left: all.flatMap(({ left }) => left),
    });
  });
  await session.refresh('after');
}

async function sendBack(session: PeekSession, queue: Destination, group: readonly SeenMessage[]): Promise<Acted> {
  const { target, guarded, facts } = session;
  const ids = group.map(({ id }) => id);
  if (target?.peek) return acted(await target.peek.act('move', where(session), ids, queue.arn));
  if (target === undefined || guarded === undefined || facts === undefined)
    return { done: [], left: ids.map((id) => ({ id, why: 'the queue is not open any more' })) };
  return redriveHeld(target, facts.url, guarded.holds, group, queue.url);
}

interface Destination extends QueueRef {
  readonly arn: string;
}

/** Undefined: nobody chose. @throws Refusal where no queue has this one for its dead letters */
async function routesOf(
  desk: PeekDesk,
  { facts, queue }: PeekSession,
  chosen: readonly SeenMessage[],
): Promise<ReadonlyMap<Destination, readonly SeenMessage[]> | undefined> {
  const base = facts?.arn.slice(0, facts.arn.lastIndexOf(':') + 1) ?? '';
  const sources = (facts?.sources ?? []).map((source): Destination => ({ ...source, arn: `${base}${source.name}` }));
  if (sources.length === 0)
    throw new Refusal({
      what: `No queue sends its dead letters to ${queue.name}, so there is nowhere to send them back to.`,
      advice: 'A message of a subscription or a function can be edited and sent again.',
      severity: 'info',
    });
  const routes = new Map<Destination, SeenMessage[]>();
  let otherwise: Destination | undefined;
  for (const message of chosen) {
    otherwise ??= sources.length === 1 ? sources[0] : undefined;
    let to = sources.find(({ arn }) => arn === message.source) ?? otherwise;
    if (to === undefined) {
      const label = await desk.pick(
        'SQS does not say where these came from. Send them to',
        sources.map(({ name }) => name),
      );
      to = otherwise = sources.find(({ name }) => name === label);
      if (to === undefined) return undefined;
    }
    routes.set(to, [...(routes.get(to) ?? []), message]);
  }
  return routes;
}

/** Opens the form with the message in it; the original is deleted once the copy was accepted. */
export async function resendMessage(desk: PeekDesk, session: PeekSession, message: SeenMessage): Promise<void> {
  const { facts, queue, guarded } = session;
  const from = message.source?.split(':').at(-1);
  const to = facts?.sources.find(({ name }) => name === from) ?? queue;
  const { id, body, groupId, attributes } = message;
  const handle = guarded?.holds.handle(id);
  const arn = facts && `${facts.arn.slice(0, facts.arn.lastIndexOf(':') + 1)}${to.name}`;
  await desk.compose({
    to: { kind: 'queue', key: { name: to.name }, name: to.name, ref: to.url, ...(arn !== undefined && { arn }) },
    body,
    attributes: Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
      return { name, type: DataType, value: StringValue ?? BinaryValue ?? '' };
    }),
    ...(groupId !== undefined && { groupId }),
    replaces: { queueUrl: queue.url, messageId: id, ...(handle !== undefined && { receiptHandle: handle }) },
  });
}

async function removeHeld(session: PeekSession, ids: readonly string[]): Promise<void> {
  await session.run('Deleting', async () => {
    const { target, guarded, queue } = session;
    if (target?.peek) tell(session, 'deleted', acted(await target.peek.act('delete', where(session), ids)));
    else if (target && guarded) tell(session, 'deleted', await deleteHeld(target, queue.url, guarded.holds, ids));
  });
  await session.refresh('after');
}

const where = ({ queue, target }: PeekSession): Parameters<PeekClient['act']>[1] => ({
  queueUrl: queue.url,
  region: target?.region ?? '',
});

function missing({ target, guarded }: PeekSession, chosen: readonly SeenMessage[]): readonly SeenMessage[] {
  return target?.peek ? [] : chosen.filter(({ id }) => guarded?.holds.has(id) !== true);
}

/** What has to be known before messages that are not held any more are received again; nothing: all are held. */
function lookAgainWords(session: PeekSession, chosen: readonly SeenMessage[]): string {
  const count = missing(session, chosen).length;
  if (count === 0) return '';
  const { says = [], refusal = '' } = session.price?.price ?? {};
  const begin = `${messages(count)} ${count === 1 ? 'is' : 'are'} not held any more, so the queue is looked into again to find ${count === 1 ? 'it' : 'them'}.`;
  return [begin, refusal, ...says].filter(Boolean).join(' ');
}

/** Looks again for what is not held; that was agreed to together with the act itself, whose question said so. */
async function holdAll(session: PeekSession, chosen: readonly SeenMessage[]): Promise<boolean> {
  if (session.target === undefined)
    throw new Refusal({ what: 'The queue is not open any more. Refresh, and try again.' });
  if (missing(session, chosen).length === 0) return true;
  const { price } = session;
  if (price === undefined) return false;
  await session.look(price.number, true, new Set(chosen.map(({ id }) => id)));
  return chosen.some(({ id }) => session.guarded?.holds.has(id));
}

const reasons: Readonly<Record<PeekAct['left'][number]['why'], string>> = {
  gone: 'it is not there any more',
  'in-flight': 'it is in flight: a consumer has it',
  'no-source': 'it came from no queue',
  'no-queue': 'the queue it came from is gone',
};

const acted = ({ done, left }: PeekAct): Acted => ({
  done,
  left: left.map(({ id, why }) => ({ id, why: reasons[why] })),
});

function tell(session: PeekSession, verb: string, { done, left }: Acted): void {
  session.list.remove(done);
  const [first] = left;
  session.say(`${messages(done.length)} ${verb}.`);
  if (first === undefined) {
    session.notice = undefined;
    return;
  }
  session.notice = {
    severity: 'warning',
    what: `${messages(done.length)} ${verb}; ${left.length} not: ${[...new Set(left.map(({ why }) => why))].join('; ')}.`,
    offers: [],
  };
}
