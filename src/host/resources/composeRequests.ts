import type { ComposeRequest } from '../../protocol/compose.ts';
import type { RequestTable } from '../parseMessage.ts';

/** What the composer's page may ask for. */
export const composeRequests: RequestTable<ComposeRequest> = {
  ready: { draft: 'long' },
  check: { draft: 'long' },
  send: { draft: 'long' },
  stop: {},
  dismiss: {},
  copyResult: { place: 'index' },
  offer: { offer: 'id' },
};
