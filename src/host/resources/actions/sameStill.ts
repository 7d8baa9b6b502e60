import { AwsFailure } from '../../../aws/errors.ts';
import type { Found, Look } from '../../../aws/resources/kind.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { Refusal } from '../../explain.ts';

/**
 * What a row or a command's argument names, looked up where the calls go now, before it is taken away: a row may be of an account or a
 * region that was switched away from, and an argument may show one name and carry the address of another. Undefined where it is gone.
 */
export async function sameStill(look: Look, found: Found): Promise<Found | undefined> {
  const kind = kinds[found.kind];
  const { account, region } = look.target;
  const there = await kind.find(look, found.key).catch((error: unknown) => {
    // Who may not look may still delete; AWS knows whether it is there.
    if (error instanceof AwsFailure && error.kind === 'access-denied') return found;
    throw error;
  });
  if (there === undefined || found.arn === undefined || there.arn === undefined || found.arn === there.arn)
    return there;
  throw new Refusal({
    what: `This ${kind.label} is ${found.arn}, and calls go to account ${account} in ${region} now.`,
    advice: 'Nothing was done. Switch back, or choose the one that is meant in the Resources view.',
  });
}
