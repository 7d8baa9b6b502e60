// Rows of queues: how many messages wait, are in flight and delayed; what becomes of those that nobody can process.
import type { Found } from '../../aws/resources/kind.ts';
import { nameInArn } from '../../aws/resources/lookup.ts';
import { numberFact, redriveOf, type Detail } from './detail.ts';
import { counted, plural, rowOf, short, type Badge, type Row } from './row.ts';

/** Why a queue is listed where it is. */
export type QueuePlace = 'deadLetter' | 'source';

export interface QueueState {
  readonly found: Found;
  readonly detail: Detail | undefined;
  /** What is known of its dead-letter queue. */
  readonly deadLetter: Detail | undefined;
  /** Others dead-letter to it. */
  readonly isDeadLetter: boolean;
  readonly place?: QueuePlace | undefined;
  readonly mark?: string | undefined;
}

const alarm = 'awsLabs.deadLetterForeground';

export function queueRow({ found, detail, deadLetter, isDeadLetter, place, mark }: QueueState): Row {
  const fifo = found.name.endsWith('.fifo');
  const redrive = redriveOf(detail);
  const counts = countsOf(detail);
  const badge = isDeadLetter ? ownBadge(counts?.all) : badgeOf(redrive && nameInArn(redrive.arn), deadLetter);
  return rowOf({
    kind: placeWords[place ?? 'list'],
    label: found.name,
    icon: iconOf(isDeadLetter, fifo),
    ...(badge && { colour: alarm }),
    context: ['queue', fifo ? 'fifo' : '', isDeadLetter ? 'dlq' : ''].filter((flag) => flag !== '').join(';'),
    parts: [
      place === undefined ? '' : placeParts[place],
      counts?.text ?? '',
      fifo ? 'FIFO' : '',
      place === 'deadLetter' ? '' : servesWord(detail),
      deadLetterWord(deadLetter, redrive?.maxReceives, redrive !== undefined),
      detail?.error ? 'not readable' : '',
    ],
    lines: linesOf(detail, fifo),
    badge,
    mark,
    expandable: place === undefined ? 'closed' : 'no',
  });
}

const placeWords: Readonly<Record<QueuePlace | 'list', string>> = {
  list: 'queue',
  deadLetter: 'dead-letter queue',
  source: 'queue that dead-letters here',
};

/** Short, because what it holds follows. */
const placeParts: Readonly<Record<QueuePlace, string>> = { deadLetter: 'DLQ', source: 'dead-letters here' };

function iconOf(isDeadLetter: boolean, fifo: boolean): string {
  if (isDeadLetter) return 'archive';
  return fifo ? 'list-ordered' : 'inbox';
}

interface Counts {
  readonly text: string;
  readonly all: number;
}

function countsOf(detail: Detail | undefined): Counts | undefined {
  const visible = numberFact(detail, 'ApproximateNumberOfMessages');
  if (visible === undefined) return undefined;
  const inFlight = numberFact(detail, 'ApproximateNumberOfMessagesNotVisible') ?? 0;
  const delayed = numberFact(detail, 'ApproximateNumberOfMessagesDelayed') ?? 0;
  const all = visible + inFlight + delayed;
  const parts = [
    `${counted(visible)} visible`,
    inFlight > 0 ? `${counted(inFlight)} in flight` : '',
    delayed > 0 ? `${counted(delayed)} delayed` : '',
  ].filter((part) => part !== '');
  return { text: all === 0 ? 'empty' : parts.join(' · '), all };
}

function servesWord(detail: Detail | undefined): string {
  const count = detail?.sources?.length ?? 0;
  return count === 0 ? '' : `DLQ of ${plural(count, 'queue')}`;
}

function deadLetterWord(deadLetter: Detail | undefined, maxReceives: number | undefined, has: boolean): string {
  if (!has) return '';
  const depth = countsOf(deadLetter)?.all;
  const after = maxReceives === undefined ? '' : ` after ${plural(maxReceives, 'receive')}`;
  return `DLQ${depth === undefined ? '' : ` ${counted(depth)}`}${after}`;
}

function badgeOf(name: string | undefined, deadLetter: Detail | undefined): Badge | undefined {
  const depth = countsOf(deadLetter)?.all ?? 0;
  if (name === undefined || depth === 0) return undefined;
  return { text: short(depth), tooltip: `${plural(depth, 'message')} in its dead-letter queue ${name}`, colour: alarm };
}

function ownBadge(depth = 0): Badge | undefined {
  if (depth === 0) return undefined;
  return { text: short(depth), tooltip: `${plural(depth, 'message')} dead-lettered here`, colour: alarm };
}

function linesOf(detail: Detail | undefined, fifo: boolean): string[] {
  if (detail?.error) return [detail.error.what, detail.error.advice ?? ''];
  if (!detail?.description) return [];
  const seconds = (name: string, says: string): string => {
    const value = numberFact(detail, name);
    return value === undefined ? '' : `${says} ${duration(value)}`;
  };
  return [
    fifo ? 'Type FIFO' : 'Type standard',
    seconds('VisibilityTimeout', 'Visibility timeout'),
    seconds('MessageRetentionPeriod', 'Retention'),
    numberFact(detail, 'DelaySeconds') === 0 ? '' : seconds('DelaySeconds', 'Delivery delay'),
    ...(detail.sources ?? []).slice(0, 5).map(({ name }) => `Dead-letter queue of ${name}`),
  ];
}

function duration(seconds: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ];
  const [size, unit] = units.find(([each]) => seconds >= each && seconds % each === 0) ?? [1, 'second'];
  return plural(seconds / size, unit);
}
