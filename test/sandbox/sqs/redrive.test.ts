import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqs, refusalOf } from './openSqs.ts';
import type { TestQueue, TestSqs } from './openSqs.ts';

let aws: TestSqs;
beforeAll(async () => void (aws = await openSqs()));
afterAll(() => aws.sandbox.stop());

const policyOf = (policy: object): string => JSON.stringify(policy);
const setRedrive = ({ url }: TestQueue, RedrivePolicy: string) =>
  aws.sqs.setQueueAttributes({ QueueUrl: url, Attributes: { RedrivePolicy } });

test('the receive past maxReceiveCount moves the message, with id, time, counts and attributes', async () => {
  const { source, dead } = await aws.createPair(2);
  const id = await source.send('x', {
    MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
    MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988' } },
  });
  const [first] = await source.receive({ AttributeNames: ['All'] });
  await aws.sandbox.advance('10s');
  expect(await source.receive()).toHaveLength(1);
  expect(await source.receive()).toEqual([]);
  expect(await source.counts()).toEqual([0, 0, 0]);
  const [message] = await dead.receive({ AttributeNames: ['All'], MessageAttributeNames: ['All'] });
  expect(message).toMatchObject({ MessageId: id, Body: 'x', MessageAttributes: { a: { StringValue: 'b' } } });
  expect(message?.Attributes).toEqual({
    ...first?.Attributes,
    ApproximateReceiveCount: '3',
    DeadLetterQueueSourceArn: source.arn,
  });
});

test('what is over the count goes, what is not is received, in one call', async () => {
  const { source, dead } = await aws.createPair(1);
  await source.send('old');
  await source.receive();
  await source.send('new');
  expect(await source.bodies()).toEqual(['new']);
  expect(await dead.bodies()).toEqual(['old']);
});

test('only receives in the queue itself count for it: a chain works', async () => {
  const last = await aws.create();
  const { source, dead } = await aws.createPair(1);
  await setRedrive(dead, policyOf({ deadLetterTargetArn: last.arn, maxReceiveCount: 2 }));
  await source.send('x');
  await source.receive();
  await source.receive();
  expect(await dead.bodies({ VisibilityTimeout: 0 })).toEqual(['x']);
  expect(await dead.bodies({ VisibilityTimeout: 0 })).toEqual(['x']);
  expect(await dead.bodies()).toEqual([]);
  const [message] = await last.receive({ AttributeNames: ['All'] });
  expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '4', DeadLetterQueueSourceArn: dead.arn });
});

