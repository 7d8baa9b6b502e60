// A session as the viewer's page shows it. Pure but for what it decodes.
import { decodeBinary, decodeBody } from '../../peek/decode.ts';
import { systemAttributes, type SeenMessage } from '../../peek/model.ts';
import { preview, visibleText } from '../../peek/visibleText.ts';
import type { AttributeView, MessageView, PeekView, RowView } from '../../protocol/peek.ts';
import type { PeekSession } from './peekSession.ts';

/** What the page looks at, and what the person chose. */
export interface PeekSight {
  readonly from: number;
  readonly count: number;
  readonly cursor: string;
  readonly search: string;
  readonly opened: string | undefined;
  readonly chosen: ReadonlySet<string>;
  /** Counts up whenever something is chosen or let go. */
  readonly choices: number;
}

/** Rows that one view holds, at the most. */
export const mostRows = 400;
const previewLength = 200;

export function peekView(session: PeekSession, sight: PeekSight, real: boolean): PeekView {
  const { facts, target, list, price, guarded, notice, busy, lastLook, words } = session;
  const now = session.now();
  const shown = list.shown(now);
  const opened = sight.opened === undefined ? undefined : list.find(sight.opened);
  const until = guarded?.holds.until;
  const count = Math.min(sight.count, mostRows);
  return {
    queue: {
      name: session.queue.name,
      arn: facts?.arn ?? '',
      fifo: facts?.fifo ?? session.queue.name.endsWith('.fifo'),
      target: target?.label ?? '',
      account: target?.account ?? '',
      region: target?.region ?? '',
      real,
    },
    manner: session.manner,
    phase: session.phase,
    ...(facts && { counts: facts.counts }),
    ...(facts?.redrive && { deadLetters: deadLetters(facts.redrive) }),
    sources: facts?.sources.map(({ name }) => name) ?? [],
    ...(notice && { notice }),
    ...(busy && { busy }),
    ...(price && { price: { number: price.number, ...price.price } }),
    ...(lastLook && { lastLook }),
    ...(until !== undefined && guarded && { held: { count: guarded.holds.count, until } }),
    total: list.size,
    shown: shown.length,
    unread: session.unread,
    search: sight.search,
    ...(list.problem !== undefined && { problem: list.problem }),
    sorting: list.sorting,
    version: list.version + sight.choices,
    window: {
      from: sight.from,
      rows: shown.slice(sight.from, sight.from + count).map((message) => rowView(message, sight.chosen)),
    },
    cursor: { id: sight.cursor, at: list.placeOf(sight.cursor, now) },
    chosen: sight.chosen.size,
    ...(opened && { opened: messageView(opened, sight.chosen, session) }),
    now,
    ...(words && { words }),
  };
}

function deadLetters({ name, maxReceiveCount, depth }: { name: string; maxReceiveCount: number; depth?: number }) {
  return { name, maxReceiveCount, ...(depth !== undefined && { depth }) };
}

function rowView(message: SeenMessage, chosen: ReadonlySet<string>): RowView {
  const { id, state, sentAt, expiresAt, due, receives, groupId, size, body } = message;
  return {
    id,
    state,
    sentAt,
    expiresAt,
    ...(due !== undefined && { due }),
    receives,
    ...(groupId !== undefined && { group: visibleText(groupId) }),
    size,
    preview: preview(body, previewLength),
    chosen: chosen.has(id),
  };
}

/** Decoding is done once a message, not once a view. */
const decoded = new WeakMap<SeenMessage, Pick<MessageView, 'layers' | 'attributes'>>();

function messageView(message: SeenMessage, chosen: ReadonlySet<string>, { facts }: PeekSession): MessageView {
  const known = decoded.get(message) ?? { layers: decodeBody(message.body), attributes: attributeViews(message) };
  decoded.set(message, known);
  return {
    row: rowView(message, chosen),
    ...known,
    system: [['MessageId', message.id] as const, ...Object.entries(systemAttributes(message))].map(
      ([name, value]) => [name, name.endsWith('Timestamp') ? dated(value) : visibleText(value)] as const,
    ),
    remarks: remarksOn(message, facts?.fifo ?? false),
  };
}

/** `1795367182992` -> with the time that it means. */
function dated(value: string): string {
  const ms = Number(value);
  return ms > 0 && ms < 8e15 ? `${value} (${new Date(ms).toISOString()})` : value;
}

function attributeViews({ attributes }: SeenMessage): readonly AttributeView[] {
  return Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => ({
    name: visibleText(name),
    type: DataType,
    layers: BinaryValue === undefined ? decodeBody(StringValue ?? '') : decodeBinary(BinaryValue),
  }));
}

function remarksOn({ source, state, groupId }: SeenMessage, fifo: boolean): readonly string[] {
  const from = source?.split(':').at(-1);
  return [
    ...(from === undefined ? [] : [`It was dead-lettered from ${from}.`]),
    ...(from === undefined || fifo
      ? []
      : [
          'A dead letter of a standard queue keeps the time of its first sending, so the days it spent there are already gone from its retention here.',
        ]),
    ...(state === 'locked'
      ? [`Its group ${visibleText(groupId ?? '')} is held up by an earlier message that is in flight or delayed.`]
      : []),
    ...(state === 'held' ? ['This look holds it: consumers do not get it until it is given back.'] : []),
  ];
}
