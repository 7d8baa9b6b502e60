import type * as client from '@aws-sdk/client-ec2';
import type { Handlers, World } from '../service.ts';
import { isAt, type Ec2State, type Place } from './state.ts';

export type Ec2Handlers = Handlers<typeof client>;

/** What EC2's operations work on. */
export interface Ec2 {
  readonly world: World;
  /** Replaced as a whole by reset and restore. */
  state: Ec2State;
}

export const ownOf = <Item extends Place>(all: ReadonlyMap<string, Item>, place: Place): Item[] =>
  [...all.values()].filter((item) => isAt(item, place));

/** Undefined too where it belongs to another account or region. */
export function ownWith<Item extends Place>(all: ReadonlyMap<string, Item>, id: string, place: Place) {
  const found = all.get(id);
  return found !== undefined && isAt(found, place) ? found : undefined;
}
