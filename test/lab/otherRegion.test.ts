// A lab elsewhere than in us-east-1: what S3 wants to be said there, the engine says, and shows.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openTarget } from '../../src/aws/openTarget.ts';
import { LabRun } from '../../src/lab/labRun.ts';
import { clock, labIn } from '../labs/bench.ts';
import { startTestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000 });

test.each([
  ['us-east-1', undefined],
  ['eu-west-1', 'eu-west-1'],
])('a bucket in %s', async (region, LocationConstraint) => {
  const sandbox = await startTestSandbox();
  const { endpoint, credentials } = sandbox;
  const target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
  const lab = await labIn('labs/s3-events');
  const dataDir = mkdtempSync(join(tmpdir(), 'labs-'));
  const run = await LabRun.open({ lab, target, dataDir, clock, id: () => 'abcdefgh12' });
  expect(await run.runStep('bucket')).toMatchObject({ ok: true });
  const create = run.snapshot().steps.find(({ id }) => id === 'bucket')?.actions[0]?.request;
  expect(create?.input).toMatchObject({
    CreateBucketConfiguration: {
      Tags: expect.anything(),
      ...(LocationConstraint !== undefined && { LocationConstraint }),
    },
  });
  expect(create?.cli.includes('"LocationConstraint":"eu-west-1"')).toBe(LocationConstraint !== undefined);
  expect(await target.send('s3.GetBucketLocation', { Bucket: 'ordersbucket-abcdefgh' })).toEqual(
    LocationConstraint === undefined ? {} : { LocationConstraint },
  );
  expect(await run.teardown()).toMatchObject({ removed: 1, left: [] });
  target.dispose();
  await sandbox.stop();
});
