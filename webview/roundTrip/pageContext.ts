import type { RoundTripRequest, RoundTripView } from '../../src/protocol/roundTrip.ts';
import type { PageState } from './pageState.ts';

export interface PageContext {
  readonly view: RoundTripView;
  readonly state: PageState;
  ask(request: RoundTripRequest): void;
  redraw(): void;
}
