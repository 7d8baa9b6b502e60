// What the row of a resource says, from what is known of it. Pure.
import { autoOffOf, type AutoOff } from '../../aws/resources/autoOff.ts';
import type { Found } from '../../aws/resources/kind.ts';
import { redriveOf } from './detail.ts';
import type { Details } from './details.ts';
import { messageRow } from './messageRows.ts';
import type { What } from './node.ts';
import { bucketRow, instanceRow, plainRow, streamRow, subscriptionRow, topicRow } from './otherRows.ts';
import { queueRow } from './queueRows.ts';
import { keyText } from './keyText.ts';
import { counted, plural, type Row } from './row.ts';

export interface Knowledge {
  readonly details: Details;
  now(): number;
  /** The lab that made it, as far as is known. */
  markOf(found: Found): string | undefined;
}

export function resourceRow({ found, place }: Extract<What, { is: 'resource' }>, knowledge: Knowledge): Row {
  const { details, now, markOf } = knowledge;
  const detail = details.get(found);
  const state = { found, detail, mark: markOf(found) };
  switch (found.kind) {
    case 'topic':
      return topicRow(state);
    case 'subscription':
      return subscriptionRow({ ...state, under: place === 'toQueue' ? 'queue' : 'topic' });
    case 'bucket':
      return bucketRow(state);
    case 'stream':
      return streamRow(state);
    case 'instance':
      return instanceRow({ ...state, autoOff: autoOffIn(details, found), now: now() });
    case 'queue':
    case 'messageMoveTask':
      return queueRow({
        ...state,
        place: place === 'deadLetter' || place === 'source' ? place : undefined,
        deadLetter: details.byArn(redriveOf(detail)?.arn ?? ''),
        isDeadLetter: place === 'deadLetter' || details.isDeadLetter(found),
      });
    case 'samlProvider':
    case 'role':
    case 'userPool':
    case 'userPoolDomain':
    case 'identityProvider':
    case 'appClient':
      return plainRow(found.kind, state);
  }
}

export function autoOffIn(details: Details, found: Found): AutoOff {
  const tags: unknown = details.get(found)?.description?.facts['Tags'];
  if (!Array.isArray(tags)) return { is: 'no' };
  const pairs = tags.map(({ Key = '', Value = '' }: { readonly Key?: string; readonly Value?: string }) => [
    Key,
    Value,
  ]);
  return autoOffOf(Object.fromEntries(pairs));
}

export const nearlyRow = (count: number): Row => ({
  label: 'Not quite AutoOff=yes',
  icon: 'question',
  description: counted(count),
  tooltip: ['Tags are case-sensitive: these instances are not switched off.'],
  context: 'nearly',
  spoken: `Not quite AutoOff=yes, ${plural(count, 'instance')} that will not be switched off`,
  expandable: 'closed',
});

export const searchRow = (prefix: string): Row =>
  messageRow(`Begins with “${keyText(prefix)}”`, 'search', { context: 'search', expandable: 'open' });
