// How a list stands, as rows below what it has: reading, empty, more, or what went wrong and what mends it. Pure.
import { AwsFailure } from '../../aws/errors.ts';
import type { Notice } from '../../protocol/message.ts';
import type { ListState } from './lists.ts';
import {
  byNameRow,
  emptyRow,
  errorRow,
  groupLabels,
  moreRow,
  offerRows,
  readingRow,
  tryAgainRow,
} from './messageRows.ts';
import type { What } from './node.ts';
import type { Row } from './row.ts';

export interface Telling {
  explain(error: unknown): Notice;
  region(): string;
  /** Rows above these. */
  readonly shown: number;
}

export function tellList(what: What, { status, error, countSoFar }: ListState, telling: Telling): readonly Row[] {
  const names = wordsOf(what);
  switch (status) {
    case 'unread':
    case 'reading':
      return [readingRow(names.many, countSoFar)];
    case 'paused':
      return [moreRow(names.many, telling.shown)];
    case 'done':
      return telling.shown === 0 ? [emptyRow(names.none, names.regional ? telling.region() : '')] : [];
    case 'failed':
      return failureRows(what, error, telling);
  }
}

/** Who may not list may know a name; who may list again needs no other row. */
function failureRows(what: What, error: unknown, { explain }: Telling): readonly Row[] {
  const notice = explain(error);
  const denied = error instanceof AwsFailure && error.kind === 'access-denied';
  const byName = denied && what.is === 'group' && what.group !== 'instance' ? [byNameRow()] : [];
  return [errorRow(notice), tryAgainRow(), ...byName, ...offerRows(notice)];
}

interface Words {
  readonly many: string;
  readonly none: string;
  readonly regional: boolean;
}

function wordsOf(what: What): Words {
  if (what.is === 'group') {
    const { many, none } = groupLabels[what.group];
    return { many, none, regional: what.group !== 'bucket' };
  }
  if (what.is === 'resource' && what.found.kind === 'queue')
    return { many: 'subscriptions', none: 'No dead-letter queue, no subscriptions', regional: false };
  if (what.is === 'resource' && what.found.kind === 'topic')
    return { many: 'subscriptions', none: 'No subscriptions', regional: false };
  if (what.is === 'search') return { many: 'objects', none: 'No key begins so', regional: false };
  return { many: 'objects', none: what.is === 'folder' ? 'Empty folder' : 'Empty bucket', regional: false };
}
