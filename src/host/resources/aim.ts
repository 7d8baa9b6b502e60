// What a command on a resource is about: rows of the Resources view carry one, and the palette asks for one.
import type { Found } from '../../aws/resources/kind.ts';

/** The groups of the Resources view, in its order. */
export type GroupName = 'topic' | 'queue' | 'bucket' | 'stream' | 'instance';

export type Aim =
  | { readonly kind: 'resource'; readonly found: Found }
  /** A `folder` is a prefix that ends with a slash; an `object` is one key. */
  | { readonly kind: 'folder' | 'object'; readonly bucket: Found; readonly key: string }
  | { readonly kind: 'group'; readonly group: GroupName };

/** A row of the Resources view, as far as commands see it: the editor hands it to them. */
export interface AimedRow {
  readonly aim?: Aim;
}

/** What the Resources view does for commands. */
export interface ResourceRefresh {
  /** Reads this one, or this group, anew; nothing else. With no aim, all that is shown. */
  refresh(aim?: Aim): void;
}
