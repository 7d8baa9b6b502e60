// Hash keys are whole numbers of 128 bits; each open shard has a range of them, and together they have all.
import { createHash } from 'node:crypto';

export interface HashRange {
  readonly from: bigint;
  /** Included. */
  readonly to: bigint;
}

export const hashKeys = 1n << 128n;

export const hashKeyOf = (partitionKey: string): bigint =>
  BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);

/** As many ranges of the same length; the last one has what is left over. */
export function evenRanges(count: number): readonly HashRange[] {
  const length = hashKeys / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    from: length * BigInt(index),
    to: (index === count - 1 ? hashKeys : length * BigInt(index + 1)) - 1n,
  }));
}

export const holds = ({ from, to }: HashRange, key: bigint): boolean => from <= key && key <= to;
