import {
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  ListStreamConsumersCommand,
  ListTagsForResourceCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

it('are registered, described, listed and deregistered', async () => {
  const StreamARN = await open.stream('s');
  const register = (ConsumerName: string) =>
    open.kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName, Tags: { k: 'v' } }));
  const { Consumer } = await register('one');
  expect(Consumer).toMatchObject({ ConsumerName: 'one', ConsumerStatus: 'CREATING' });
  const ConsumerARN = Consumer?.ConsumerARN ?? '';
  expect(ConsumerARN).toMatch(/^arn:aws:kinesis:us-east-1:123456789012:stream\/s\/consumer\/one:\d{10}$/);
  await open.aws.advance('3s');
  const described = await open.kinesis.send(new DescribeStreamConsumerCommand({ ConsumerARN }));
  expect(described.ConsumerDescription).toMatchObject({ ConsumerStatus: 'ACTIVE', StreamARN });
  const { Tags } = await open.kinesis.send(new ListTagsForResourceCommand({ ResourceARN: ConsumerARN }));
  expect(Tags).toEqual([{ Key: 'k', Value: 'v' }]);
  expect(await refusal(register('one'))).toMatchObject({ code: 'ResourceInUseException' });

  await register('two');
  const list = async (more = {}) => open.kinesis.send(new ListStreamConsumersCommand({ StreamARN, ...more }));
  const page = await list({ MaxResults: 1 });
  expect(page.Consumers?.map(({ ConsumerName }) => ConsumerName)).toEqual(['one']);
  expect((await list({ NextToken: page.NextToken })).Consumers?.map(({ ConsumerName }) => ConsumerName)).toEqual([
    'two',
  ]);

  expect(await refusal(open.kinesis.send(new DeleteStreamCommand({ StreamARN })))).toMatchObject({
    code: 'ResourceInUseException',
  });
  await open.kinesis.send(new DeregisterStreamConsumerCommand({ StreamARN, ConsumerName: 'two' }));
  expect((await list()).Consumers?.[1]?.ConsumerStatus).toBe('DELETING');
  await open.aws.advance('3s');
  const gone = new DescribeStreamConsumerCommand({ StreamARN, ConsumerName: 'two' });
  expect(await refusal(open.kinesis.send(gone))).toEqual({
    code: 'ResourceNotFoundException',
    message: 'Consumer two, account 123456789012 not found.',
    status: 400,
  });
  await open.kinesis.send(new DeleteStreamCommand({ StreamARN, EnforceConsumerDeletion: true }));
  await open.aws.advance('3s');
  expect(await open.aws.admin('state')).toEqual({ resources: [] });
});
