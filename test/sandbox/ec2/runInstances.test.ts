import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import { RunInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openIam, type OpenIam } from '../iam/openIam.ts';
import { linux, refused, withSandbox, type OpenEc2 } from './openEc2.ts';

let iam: OpenIam;
let open: OpenEc2;
beforeAll(async () => {
  iam = await openIam();
  open = await withSandbox(iam.aws);
}, 60_000);
afterAll(() => iam.aws.stop());

const one = { ImageId: linux, MinCount: 1, MaxCount: 1 };

it('launches several instances into one reservation', async () => {
  const {
    Instances = [],
    ReservationId,
    OwnerId,
  } = await open.ec2.send(new RunInstancesCommand({ ...one, MinCount: 2, MaxCount: 3, InstanceType: 't3.nano' }));
  expect(ReservationId).toMatch(/^r-[0-9a-f]{17}$/);
  expect(OwnerId).toBe('123456789012');
  expect(Instances.map(({ AmiLaunchIndex }) => AmiLaunchIndex)).toEqual([0, 1, 2]);
  expect(new Set(Instances.map(({ PrivateIpAddress }) => PrivateIpAddress)).size).toBe(3);
  expect(Instances[0]).toMatchObject({
    State: { Code: 0, Name: 'pending' },
    InstanceType: 't3.nano',
    VpcId: expect.stringMatching(/^vpc-/),
    SubnetId: expect.stringMatching(/^subnet-/),
    SecurityGroups: [{ GroupName: 'default', GroupId: expect.stringMatching(/^sg-/) }],
    Placement: { AvailabilityZone: 'us-east-1a' },
  });
});

it('launches once for a client token', async () => {
  const first = await open.run({ ClientToken: 'once' });
  expect(await open.run({ ClientToken: 'once' })).toEqual(first);
  await expect(open.run({ ClientToken: 'once', InstanceType: 't3.small' })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});

it('only says what it would do', async () => {
  const before = await open.find();
  await expect(open.run({ DryRun: true })).rejects.toMatchObject({ name: 'DryRunOperation' });
  await expect(open.ec2.send(new StopInstancesCommand({ InstanceIds: ['i-0'], DryRun: true }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 412 },
  });
  expect(await open.find()).toHaveLength(before.length);
});

it('gives an instance its profile', async () => {
  await iam.role('runner');
  const names = { InstanceProfileName: 'p', RoleName: 'runner' };
  const { InstanceProfile } = await iam.iam.send(new CreateInstanceProfileCommand(names));
  await iam.iam.send(new AddRoleToInstanceProfileCommand(names));
  const InstanceIds = await open.run({ IamInstanceProfile: { Name: 'p' } });
  const [instance] = await open.find({ InstanceIds });
  expect(instance?.IamInstanceProfile).toEqual({
    Arn: InstanceProfile?.Arn,
    Id: InstanceProfile?.InstanceProfileId,
  });
  await expect(open.run({ IamInstanceProfile: { Name: 'q' } })).rejects.toMatchObject(
    refused(
      'InvalidParameterValue',
      'Value (q) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    ),
  );
});

it('refuses what cannot be launched', async () => {
  await expect(open.run({ InstanceType: 't9.huge' as never })).rejects.toMatchObject(
    refused('InvalidParameterValue', "Invalid value 't9.huge' for InstanceType."),
  );
  await expect(open.run({ InstanceType: 't4g.nano' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(open.run({ ImageId: 'ami-0123456789abcdef0' })).rejects.toMatchObject(
    refused('InvalidAMIID.NotFound', "The image id '[ami-0123456789abcdef0]' does not exist"),
  );
  await expect(open.run({ ImageId: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidAMIID.Malformed' });
  await expect(open.run({ MinCount: 2 })).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  await expect(open.run({ KeyName: 'none' })).rejects.toMatchObject({ name: 'InvalidKeyPair.NotFound' });
  await expect(open.run({ UserData: 'not base64!' })).rejects.toMatchObject(
    refused('InvalidParameterValue', 'Invalid BASE64 encoding of user data.'),
  );
});
