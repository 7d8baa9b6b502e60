// What an object, a version or a part holds: bytes that never change, shared by all that hold the same (a copy copies nothing).
import type { Place } from './place.ts';

export interface Body {
  readonly size: number;
  /** Who holds it; at 0 it is gone. */
  uses: number;
  /** In memory; else at a place on disk, or in parts. */
  bytes: Uint8Array | undefined;
  place: Place | undefined;
  readonly parts: readonly Body[] | undefined;
}

export const emptyBody = (): Body => ({
  size: 0,
  uses: 1,
  bytes: new Uint8Array(),
  place: undefined,
  parts: undefined,
});

/** One body out of several, as a completed multipart upload is; it takes over the hold on each. */
export const joined = (parts: readonly Body[]): Body => ({
  size: parts.reduce((sum, { size }) => sum + size, 0),
  uses: 1,
  bytes: undefined,
  place: undefined,
  parts,
});
