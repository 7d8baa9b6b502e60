// The rows' identities: one object a row for as long as it is shown, which is how the editor knows it again.
import type { ListedObject } from '../../aws/resources/objects.ts';
import type { Found } from '../../aws/resources/kind.ts';
import type { Aim, AimedRow, GroupName } from './aim.ts';
import type { Row } from './row.ts';

export type What =
  | { readonly is: 'group'; readonly group: GroupName }
  | { readonly is: 'resource'; readonly found: Found; readonly place?: Place }
  /** Instances that nearly match. */
  | { readonly is: 'nearly' }
  | { readonly is: 'folder'; readonly bucket: Found; readonly key: string; readonly prefix: string }
  | { readonly is: 'object'; readonly bucket: Found; readonly object: ListedObject; readonly prefix: string }
  /** What in a bucket begins with these characters. */
  | { readonly is: 'search'; readonly bucket: Found; readonly prefix: string }
  | { readonly is: 'message'; readonly row: Row };

/** Why a resource stands under another one. */
export type Place = 'deadLetter' | 'source' | 'ofTopic' | 'toQueue';

export interface Node extends AimedRow {
  readonly id: string;
  readonly parent: Node | undefined;
  what: What;
  readonly aim?: Aim;
}

export function aimOf(what: What): Aim | undefined {
  switch (what.is) {
    case 'group':
      return { kind: 'group', group: what.group };
    case 'resource':
      return { kind: 'resource', found: what.found };
    case 'folder':
      return { kind: 'folder', bucket: what.bucket, key: what.key };
    case 'object':
      return { kind: 'object', bucket: what.bucket, key: what.object.key };
    case 'search':
    case 'nearly':
    case 'message':
      return undefined;
  }
}

/** Ids are paths; whatever a key holds, its parts stay apart. */
export const idUnder = (parent: Node | undefined, part: string): string =>
  `${parent === undefined ? '' : `${parent.id}/`}${encodeURIComponent(part)}`;
