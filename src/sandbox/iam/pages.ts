import { checkConstraints } from './constraints.ts';
import { invalid } from './refusals.ts';

interface Asked {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly more: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** A page of 100, or of as many as asked for; the marker says where the next one begins. */
export function pageOf<Item>(all: readonly Item[], { Marker, MaxItems = 100 }: Asked): Page<Item> {
  checkConstraints([['maxItems', MaxItems, { min: 1, max: 1000 }]]);
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw invalid(`Invalid Marker.`);
  const end = start + MaxItems;
  const items = all.slice(start, end);
  if (end >= all.length) return { items, more: { IsTruncated: false } };
  return { items, more: { IsTruncated: true, Marker: Buffer.from(String(end)).toString('base64') } };
}
