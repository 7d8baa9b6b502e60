// What can be made besides instances: security groups, key pairs, volumes.
import {
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  CreateVolumeCommand,
  DeleteKeyPairCommand,
  DeleteSecurityGroupCommand,
  DeleteVolumeCommand,
  DescribeKeyPairsCommand,
  DescribeVolumesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
beforeAll(async () => {
  open = await openEc2();
}, 60_000);
afterAll(() => open.aws.stop());

it('keeps a security group while an instance is in it', async () => {
  const { GroupId = '' } = await open.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web servers' }),
  );
  const InstanceIds = await open.run({ SecurityGroupIds: [GroupId] });
  const [instance] = await open.find({ InstanceIds });
  expect(instance?.SecurityGroups).toEqual([{ GroupId, GroupName: 'web' }]);
  const remove = () => open.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  await expect(remove()).rejects.toMatchObject(
    refused('DependencyViolation', `resource ${GroupId} has a dependent object`),
  );
  await open.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  await open.aws.advance('10s');
  await remove();
  await expect(remove()).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
});

it('makes key pairs that work', async () => {
  const { KeyMaterial = '' } = await open.ec2.send(new CreateKeyPairCommand({ KeyName: 'k' }));
  expect(createPrivateKey(KeyMaterial).asymmetricKeyType).toBe('rsa');
  const InstanceIds = await open.run({ KeyName: 'k' });
  expect((await open.find({ InstanceIds }))[0]?.KeyName).toBe('k');
  await open.ec2.send(new DeleteKeyPairCommand({ KeyName: 'k' }));
  await open.ec2.send(new DeleteKeyPairCommand({ KeyName: 'k' }));
  await expect(open.ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['k'] }))).rejects.toMatchObject(
    refused('InvalidKeyPair.NotFound', "The key pair 'k' does not exist"),
  );
});

it('has volumes of their own and those of instances', async () => {
  const zone = { AvailabilityZone: 'us-east-1a' };
  const { VolumeId = '' } = await open.ec2.send(new CreateVolumeCommand({ ...zone, Size: 1 }));
  await open.ec2.send(new DeleteVolumeCommand({ VolumeId }));
  await expect(open.ec2.send(new DeleteVolumeCommand({ VolumeId }))).rejects.toMatchObject(
    refused('InvalidVolume.NotFound', `The volume '${VolumeId}' does not exist`),
  );
  const [id = ''] = await open.run();
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { Volumes = [] } = await open.ec2.send(new DescribeVolumesCommand({ Filters }));
  expect(Volumes).toMatchObject([{ State: 'in-use', Attachments: [{ InstanceId: id }] }]);
  const root = Volumes[0]?.VolumeId ?? '';
  await expect(open.ec2.send(new DeleteVolumeCommand({ VolumeId: root }))).rejects.toMatchObject(
    refused('VolumeInUse', `Volume ${root} is currently attached to ${id}`),
  );
});
