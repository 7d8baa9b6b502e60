// What is there around instances: regions, zones, images, types, the default network.
import {
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstanceTypesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
beforeAll(async () => {
  open = await openEc2();
}, 60_000);
afterAll(() => open.aws.stop());

it('has regions and zones', async () => {
  const { Regions = [] } = await open.ec2.send(new DescribeRegionsCommand({}));
  expect(Regions).toContainEqual({
    RegionName: 'eu-west-1',
    Endpoint: 'ec2.eu-west-1.amazonaws.com',
    OptInStatus: 'opt-in-not-required',
  });
  const { AvailabilityZones = [] } = await open.ec2.send(new DescribeAvailabilityZonesCommand({}));
  expect(AvailabilityZones).toHaveLength(6);
  expect(AvailabilityZones[0]).toMatchObject({ ZoneName: 'us-east-1a', ZoneId: 'use1-az1', State: 'available' });
});

it('has images whose ids stay, other ones in other regions', async () => {
  const command = new DescribeImagesCommand({
    Owners: ['amazon'],
    Filters: [{ Name: 'name', Values: ['al2023-ami-2023*-x86_64'] }],
  });
  const { Images = [] } = await open.ec2.send(command);
  expect(Images).toHaveLength(1);
  expect((await open.ec2.send(command)).Images).toEqual(Images);
  const elsewhere = await open.aws.client(EC2Client, { region: 'eu-west-1' }).send(command);
  expect(elsewhere.Images?.[0]?.ImageId).not.toBe(Images[0]?.ImageId);
  const launched = await open.run();
  expect((await open.find({ InstanceIds: launched }))[0]?.ImageId).toBe(Images[0]?.ImageId);
});

it('has instance types', async () => {
  const { InstanceTypes = [] } = await open.ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.micro'] }));
  expect(InstanceTypes).toMatchObject([
    { InstanceType: 't3.micro', VCpuInfo: { DefaultVCpus: 2 }, MemoryInfo: { SizeInMiB: 1024 } },
  ]);
  await expect(
    open.ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t9.huge' as never] })),
  ).rejects.toMatchObject(
    refused('InvalidInstanceType', 'The following supplied instance types do not exist: [t9.huge]'),
  );
});

it('has a default network', async () => {
  const { Vpcs = [] } = await open.ec2.send(new DescribeVpcsCommand({}));
  const VpcId = Vpcs[0]?.VpcId ?? '';
  expect(Vpcs).toMatchObject([{ IsDefault: true, CidrBlock: '172.31.0.0/16' }]);
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { Subnets = [] } = await open.ec2.send(new DescribeSubnetsCommand({ Filters }));
  expect(new Set(Subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(6);
  const { SecurityGroups = [] } = await open.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  expect(SecurityGroups).toMatchObject([{ GroupName: 'default', VpcId }]);
});
