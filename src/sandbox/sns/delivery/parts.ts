import type { World } from '../../service.ts';
import type { SnsState } from '../state.ts';
import type { Envelopes, Sealing } from './envelope.ts';
import type { Publication } from './publication.ts';
import type { Subscription } from '../state.ts';

/** What delivering needs of its surroundings. */
export interface Parts {
  readonly world: World;
  readonly sealing: Sealing;
  state(): SnsState;
}

/** One message on its way to one subscriber. */
export interface Shipment {
  readonly subscription: Subscription;
  readonly publication: Publication;
  readonly envelopes: Envelopes;
}

/** What came of one attempt. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly retry: boolean; readonly why: string };
