import type { PeekView, RowState, RowView } from '../../src/protocol/peek.ts';

export const stateWords: Readonly<Record<RowState, string>> = {
  visible: 'Visible',
  locked: 'Group busy',
  inflight: 'In flight',
  delayed: 'Delayed',
  held: 'Held here',
};

export const stateHelp: Readonly<Record<RowState, string>> = {
  visible: 'Consumers can receive it',
  locked: 'Its group gives nothing out until an earlier message is done',
  inflight: 'A consumer has received it and not deleted it yet',
  delayed: 'Consumers get it once its delay is over',
  held: 'This look received it and gives it back',
};

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** 90,000 -> `1 min`; days with their hours; negative: `0 s`. */
export function span(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms >= each) ?? ['s', 1000];
  const hours = unit === 'd' && ms < 864_000_000 ? Math.floor((ms % size) / 3_600_000) : 0;
  return `${Math.max(0, Math.floor(ms / size))} ${unit}${hours > 0 ? ` ${hours} h` : ''}`;
}

/** 1536 -> `1.5 KiB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const [size, unit] = count < 1_048_576 ? [1024, 'KiB'] : [1_048_576, 'MiB'];
  return `${(count / size).toFixed(1).replace('.0', '')} ${unit}`;
}

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

export function timeOf(ms: number, now: number): string {
  return Math.abs(now - ms) < 43_200_000 ? clock.format(ms) : day.format(ms);
}

export const number = (count: number): string => count.toLocaleString('en-US');

export function receivesText({ receives }: RowView, limit: number | undefined): string {
  return limit === undefined ? String(receives) : `${receives}/${limit}`;
}

/** `near`: one more failure, and it is dead-lettered. */
export function receivesLevel({ receives }: RowView, limit: number | undefined): 'near' | 'some' | 'none' {
  if (limit !== undefined && receives > 0 && limit - receives <= 1) return 'near';
  return receives > 0 ? 'some' : 'none';
}

export function countWords({ total, shown, search, unread, manner }: PeekView): string {
  const what = manner === 'guarded' ? 'seen' : total === 1 ? 'message' : 'messages';
  const all = search.trim() === '' ? `${number(total)} ${what}` : `${number(shown)} of ${number(total)} ${what}`;
  return unread > 0 ? `${all}; ${number(unread)} more are too much to keep` : all;
}
