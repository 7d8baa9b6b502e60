// Sequence numbers: 56 decimal digits. What they are made of, from the greatest digits down: when the shard was made, a count,
// when the record came, the shard. So they grow within a shard, and tell which shard they came from.

/** 47 hexadecimal digits: a mark, seconds (9), the shard's last digit, count (16), unused (2), seconds (9), shard (8), version. */
const mark = 2n << 184n;
const version = 2n;
const second = (ms: number): bigint => BigInt(Math.floor(ms / 1000));

export interface SequenceFacts {
  readonly shardMade: number;
  readonly shard: number;
  readonly count: bigint;
  readonly time: number;
}

/** Of the record that would be the last of all. */
export const lastCount = (1n << 63n) - 1n;

export function sequenceOf({ shardMade, shard, count, time }: SequenceFacts): bigint {
  return (
    mark |
    (second(shardMade) << 148n) |
    (BigInt(shard & 15) << 144n) |
    (count << 80n) |
    (second(time) << 36n) |
    (BigInt(shard) << 4n) |
    version
  );
}

/** Undefined for what is no sequence number. `shardMade` and `time` are in whole seconds. */
export function parseSequence(text: string): SequenceFacts | undefined {
  if (!/^\d{1,129}$/.test(text)) return undefined;
  const number = BigInt(text);
  if (number >> 184n !== 2n || (number & 15n) !== version) return undefined;
  const part = (from: bigint, bits: bigint) => (number >> from) & ((1n << bits) - 1n);
  return {
    shardMade: Number(part(148n, 36n)) * 1000,
    shard: Number(part(4n, 32n)),
    count: part(80n, 64n),
    time: Number(part(36n, 36n)) * 1000,
  };
}