test('retention runs on from the first sending in a standard dead-letter queue', async () => {
  const dead = await aws.create({ MessageRetentionPeriod: '120' });
  const source = await aws.create({
    VisibilityTimeout: '0',
    RedrivePolicy: policyOf({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
  });
  await source.send('x');
  await source.receive();
  await aws.sandbox.advance('100s');
  await source.receive();
  expect(await dead.counts()).toEqual([1, 0, 0]);
  await aws.sandbox.advance('20s');
  expect(await dead.counts()).toEqual([0, 0, 0]);
});

test('a FIFO group goes on behind its dead letter, and retention begins again', async () => {
  const { source, dead } = await aws.createFifoPair(2);
  await source.send('foobar', { MessageGroupId: '1' });
  await source.send('next', { MessageGroupId: '1' });
  await source.receive({ MaxNumberOfMessages: 1 });
  await source.receive({ MaxNumberOfMessages: 1 });
  await aws.sandbox.advance('10s');
  expect(await source.bodies()).toEqual(['next']);
  const [message] = await dead.receive({ AttributeNames: ['All'] });
  expect(message).toMatchObject({
    Body: 'foobar',
    Attributes: { MessageGroupId: '1', DeadLetterQueueSourceArn: source.arn },
  });
  const { SentTimestamp, ApproximateFirstReceiveTimestamp } = message?.Attributes ?? {};
  expect(Number(SentTimestamp)).toBeGreaterThan(Number(ApproximateFirstReceiveTimestamp));
});

test('while the dead-letter queue is deleted, messages stay', async () => {
  const { source, dead } = await aws.createPair(1);
  await source.send('x');
  await aws.sqs.deleteQueue({ QueueUrl: dead.url });
  await source.receive();
  expect(await source.bodies()).toEqual(['x']);
});

test('the policy is kept with its count as a number, and goes when set empty', async () => {
  const { dead } = await aws.createPair(1);
  const queue = await aws.create({ RedrivePolicy: policyOf({ deadLetterTargetArn: dead.arn, maxReceiveCount: '42' }) });
  expect((await queue.attributes('RedrivePolicy')).RedrivePolicy).toBe(
    `{"deadLetterTargetArn":"${dead.arn}","maxReceiveCount":42}`,
  );
  await setRedrive(queue, '');
  expect(await queue.attributes('All')).not.toHaveProperty('RedrivePolicy');
});

const target = 'arn:aws:sqs:us-east-1:123456789012:none';
const valueOf = (text: string, reason: string): string =>
  `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`;

test.each([
  [{}, 'Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
  [{ maxReceiveCount: 5 }, 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'],
  [
    { deadLetterTargetArn: target, maxReceiveCount: 0 },
    'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.',
  ],
  [
    { deadLetterTargetArn: target, maxReceiveCount: 1001 },
    'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
  ],
  [
    { deadLetterTargetArn: target, maxReceiveCount: 'invalid' },
    'Invalid value for maxReceiveCount: invalid, valid values are from 1 to 1000 both inclusive.',
  ],
  [{ deadLetterTargetArn: 'dummy', maxReceiveCount: 1 }, 'Dead-letter target ARN should be fully qualified ARN.'],
  [
    { deadLetterTargetArn: 'arn:aws:sns:us-east-1:123456789012:topic', maxReceiveCount: 1 },
    'Only SQS queues are valid resources for deadLetterTargetArn.',
  ],
  [{ deadLetterTargetArn: target, maxReceiveCount: 1 }, 'Dead letter target does not exist.'],
  [
    { deadLetterTargetArn: `${target}.fifo`, maxReceiveCount: 1 },
    'Dead-letter queue must be same type of queue as the source..',
  ],
  [
    { deadLetterTargetArn: target.replace('123456789012', '210987654321'), maxReceiveCount: 1 },
    'Dead-letter target owner should be same as the source.',
  ],
  [
    { deadLetterTargetArn: target, maxReceiveCount: 1, more: 1 },
    'Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].',
  ],
])('the policy %j is refused', async (policy, reason) => {
  const text = policyOf(policy);
  expect(await refusalOf(aws.create({ RedrivePolicy: text }))).toEqual({
    code: 'InvalidParameterValue',
    message: valueOf(text, reason),
    status: 400,
  });
});

test.each(['4', '[]', '{', ' '])('the policy %j is no map', async (RedrivePolicy) => {
  expect(await refusalOf(aws.create({ RedrivePolicy }))).toMatchObject({
    message: 'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.',
  });
});

test('who may use a dead-letter queue is for it to say', async () => {
  const dead = await aws.create();
  const [one, other] = [await aws.create(), await aws.create()];
  const policy = policyOf({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const allow = (RedriveAllowPolicy: object | '') =>
    aws.sqs.setQueueAttributes({
      QueueUrl: dead.url,
      Attributes: { RedriveAllowPolicy: RedriveAllowPolicy === '' ? '' : policyOf(RedriveAllowPolicy) },
    });
  await allow({ redrivePermission: 'denyAll' });
  expect(await refusalOf(setRedrive(one, policy))).toMatchObject({ code: 'InvalidParameterValue' });
  await allow({ redrivePermission: 'byQueue', sourceQueueArns: [one.arn] });
  await setRedrive(one, policy);
  expect(await refusalOf(setRedrive(other, policy))).toMatchObject({ code: 'InvalidParameterValue' });
  await allow({ redrivePermission: 'allowAll' });
  await setRedrive(other, policy);
  expect((await dead.attributes('RedriveAllowPolicy')).RedriveAllowPolicy).toBe('{"redrivePermission":"allowAll"}');
  await allow('');
  expect(await dead.attributes('All')).not.toHaveProperty('RedriveAllowPolicy');
});

const unsupported =
  "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.";
const cannot = "Amazon SQS can't create the redrive allow policy.";

test.each([
  ['badjson', unsupported],
  ['{}', unsupported],
  ['{"redrivePermission":"some"}', unsupported],
  ['{"redrivePermission":"allowAll","more":1}', unsupported],
  ['{"redrivePermission":"byQueue","sourceQueueArns":"arn"}', unsupported],
  [
    '{"redrivePermission":"byQueue"}',
    `Value {"redrivePermission":"byQueue"} for parameter RedriveAllowPolicy is invalid. Reason: ${cannot} When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.`,
  ],
  [
    '{"redrivePermission":"denyAll","sourceQueueArns":["arn"]}',
    `Value {"redrivePermission":"denyAll","sourceQueueArns":["arn"]} for parameter RedriveAllowPolicy is invalid. Reason: ${cannot} To specify one or more source queue ARNs, you must set redrivePermission to byQueue.`,
  ],
])('the redrive-allow policy %s is refused', async (RedriveAllowPolicy, message) => {
  expect(await refusalOf(aws.create({ RedriveAllowPolicy }))).toMatchObject({ message, status: 400 });
});

test('ListDeadLetterSourceQueues', async () => {
  const dead = await aws.create();
  const list = (more: object = {}) => aws.sqs.listDeadLetterSourceQueues({ QueueUrl: dead.url, ...more });
  expect((await list()).queueUrls).toEqual([]);
  const urls = [];
  for (let index = 0; index < 3; index++) {
    const RedrivePolicy = policyOf({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    urls.push((await aws.create({ RedrivePolicy }, `source-${index}`)).url);
  }
  expect((await list()).queueUrls).toEqual(urls);
  const first = await list({ MaxResults: 2 });
  expect(first.queueUrls).toEqual(urls.slice(0, 2));
  expect((await list({ MaxResults: 2, NextToken: first.NextToken })).queueUrls).toEqual(urls.slice(2));
});
