// The policy of the lab: a function may look at all instances, and stop those whose tag says so.
import { CreateTagsCommand, DescribeInstancesCommand, EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allow, openIam, type OpenIam } from '../iam/openIam.ts';
import { refused, withSandbox, type OpenEc2 } from './openEc2.ts';

let iam: OpenIam;
let open: OpenEc2;
beforeAll(async () => {
  iam = await openIam();
  open = await withSandbox(iam.aws);
}, 60_000);
afterAll(() => iam.aws.stop());

it('lets a role stop the tagged instances and no others', async () => {
  const role = await iam.role('AutoOff', [
    allow('ec2:DescribeInstances'),
    { ...allow('ec2:StopInstances'), Condition: { StringEquals: { 'ec2:ResourceTag/AutoOff': 'yes' } } },
  ]);
  const ec2 = await iam.as(role, EC2Client);
  const [yes = ''] = await open.run({}, { AutoOff: 'yes' });
  const [capital = ''] = await open.run({}, { AutoOff: 'Yes' });
  const [none = ''] = await open.run();
  await open.aws.advance('5s');
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:AutoOff', Values: ['yes'] }] }),
  );
  expect(Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId))).toEqual([yes]);
  await expect(ec2.send(new StopInstancesCommand({ InstanceIds: [yes], DryRun: true }))).rejects.toMatchObject(
    refused('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412),
  );
  await ec2.send(new StopInstancesCommand({ InstanceIds: [yes] }));
  for (const id of [capital, none]) {
    await expect(ec2.send(new StopInstancesCommand({ InstanceIds: [id], DryRun: true }))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringMatching(
        `^You are not authorized to perform this operation. User: arn:aws:sts::.*:assumed-role/AutoOff/me is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:us-east-1:123456789012:instance/${id} because no identity-based policy allows the ec2:StopInstances action$`,
      ),
      $metadata: { httpStatusCode: 403 },
    });
  }
  expect(await open.states(yes, capital, none)).toEqual(['stopping', 'running', 'running']);
});

it('refuses a role without a policy', async () => {
  const ec2 = await iam.as(await iam.role('nothing'), EC2Client);
  await expect(ec2.send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringContaining('ec2:DescribeInstances because no identity-based policy allows'),
  });
  const tag = new CreateTagsCommand({ Resources: ['i-0123456789abcdef0'], Tags: [{ Key: 'a', Value: 'b' }] });
  await expect(ec2.send(tag)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});
