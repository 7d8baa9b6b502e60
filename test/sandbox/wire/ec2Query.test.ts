import {
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeVpcsCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AwsError } from '../../../src/sandbox/service.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { testServices } from './testServices.ts';

let aws: TestSandbox;
let ec2: EC2Client;
const seen: object[] = [];
const launched = new Date('2026-01-02T03:04:05.678Z');

beforeAll(async () => {
  aws = await startTestSandbox({
    services: testServices({
      ec2: {
        RunInstances(input) {
          seen.push(input);
          return { Instances: [{ InstanceId: 'i-1', State: { Code: 0, Name: 'pending' }, LaunchTime: launched }] };
        },
        DescribeInstances(input) {
          seen.push(input);
          return {
            Reservations: [
              {
                ReservationId: 'r-1',
                Instances: [{ InstanceId: 'i-1', EbsOptimized: true, Tags: [{ Key: 'Name', Value: '<me>' }] }],
              },
              { Instances: [] },
            ],
          };
        },
        CreateTags: (input) => void seen.push(input),
        TerminateInstances() {
          throw new AwsError('InvalidInstanceID.NotFound', "The instance ID 'i-9' does not exist");
        },
      },
    }),
  });
  ec2 = aws.client(EC2Client);
  // The schemas of a big service take a while to be compiled for the test.
  await aws.sandbox.hosting.load('ec2');
}, 60_000);
afterAll(() => aws.stop());

it('reads lists, structures, numbers and bytes', async () => {
  const input = {
    ImageId: 'ami-1',
    MinCount: 1,
    MaxCount: 2,
    UserData: 'aGVsbG8=',
    SecurityGroupIds: ['sg-1', 'sg-2'],
    EbsOptimized: false,
    ClientToken: 'token',
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 8, DeleteOnTermination: true } }],
    TagSpecifications: [{ ResourceType: 'instance' as const, Tags: [{ Key: 'a', Value: 'b' }] }],
  };
  const { Instances } = await ec2.send(new RunInstancesCommand(input));
  expect(seen.pop()).toEqual(input);
  expect(Instances).toMatchObject([{ InstanceId: 'i-1', State: { Code: 0, Name: 'pending' }, LaunchTime: launched }]);
});

it('writes nested lists', async () => {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['x', 'y'] }], MaxResults: 5 }),
  );
  expect(seen.pop()).toEqual({ Filters: [{ Name: 'tag:Name', Values: ['x', 'y'] }], MaxResults: 5 });
  expect(Reservations).toEqual([
    {
      ReservationId: 'r-1',
      Instances: [{ InstanceId: 'i-1', EbsOptimized: true, Tags: [{ Key: 'Name', Value: '<me>' }] }],
    },
    { Instances: [] },
  ]);
});

it('answers operations without output', async () => {
  await ec2.send(new CreateTagsCommand({ Resources: ['i-1'], Tags: [{ Key: 'k', Value: 'v' }] }));
  expect(seen.pop()).toEqual({ Resources: ['i-1'], Tags: [{ Key: 'k', Value: 'v' }] });
});

it('refuses by code', async () => {
  await expect(ec2.send(new TerminateInstancesCommand({ InstanceIds: ['i-9'] }))).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
    message: "The instance ID 'i-9' does not exist",
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

it('names the parameter that is missing', async () => {
  const sent = ec2.send(new RunInstancesCommand({ ImageId: 'ami-1' } as never));
  await expect(sent).rejects.toMatchObject({
    name: 'MissingParameter',
    message: 'The request must contain the parameter maxCount.',
  });
});

it('names the operation that has no semantics', async () => {
  await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('ec2.DescribeVpcs'),
    $metadata: { httpStatusCode: 501 },
  });
});

it('refuses a foreign key as EC2 does', async () => {
  const foreign = aws.client(EC2Client, { credentials: { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'x' } });
  await expect(foreign.send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
    name: 'AuthFailure',
    $metadata: { httpStatusCode: 401 },
  });
});
