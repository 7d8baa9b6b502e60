import { attributeEntries, bodyEntries } from '../filter/entries.ts';
import type { Entries } from '../filter/entries.ts';
import { matchesFilter } from '../filter/matchFilter.ts';
import type { Subscription } from '../state.ts';
import { scopeOf } from '../subscriptionAttributes.ts';
import type { Publication } from './publication.ts';

export type Gate = (subscription: Subscription) => boolean;

/** Whether subscriptions' filters let a message through; what they look at is taken apart once for all of them. */
export function createGate(publication: Publication): Gate {
  let attributes: Entries | undefined;
  let body: { readonly entries: Entries | undefined } | undefined;
  return (subscription) => {
    if (subscription.filter === undefined) return true;
    if (scopeOf(subscription) === 'MessageAttributes') {
      attributes ??= attributeEntries(publication.attributes);
      return matchesFilter(subscription.filter, attributes);
    }
    body ??= { entries: bodyEntries(publication.message) };
    return body.entries !== undefined && matchesFilter(subscription.filter, body.entries);
  };
}
