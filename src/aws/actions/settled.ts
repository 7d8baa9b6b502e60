import { AwsFailure } from '../errors.ts';
import type { Found } from '../resources/kind.ts';

/**
 * A create call of which nobody knows whether it arrived is settled by looking: what was not there before and is there now was made by it.
 * `find` looks for it; undefined where it cannot be found yet.
 */
export async function settled(
  find: () => Promise<Found | undefined>,
  send: () => Promise<object>,
): Promise<Found | undefined> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.effect !== 'unknown') throw error;
    const there = await find().catch(() => undefined);
    if (there === undefined) throw error;
    return there;
  }
  return find();
}
