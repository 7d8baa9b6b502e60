// Cyclic checksums that Node does not have: CRC32C and CRC64NVME, eight bytes a step.
// 64-bit values are held as two 32-bit halves: BigInt would be fifty times slower.

const castagnoli = 0x82f63b78;
const slices = Array.from({ length: 8 }, () => new Int32Array(256));

const tableOf = (slice: number): Int32Array => slices[slice] ?? new Int32Array(256);
const [t0, t1, t2, t3, t4, t5, t6, t7] = [0, 1, 2, 3, 4, 5, 6, 7].map(tableOf) as Eight;
type Eight = [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];

for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ castagnoli : value >>> 1;
  t0[byte] = value;
}
for (let slice = 1; slice < 8; slice++) {
  const [before, table] = [tableOf(slice - 1), tableOf(slice)];
  for (let byte = 0; byte < 256; byte++) {
    const value = before[byte] ?? 0;
    table[byte] = (value >>> 8) ^ (t0[value & 255] ?? 0);
  }
}

const at = (table: Int32Array, byte: number): number => table[byte & 255] ?? 0;

/** `before`: the checksum of what came before; 0 at the beginning. */
export function crc32c(data: Uint8Array, before = 0): number {
  let crc = ~before;
  let index = 0;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const end = data.length - 7; index < end; index += 8) {
    const low = crc ^ view.getInt32(index, true);
    const high = view.getInt32(index + 4, true);
    crc =
      at(t7, low) ^
      at(t6, low >>> 8) ^
      at(t5, low >>> 16) ^
      at(t4, low >>> 24) ^
      at(t3, high) ^
      at(t2, high >>> 8) ^
      at(t1, high >>> 16) ^
      at(t0, high >>> 24);
  }
  for (; index < data.length; index++) crc = (crc >>> 8) ^ at(t0, crc ^ (data[index] ?? 0));
  return ~crc >>> 0;
}

// CRC-64/NVME, reflected: 0x9a6c9329ac4bc9b5.
const [polynomialHigh, polynomialLow] = [0x9a6c9329, 0xac4bc9b5];
const highs = Array.from({ length: 8 }, () => new Int32Array(256));
const lows = Array.from({ length: 8 }, () => new Int32Array(256));

for (let byte = 0; byte < 256; byte++) {
  let [high, low] = [0, byte];
  for (let bit = 0; bit < 8; bit++) {
    const carry = low & 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (carry) [high, low] = [(high ^ polynomialHigh) >>> 0, (low ^ polynomialLow) >>> 0];
  }
  cell(highs, 0)[byte] = high;
  cell(lows, 0)[byte] = low;
}
for (let slice = 1; slice < 8; slice++) {
  for (let byte = 0; byte < 256; byte++) {
    const [high, low] = [cell(highs, slice - 1)[byte] ?? 0, cell(lows, slice - 1)[byte] ?? 0];
    cell(lows, slice)[byte] = ((low >>> 8) | (high << 24)) ^ at(cell(lows, 0), low);
    cell(highs, slice)[byte] = (high >>> 8) ^ at(cell(highs, 0), low);
  }
}

function cell(tables: readonly Int32Array[], slice: number): Int32Array {
  return tables[slice] ?? new Int32Array(256);
}

const [h0, h1, h2, h3, h4, h5, h6, h7] = highs as Eight;
const [l0, l1, l2, l3, l4, l5, l6, l7] = lows as Eight;

/** High and low half of the checksum. */
export type Crc64 = readonly [high: number, low: number];

export function crc64nvme(data: Uint8Array, before: Crc64 = [0, 0]): Crc64 {
  let high = ~before[0];
  let low = ~before[1];
  let index = 0;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const end = data.length - 7; index < end; index += 8) {
    const a = low ^ view.getInt32(index, true);
    const b = high ^ view.getInt32(index + 4, true);
    const a1 = a >>> 8;
    const a2 = a >>> 16;
    const a3 = a >>> 24;
    const b1 = b >>> 8;
    const b2 = b >>> 16;
    const b3 = b >>> 24;
    low = at(l7, a) ^ at(l6, a1) ^ at(l5, a2) ^ at(l4, a3) ^ at(l3, b) ^ at(l2, b1) ^ at(l1, b2) ^ at(l0, b3);
    high = at(h7, a) ^ at(h6, a1) ^ at(h5, a2) ^ at(h4, a3) ^ at(h3, b) ^ at(h2, b1) ^ at(h1, b2) ^ at(h0, b3);
  }
  for (; index < data.length; index++) {
    const byte = low ^ (data[index] ?? 0);
    low = ((low >>> 8) | (high << 24)) ^ at(l0, byte);
    high = (high >>> 8) ^ at(h0, byte);
  }
  return [~high >>> 0, ~low >>> 0];
}
