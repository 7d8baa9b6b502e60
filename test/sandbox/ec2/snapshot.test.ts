import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
beforeAll(async () => {
  open = await openEc2();
}, 60_000);
afterAll(() => open.aws.stop());

it('shows instances that are there, remembers them, and forgets them at a reset', async () => {
  const before = await open.aws.admin('state');
  const InstanceIds = await open.run({}, { lab: 'x' });
  const [id = ''] = InstanceIds;
  const pending = await open.aws.admin('state');
  expect(pending).toMatchObject({
    resources: [
      {
        service: 'ec2',
        type: 'instance',
        arn: `arn:aws:ec2:us-east-1:123456789012:instance/${id}`,
        state: 'running',
        tags: { lab: 'x' },
      },
    ],
  });
  await open.aws.advance('5s');
  expect(await open.aws.admin('state')).toEqual(pending);

  const hosted = await open.aws.sandbox.hosting.load('ec2');
  const saved = structuredClone(hosted?.service?.snapshot());
  await open.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  expect(await open.aws.admin('state')).toEqual(before);
  hosted?.service?.restore(saved);
  expect(await open.states(id)).toEqual(['running']);
  await open.aws.admin('reset', {});
  expect(await open.find()).toEqual([]);
});
