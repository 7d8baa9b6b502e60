import { signIn } from './signIn.ts';
import { pickRegion, pickTarget } from './targetPicker.ts';
import type { Targets } from './targets.ts';

/** What a person can do about where labs run. */
export function targetCommands(targets: Targets) {
  return {
    'awsLabs.switchTarget': () => pickTarget(targets),
    'awsLabs.switchRegion': () => pickRegion(targets),
    'awsLabs.signIn': () => signIn(targets),
    'awsLabs.useSandbox': () => targets.switchTo({ kind: 'sandbox' }),
  };
}
