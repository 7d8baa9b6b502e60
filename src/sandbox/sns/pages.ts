import { invalid } from './refusals.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly NextToken?: string;
}

const size = 100;

/** A page of 100, by a token that says where it begins. */
export function pageOf<Item>(items: readonly Item[], token: string | undefined, count = size): Page<Item> {
  const start = token === undefined || token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw invalid('NextToken');
  const end = start + count;
  const page = items.slice(start, end);
  return end < items.length
    ? { items: page, NextToken: Buffer.from(String(end)).toString('base64url') }
    : { items: page };
}
