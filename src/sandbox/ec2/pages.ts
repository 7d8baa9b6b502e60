import { badToken, invalid } from './refusals.ts';

export interface Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** Tokens hold the key of the last item given, so that a page goes on rightly when others were added or went. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults, NextToken }: Paging,
  limits = { least: 5, most: 1000 },
): { items: Item[]; more: { NextToken?: string } } {
  if (MaxResults !== undefined && MaxResults < limits.least)
    throw invalid(
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value greater than ${limits.least}.`,
    );
  if (MaxResults !== undefined && MaxResults > limits.most)
    throw invalid(
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value smaller than ${limits.most}.`,
    );
  const sorted = items.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  const after = NextToken === undefined ? undefined : lastOf(NextToken);
  const rest = after === undefined ? sorted : sorted.filter((item) => compare(keyOf(item), after) > 0);
  const page = rest.slice(0, MaxResults ?? limits.most);
  const last = page.at(-1);
  return {
    items: page,
    more: last !== undefined && page.length < rest.length ? { NextToken: tokenOf(keyOf(last)) } : {},
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const tokenOf = (key: string): string => Buffer.from(`after ${key}`).toString('base64');

function lastOf(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after ')) throw badToken();
  return text.slice('after '.length);
}
