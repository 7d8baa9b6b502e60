import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  type DescribeInstancesCommandInput,
  type Instance,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

export const linux = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

export interface OpenEc2 {
  readonly aws: TestSandbox;
  readonly ec2: EC2Client;
  /** Launches, and gives the instances' ids. */
  run(more?: Partial<RunInstancesCommandInput>, tags?: Readonly<Record<string, string>>): Promise<string[]>;
  find(input?: DescribeInstancesCommandInput): Promise<Instance[]>;
  states(...ids: string[]): Promise<(string | undefined)[]>;
}

export async function openEc2(options: Partial<SandboxOptions> = {}): Promise<OpenEc2> {
  return withSandbox(await startTestSandbox(options));
}

export async function withSandbox(aws: TestSandbox): Promise<OpenEc2> {
  const ec2 = aws.client(EC2Client);
  // The schemas of a big service take a while to be compiled for the test.
  await aws.sandbox.hosting.load('ec2');
  const open: OpenEc2 = {
    aws,
    ec2,
    async run(more = {}, tags = {}) {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const { Instances = [] } = await ec2.send(
        new RunInstancesCommand({
          ImageId: linux,
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
          ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: 'instance', Tags }] }),
          ...more,
        }),
      );
      return Instances.map(({ InstanceId = '' }) => InstanceId);
    },
    async find(input = {}) {
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand(input));
      return Reservations.flatMap(({ Instances = [] }) => Instances);
    },
    async states(...InstanceIds) {
      const found = await open.find({ InstanceIds });
      return InstanceIds.map((id) => found.find(({ InstanceId }) => InstanceId === id)?.State?.Name);
    },
  };
  return open;
}

export const refused = (code: string, message: string, status = 400) => ({
  name: code,
  message,
  $metadata: { httpStatusCode: status },
});
