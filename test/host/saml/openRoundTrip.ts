// A round trip's page over a sandbox, with stand-ins for what only an editor has.
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Target } from '../../../src/aws/target.ts';
import { Changes } from '../../../src/host/changes.ts';
import { explain } from '../../../src/host/explain.ts';
import { RoundTripPage } from '../../../src/host/saml/roundTripPage.ts';
import type { TestSandbox } from '../../sandbox/start.ts';

export function openSandboxTarget({ endpoint, credentials, region }: TestSandbox): Promise<Target> {
  return openTarget(
    { kind: 'sandbox', endpoint, credentials, region },
    { now: Date.now, sleep: async () => undefined },
  );
}

/** `opened`: where the addresses go that a browser would open. `kind`: what was chosen as the target. */
export const openRoundTrip = (
  target: Target,
  opened: string[] = [],
  kind: 'sandbox' | 'aws' = 'sandbox',
): RoundTripPage =>
  new RoundTripPage({
    targets: {
      choice: { kind },
      view: { label: 'Sandbox', real: false, sandbox: true },
      open: async () => target,
      moved: new Changes(),
      changes: new Changes(),
    },
    explain: (error) => explain(error, true),
    openBrowser: async (url) => opened.push(url),
    copy: async () => undefined,
    takeOffer: async () => undefined,
    outOfReach: async () => undefined,
  });
