import {
  DescribeInstanceStatusCommand,
  ModifyInstanceAttributeCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
beforeAll(async () => {
  open = await openEc2();
}, 60_000);
afterAll(() => open.aws.stop());

it('goes from pending to running, stopped, running again and terminated, and is forgotten after an hour', async () => {
  const { aws, ec2, states } = open;
  const InstanceIds = await open.run();
  const [id = ''] = InstanceIds;
  expect(await states(id)).toEqual(['pending']);
  await aws.advance('5s');
  const [running] = await open.find({ InstanceIds });
  expect(running?.State).toEqual({ Code: 16, Name: 'running' });
  expect(running?.PublicIpAddress).toBeDefined();

  const stopping = await ec2.send(new StopInstancesCommand({ InstanceIds }));
  expect(stopping.StoppingInstances).toEqual([
    { InstanceId: id, CurrentState: { Code: 64, Name: 'stopping' }, PreviousState: { Code: 16, Name: 'running' } },
  ]);
  await aws.advance('10s');
  const [stopped] = await open.find({ InstanceIds });
  expect(stopped?.State).toEqual({ Code: 80, Name: 'stopped' });
  expect(stopped?.PublicIpAddress).toBeUndefined();
  expect(stopped?.PrivateIpAddress).toBe(running?.PrivateIpAddress);
  const again = await ec2.send(new StopInstancesCommand({ InstanceIds }));
  expect(again.StoppingInstances?.[0]?.CurrentState?.Name).toBe('stopped');

  await ec2.send(new StartInstancesCommand({ InstanceIds }));
  await aws.advance('5s');
  expect(await states(id)).toEqual(['running']);
  await ec2.send(new RebootInstancesCommand({ InstanceIds }));
  expect(await states(id)).toEqual(['running']);

  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  expect(await states(id)).toEqual(['shutting-down']);
  await aws.advance('10s');
  expect(await states(id)).toEqual(['terminated']);
  await aws.advance('59m');
  expect(await states(id)).toEqual(['terminated']);
  await aws.advance('2m');
  await expect(states(id)).rejects.toMatchObject(
    refused('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
  );
});

it('says that an instance is not in a state for it', async () => {
  const { aws, ec2 } = open;
  const InstanceIds = await open.run();
  const [id = ''] = InstanceIds;
  await expect(ec2.send(new StopInstancesCommand({ InstanceIds }))).rejects.toMatchObject(
    refused(
      'IncorrectInstanceState',
      `Instance '${id}' cannot be stopped as it has never reached the 'running' state.`,
    ),
  );
  await aws.advance('5s');
  await ec2.send(new StopInstancesCommand({ InstanceIds }));
  await expect(ec2.send(new StartInstancesCommand({ InstanceIds }))).rejects.toMatchObject(
    refused('IncorrectInstanceState', `The instance '${id}' is not in a state from which it can be started.`),
  );
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  await expect(ec2.send(new StopInstancesCommand({ InstanceIds }))).rejects.toMatchObject(
    refused('IncorrectInstanceState', `This instance '${id}' is not in a state from which it can be stopped.`),
  );
});

it('keeps an instance that is protected', async () => {
  const { ec2 } = open;
  const InstanceIds = await open.run({ DisableApiTermination: true });
  const [InstanceId = ''] = InstanceIds;
  await expect(ec2.send(new TerminateInstancesCommand({ InstanceIds }))).rejects.toMatchObject(
    refused(
      'OperationNotPermitted',
      `The instance '${InstanceId}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    ),
  );
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  expect(await open.states(InstanceId)).toEqual(['shutting-down']);
});

it('changes all instances that are named, or none', async () => {
  const [id = ''] = await open.run();
  await open.aws.advance('5s');
  const unknown = ['i-0123456789abcdef0', 'i-0123456789abcdef1'];
  await expect(open.ec2.send(new StopInstancesCommand({ InstanceIds: [id, ...unknown] }))).rejects.toMatchObject(
    refused('InvalidInstanceID.NotFound', `The instance IDs '${unknown.join(', ')}' do not exist`),
  );
  await expect(open.ec2.send(new StopInstancesCommand({ InstanceIds: [id, 'nonsense'] }))).rejects.toMatchObject(
    refused('InvalidInstanceID.Malformed', 'Invalid id: "nonsense"'),
  );
  expect(await open.states(id)).toEqual(['running']);
});

it('tells the status of what runs', async () => {
  const InstanceIds = await open.run();
  const ask = async (IncludeAllInstances: boolean) =>
    (await open.ec2.send(new DescribeInstanceStatusCommand({ InstanceIds, IncludeAllInstances }))).InstanceStatuses;
  expect(await ask(false)).toEqual([]);
  expect(await ask(true)).toMatchObject([{ InstanceState: { Name: 'pending' } }]);
  await open.aws.advance('5s');
  expect(await ask(false)).toMatchObject([{ InstanceStatus: { Status: 'initializing' } }]);
  await open.aws.advance('1m');
  expect(await ask(false)).toMatchObject([{ InstanceStatus: { Status: 'ok' }, SystemStatus: { Status: 'ok' } }]);
});
