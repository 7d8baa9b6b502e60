import type { RowView } from '../../src/protocol/peek.ts';
import { bytes, receivesLevel, receivesText, span, stateHelp, stateWords, timeOf } from './words.ts';

/** What cells are made from, besides their row. */
export interface CellFacts {
  readonly now: number;
  readonly limit: number | undefined;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  /** How the host calls that order; `turned`: what grows there shrinks here. */
  readonly sort?: string;
  readonly turned?: boolean;
  readonly width: number;
  /** From which width of the table on it is shown. */
  readonly from: number;
  readonly help?: string;
  text(row: RowView, facts: CellFacts): string;
  /** For colours; words say the same. */
  look?(row: RowView, facts: CellFacts): string;
  hint?(row: RowView, facts: CellFacts): string;
}

export const columns: readonly Column[] = [
  {
    id: 'chosen',
    title: 'Chosen',
    width: 30,
    from: 0,
    text: ({ chosen }) => (chosen ? '✓' : ''),
  },
  {
    id: 'state',
    title: 'State',
    sort: 'state',
    width: 96,
    from: 0,
    text: (row, { now }) =>
      row.state === 'delayed' && row.due !== undefined ? `Delayed ${span(row.due - now)}` : stateWords[row.state],
    look: ({ state }) => `state-${state}`,
    hint: ({ state }) => stateHelp[state],
  },
  {
    id: 'sent',
    title: 'Sent',
    sort: 'sent',
    width: 116,
    from: 720,
    text: ({ sentAt }, { now }) => timeOf(sentAt, now),
    hint: ({ sentAt }) => new Date(sentAt).toISOString(),
  },
  {
    id: 'age',
    title: 'Age',
    sort: 'sent',
    turned: true,
    width: 64,
    from: 440,
    text: ({ sentAt }, { now }) => span(now - sentAt),
  },
  {
    id: 'expires',
    title: 'Expires in',
    sort: 'expires',
    width: 98,
    from: 620,
    help: 'When retention ends it. A dead letter of a standard queue keeps the time of its first sending.',
    text: ({ expiresAt }, { now }) => span(expiresAt - now),
    look: ({ expiresAt }, { now }) => (expiresAt - now < 3_600_000 ? 'soon' : ''),
  },
  {
    id: 'receives',
    title: 'Receives',
    sort: 'receives',
    width: 94,
    from: 0,
    help: 'How often it was received, and after how often it is dead-lettered.',
    text: (row, { limit }) => receivesText(row, limit),
    look: (row, { limit }) => `receives-${receivesLevel(row, limit)}`,
    hint: (row, { limit }) => (receivesLevel(row, limit) === 'near' ? 'Near the limit' : ''),
  },
  {
    id: 'group',
    title: 'Group',
    sort: 'group',
    width: 96,
    from: 520,
    text: ({ group }) => group ?? '',
    hint: ({ group }) => group ?? '',
  },
  { id: 'size', title: 'Size', sort: 'size', width: 72, from: 660, text: ({ size }) => bytes(size) },
  { id: 'body', title: 'Body', sort: 'body', width: 0, from: 0, text: ({ preview }) => preview },
];

/** Those that fit; without groups there is no column of groups. */
export function columnsFor(width: number, groups: boolean): readonly Column[] {
  return columns.filter(({ id, from }) => width >= from && (id !== 'group' || groups));
}
