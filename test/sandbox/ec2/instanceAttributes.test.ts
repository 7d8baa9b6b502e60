import {
  DescribeInstanceAttributeCommand,
  ModifyInstanceAttributeCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
beforeAll(async () => {
  open = await openEc2();
}, 60_000);
afterAll(() => open.aws.stop());

it('changes type and user data of an instance that is stopped', async () => {
  const UserData = Buffer.from('#!/bin/sh').toString('base64');
  const InstanceIds = await open.run({ UserData });
  const [InstanceId = ''] = InstanceIds;
  const read = (Attribute: 'instanceType' | 'userData' | 'disableApiTermination') =>
    open.ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));
  const bigger = new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: 't3.small' } });
  expect((await read('userData')).UserData?.Value).toBe(UserData);
  expect((await read('disableApiTermination')).DisableApiTermination?.Value).toBe(false);
  await open.aws.advance('5s');
  await expect(open.ec2.send(bigger)).rejects.toMatchObject(
    refused('IncorrectInstanceState', `The instance '${InstanceId}' is not in the 'stopped' state.`),
  );
  await open.ec2.send(new StopInstancesCommand({ InstanceIds }));
  await open.aws.advance('10s');
  await open.ec2.send(bigger);
  expect((await read('instanceType')).InstanceType?.Value).toBe('t3.small');
  const script = Buffer.from('#!/bin/bash');
  await open.ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, UserData: { Value: script } }));
  expect((await read('userData')).UserData?.Value).toBe(script.toString('base64'));
});
