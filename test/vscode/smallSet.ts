// A little of everything that the Resources view shows, as a learner would have it.
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { RunningSandbox } from './runningSandbox.ts';

type Place = Pick<RunningSandbox, 'endpoint' | 'region' | 'credentials'>;

export async function makeSmallSet(sandbox: Place): Promise<void> {
  await Promise.all([makeQueues(sandbox), makeBucket(sandbox), makeStream(sandbox), makeInstances(sandbox)]);
}

async function makeQueues(sandbox: Place): Promise<void> {
  const sqs = new SQSClient(sandbox);
  const sns = new SNSClient(sandbox);
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'OrdersDead' }));
  const account = dead.QueueUrl?.split('/').at(-2) ?? '';
  const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:${account}:${name}`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('OrdersDead'), maxReceiveCount: 3 });
  const orders = await sqs.send(new CreateQueueCommand({ QueueName: 'Orders', Attributes: { RedrivePolicy } }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'Payments.fifo', Attributes: { FifoQueue: 'true' } }));
  const several = (count: number) =>
    Array.from({ length: count }, (_, place) => ({ Id: `m${place}`, MessageBody: `message ${place}` }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: dead.QueueUrl, Entries: several(3) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: orders.QueueUrl, Entries: several(10) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: orders.QueueUrl, Entries: several(2) }));
  await sqs.send(new SendMessageCommand({ QueueUrl: orders.QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'NewContent' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arnOf('Orders') }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'reader@example.com' }));
  await sns.send(new CreateTopicCommand({ Name: 'Prices.fifo', Attributes: { FifoTopic: 'true' } }));
  sqs.destroy();
  sns.destroy();
}

async function makeBucket(sandbox: Place): Promise<void> {
  const s3 = new S3Client({ ...sandbox, forcePathStyle: true });
  const Bucket = 'reports-2026';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const keys = [
    'invoices/may.csv',
    'invoices/june.csv',
    'invoices//twice.csv',
    'a line\nbreak.txt',
    '../up.txt',
    '🎈 party.png',
  ];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key.repeat(200) }));
  s3.destroy();
}

async function makeStream(sandbox: Place): Promise<void> {
  const kinesis = new KinesisClient(sandbox);
  await kinesis.send(new CreateStreamCommand({ StreamName: 'clicks', ShardCount: 2 }));
  kinesis.destroy();
}

async function makeInstances(sandbox: Place): Promise<void> {
  const ec2 = new EC2Client(sandbox);
  const launch = (name: string, Key: string, Value: string) => {
    const Tags = [
      { Key: 'Name', Value: name },
      { Key, Value },
    ];
    const TagSpecifications = [{ ResourceType: 'instance' as const, Tags }];
    const ImageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
    return ec2.send(
      new RunInstancesCommand({ ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, TagSpecifications }),
    );
  };
  await launch('web', 'AutoOff', 'yes');
  await launch('build', 'AutoOff', 'Yes');
  await launch('batch', 'autooff', 'true');
  await launch('always on', 'Team', 'web');
  ec2.destroy();
}
