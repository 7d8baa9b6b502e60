// Which bytes of an object a request asks for.
import { invalidArgument, invalidRequest, refuse } from '../errors.ts';
import type { Version } from './version.ts';

/** From `from` to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Undefined: all of it; ranges that say nothing sensible, and several at once, are passed over. @throws InvalidRange (416) */
export function rangeOf(header: string | undefined, size: number): Range | undefined {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    if (Number(last) === 0 || size === 0) throw unsatisfiable(header ?? '', size);
    return { from: Math.max(0, size - Number(last)), to: size };
  }
  const to = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) throw unsatisfiable(header ?? '', size);
  return { from: Number(first), to };
}

const unsatisfiable = (requested: string, size: number) =>
  refuse(
    'InvalidRange',
    'The requested range is not satisfiable',
    416,
    { RangeRequested: requested, ActualObjectSize: String(size) },
    { 'Content-Range': `bytes */${size}` },
  );

/** The bytes of one part of a multipart upload. @throws InvalidPartNumber (416), InvalidRequest */
export function partRange(version: Version, size: number, number: number, range: string | undefined): Range {
  if (range !== undefined) throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  if (number < 1 || number > 10_000) {
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      String(number),
    );
  }
  const parts = version.parts ?? [{ number: 1, size }];
  const at = parts.findIndex((part) => part.number === number);
  if (at < 0) {
    throw refuse('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
      PartNumberRequested: String(number),
      ActualPartCount: String(parts.length),
    });
  }
  const from = parts.slice(0, at).reduce((sum, part) => sum + part.size, 0);
  return { from, to: from + (parts[at]?.size ?? 0) };
}

/** `x-amz-copy-source-range`, which must be whole and within. @throws InvalidArgument, InvalidRequest */
export function copyRange(header: string | undefined, size: number): Range {
  if (header === undefined) return { from: 0, to: size };
  const wrong = (message: string) => invalidArgument(message, 'x-amz-copy-source-range', header);
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    throw wrong(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (Number(first) >= size) throw invalidRequest('The specified copy range is invalid for the source object size');
  if (Number(last) >= size) throw wrong(`Range specified is not valid for source object of size: ${size}`);
  return { from: Number(first), to: Number(last) + 1 };
}
