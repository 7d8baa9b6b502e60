// Stop all: exactly `AutoOff=yes`, and running. Nothing else is touched.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningAutoOff, stopInstances } from '../../../src/aws/actions/autoOff.ts';
import { withSandbox, type OpenEc2 } from '../../sandbox/ec2/openEc2.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
let ec2: OpenEc2;
beforeAll(async () => {
  bench = await openBench();
  ec2 = await withSandbox(bench.sandbox);
});
afterAll(() => bench.stop());

test('those that nearly match run on', async () => {
  const near = [{ AutoOff: 'Yes' }, { AutoOff: 'true' }, { autooff: 'yes' }, { AutoOff: 'yes ' }, { Auto: 'yes' }, {}];
  const others = (await Promise.all(near.map((tags) => ec2.run({}, tags)))).flat();
  const [one = '', two = '', stopped = ''] = (
    await Promise.all([1, 2, 3].map((n) => ec2.run({}, { AutoOff: 'yes', Name: `web ${n}` })))
  ).flat();
  await bench.sandbox.advance('2m');
  await bench.target.send('ec2.StopInstances', { InstanceIds: [stopped] });
  await bench.sandbox.advance('2m');

  const marked = await runningAutoOff(bench);
  expect(marked.map(({ id }) => id).toSorted()).toEqual([one, two].toSorted());
  expect(marked[0]).toMatchObject({ name: expect.stringContaining('web'), type: 't3.micro' });
  const ended = await stopInstances(
    bench,
    marked.map(({ id }) => id),
  );
  expect(ended.every(({ ok }) => ok)).toBe(true);
  await bench.sandbox.advance('2m');
  expect(await ec2.states(one, two)).toEqual(['stopped', 'stopped']);
  expect(new Set(await ec2.states(...others))).toEqual(new Set(['running']));
});

test('one that is gone does not hold up the others', async () => {
  const [id = ''] = await ec2.run({}, { AutoOff: 'yes' });
  await bench.sandbox.advance('2m');
  const ended = await stopInstances(bench, ['i-0123456789abcdef0', id]);
  expect(ended).toMatchObject([{ ok: false, why: expect.stringContaining('i-0123456789abcdef0') }, { ok: true }]);
});
