// What AWS answers, the sandbox answers: one test for each truth in test/fixtures/aws-truths.json, each in a sandbox of its own.
// A truth that needs a service which the sandbox does not have yet is skipped by name; it joins when services.ts has the service.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { services } from '../../../src/sandbox/services.ts';
import { startTestSandbox } from '../start.ts';
import { openCaller } from './callAws.ts';
import { runTruth } from './runTruth.ts';
import { parseTruths, type Truth } from './truth.ts';

const truths = parseTruths(readFileSync('test/fixtures/aws-truths.json', 'utf8'));
const present = new Set(services.map((service) => service.name));
/** Where all of a service's truths must hold, so none of them may be skipped for a reason of its own. */
const whole = ['sqs', 'sns', 'sts', 'iam', 's3', 'kinesis', 'ec2', 'cognito-idp'];

/** Services that the truth needs and the sandbox lacks. */
function lacking(truth: Truth): string[] {
  const used = truth.steps.flatMap(({ what }) => (what.includes('.') ? [what.split('.')[0] ?? ''] : []));
  return [...new Set([truth.service, ...used])].filter((service) => !present.has(service));
}

describe.concurrent('AWS says', () => {
  for (const truth of truths) {
    const missing = lacking(truth);
    const title = `${truth.id}: ${truth.about}`;
    if (missing.length > 0) test.skip(`${title} (the sandbox has no ${missing.join(', ')} yet)`);
    else test(title, { timeout: 60_000 }, () => check(truth));
  }
});

async function check(truth: Truth): Promise<void> {
  const sandbox = await startTestSandbox();
  const { endpoint, credentials, account, region } = sandbox;
  const caller = openCaller({ endpoint, credentials });
  try {
    await runTruth(truth, {
      caller,
      account,
      region,
      now: async () => sandboxTime(await sandbox.admin('clock')),
      advance: (ms) => sandbox.advance(`${ms}ms`),
    });
  } catch (error) {
    const log = sandbox.logged.slice(-3).join('\n  ');
    throw new Error(`${error instanceof Error ? error.message : String(error)}${log && `\n  log: ${log}`}`, {
      cause: error,
    });
  } finally {
    caller.close();
    await sandbox.stop();
  }
}

function sandboxTime(clock: unknown): number {
  if (typeof clock !== 'object' || clock === null || !('now' in clock)) throw new Error('the clock does not tell');
  return Date.parse(String(clock.now));
}

test('the truths of SQS, SNS and S3 are all tried', () => {
  const skipped = truths.filter((truth) => whole.includes(truth.service) && lacking(truth).length > 0);
  expect(skipped.map((truth) => truth.id)).toEqual([]);
});

afterAll(() => {
  const counts = Map.groupBy(truths, (truth) => lacking(truth).join(', '));
  const tried = counts.get('')?.length ?? 0;
  counts.delete('');
  const rest = [...counts].map(([missing, skipped]) => `${skipped.length} without ${missing}`).join('; ');
  console.log(`truths: ${tried} tried of ${truths.length}; skipped: ${rest || 'none'}`);
});
