import type { QueueRef } from '../../peek/queueFacts.ts';
import type { AimedRow } from '../resources/aim.ts';
import { pickAim } from '../resources/pickAim.ts';
import type { Targets } from '../targets.ts';

/** Opens the viewer on a row's queue; from the palette it asks which. */
export function peekCommands(targets: Targets, show: (queue: QueueRef) => Promise<void>) {
  return {
    async 'awsLabs.viewQueue'(row?: unknown): Promise<void> {
      const aim = aimOf(row) ?? (await pickAim(targets, ['queue'], 'Look into which queue?'));
      if (aim?.kind === 'resource' && aim.found.kind === 'queue')
        await show({ name: aim.found.name, url: aim.found.ref });
    },
  };
}

function aimOf(row: unknown): AimedRow['aim'] {
  // Rows of the Resources view are ours; the editor only hands them on.
  return typeof row === 'object' && row !== null && 'aim' in row ? (row as AimedRow).aim : undefined;
}
