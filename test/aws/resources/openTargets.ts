// What the tests of the kinds share: a sandbox, and a target that is opened as the product opens it.
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Look } from '../../../src/aws/resources/kind.ts';
import { clock } from '../../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';

export async function openLook(): Promise<{
  readonly sandbox: TestSandbox;
  readonly look: Look;
  close(): Promise<void>;
}> {
  const sandbox = await startTestSandbox();
  const { endpoint, credentials, region } = sandbox;
  const target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
  const close = async () => {
    target.dispose();
    await sandbox.stop();
  };
  return { sandbox, look: { target }, close };
}
