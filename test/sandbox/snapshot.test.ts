import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateQueueCommand, ListQueuesCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { learner } from '../../src/sandbox/wire/authenticate.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const caller = learner('123456789012', 'AKIA');

/** Another sandbox with what the first one saved. */
const again = async (first: TestSandbox): Promise<TestSandbox> => {
  const saved = structuredClone(first.sandbox.save());
  await first.stop();
  return startTestSandbox({ saved, credentials: first.credentials });
};

it('keeps time, mail, sessions and what services hold', async () => {
  const first = await startTestSandbox();
  await first.advance('1d');
  first.sandbox.mailbox.deliver({ to: 'a', from: 'b', subject: 's', body: 'x', links: [] });
  const trust = { Effect: 'Allow', Principal: { AWS: first.account }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await first.client(IAMClient).send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument }));
  const { Credentials } = await first
    .client(STSClient)
    .send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 'me' }));
  await first.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }));
  const before = await first.admin('state');

  const second = await again(first);
  expect(await second.admin('state')).toEqual(before);
  expect(await second.admin('clock')).toMatchObject({ offset: 86_400_000 });
  expect(await second.admin('mailbox')).toMatchObject({ messages: [{ to: 'a', subject: 's' }] });
  const session = second.client(STSClient, {
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/assumed-role\/r\/me$/);
  await second.stop();
});

it('keeps what belongs to services that were not used again', async () => {
  const first = await startTestSandbox();
  await first.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }));
  const second = await again(first);
  const third = await again(second);
  expect((await third.client(SQSClient).send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(1);
  await third.stop();
});

it('is empty after a reset, at once, of 100,000 messages in several regions', async () => {
  const aws = await startTestSandbox();
  const regions = ['us-east-1', 'eu-west-1'];
  const fill = async (region: string): Promise<void> => {
    const { QueueUrl } = await aws.client(SQSClient, { region }).send(new CreateQueueCommand({ QueueName: 'q' }));
    // Not over HTTP, for speed; the messages are the same.
    const send = (await aws.sandbox.hosting.load('sqs'))?.service?.handlers['SendMessageBatch'];
    const call = {
      account: aws.account,
      region,
      caller,
      requestId: 'r',
      endpoint: aws.endpoint,
      signal: new AbortController().signal,
    };
    for (let batch = 0; batch < 5000; batch++) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({
        Id: String(index),
        MessageBody: `message ${batch}`,
      }));
      await send?.({ QueueUrl, Entries } as never, call);
    }
    const counted = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
    const { Attributes } = await aws.client(SQSClient, { region }).send(counted);
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '50000' });
  };
  for (const region of regions) await fill(region);
  const began = performance.now();
  aws.sandbox.reset();
  const took = performance.now() - began;
  expect(await aws.admin('state')).toEqual({ resources: [] });
  for (const region of regions) {
    const { QueueUrls = [] } = await aws.client(SQSClient, { region }).send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([]);
  }
  expect(took).toBeLessThan(5);
  await aws.stop();
}, 60_000);
