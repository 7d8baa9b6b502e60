// Receipt handles: long base64 texts as AWS's are, that say themselves which receive of which message they stand for, so that
// nothing has to be remembered for them. Anything else is no handle.

export interface Receipt {
  /** The queue's own number: a new queue of the same name has another. */
  readonly queue: number;
  /** The message's number in its queue. */
  readonly order: number;
  /** Which receive of this message it was, from 1. */
  readonly serial: number;
}

const length = 129;
const seedAt = 3;
const bodyAt = 7;
const checkAt = bodyAt + 16;

export function encodeReceipt({ queue, order, serial }: Receipt): string {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(0x010101, 0, 3);
  bytes.writeUInt32BE(mix((queue % 0x7fffffff) ^ (order << 7) ^ serial), seedAt);
  bytes.writeUIntBE(queue, bodyAt, 6);
  bytes.writeUIntBE(order, bodyAt + 6, 6);
  bytes.writeUInt32BE(serial, bodyAt + 12);
  bytes.writeUInt32BE(checksum(bytes), checkAt);
  return scramble(bytes).toString('base64');
}

export function decodeReceipt(handle: string): Receipt | undefined {
  const scrambled = Buffer.from(handle, 'base64');
  if (scrambled.length !== length || scrambled.readUIntBE(0, 3) !== 0x010101) return undefined;
  const bytes = scramble(scrambled);
  if (bytes.readUInt32BE(checkAt) !== checksum(bytes)) return undefined;
  return {
    queue: bytes.readUIntBE(bodyAt, 6),
    order: bytes.readUIntBE(bodyAt + 6, 6),
    serial: bytes.readUInt32BE(bodyAt + 12),
  };
}

/** Its own inverse: what follows the seed, over a stream that the seed begins. */
function scramble(bytes: Buffer): Buffer {
  let stream = bytes.readUInt32BE(seedAt);
  for (let at = bodyAt; at < length; at++) {
    stream = mix(stream);
    bytes[at] = (bytes[at] ?? 0) ^ (stream >>> 11);
  }
  return bytes;
}

function checksum(bytes: Buffer): number {
  let sum = bytes.readUInt32BE(seedAt);
  for (let at = bodyAt; at < checkAt; at += 4) sum = mix(sum ^ bytes.readUInt32BE(at));
  return sum;
}

/** One step of xorshift32; never 0, which it could not leave. */
function mix(value: number): number {
  let next = value | 0 || 0x2545f491;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next >>> 0;
}
