import type { RoundTripRequest, TripStart } from '../../protocol/roundTrip.ts';
import type { RequestTable } from '../parseMessage.ts';

/** The forms of all that the round trip's page can ask. */
export const roundTripRequests: RequestTable<RoundTripRequest> = {
  ready: {},
  offer: { offer: 'id' },
  setUp: {},
  remove: {},
  trip: { trip: 'id' },
  user: { user: 'id' },
  signIn: { start: 'id' },
  browse: { start: 'id' },
  copyAddress: { start: 'id' },
  signOut: {},
  break: { break: 'id' },
  rollOver: {},
  update: {},
};

/** A page may send anything: what is no start begins at the provider. */
export const startIn = (text: string): TripStart => (text === 'service' ? 'service' : 'provider');
