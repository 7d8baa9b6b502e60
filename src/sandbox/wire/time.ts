// Timestamps in the three forms that AWS's protocols know.
import type { Shape, TimeFormat, Traits } from './shape.ts';
import { WrongType } from './parseError.ts';

const byTrait: Readonly<Record<string, TimeFormat>> = {
  'date-time': 'date-time',
  'http-date': 'http-date',
  'epoch-seconds': 'epoch-seconds',
};

export function timeFormat(shape: Shape, traits: Traits, fallback: TimeFormat): TimeFormat {
  const own = 'time' in shape ? shape.time : undefined;
  const named = (traits as { readonly timestampFormat?: string }).timestampFormat;
  return own ?? byTrait[named ?? ''] ?? fallback;
}

/** `precise`: dates and times always with milliseconds. */
export function writeTime(value: unknown, format: TimeFormat, precise = false): string {
  const date = value instanceof Date ? value : new Date(Number(value));
  if (format === 'date-time') return precise ? date.toISOString() : date.toISOString().replace('.000Z', 'Z');
  return format === 'http-date' ? date.toUTCString() : String(date.getTime() / 1000);
}

export function readTime(value: unknown): Date {
  const date = typeof value === 'number' ? new Date(Math.round(value * 1000)) : new Date(textTime(String(value)));
  if (Number.isNaN(date.getTime())) throw new WrongType(`'${String(value)}' can not be converted to a Timestamp`);
  return date;
}

const textTime = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));
