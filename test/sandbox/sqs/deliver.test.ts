// How other services of the sandbox send to a queue.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portOf } from '../../../src/sandbox/hosting.ts';
import type { SqsPort } from '../../../src/sandbox/ports.ts';
import { openSqs } from './openSqs.ts';
import type { TestSqs } from './openSqs.ts';

let aws: TestSqs;
let port: SqsPort;
beforeAll(async () => {
  aws = await openSqs();
  port = await portOf(aws.sandbox.sandbox.hosting, 'sqs');
});
afterAll(() => aws.sandbox.stop());

const topic = 'arn:aws:sns:us-east-1:123456789012:topic';
const sns = { service: 'sns.amazonaws.com', sourceArn: topic, sourceAccount: '123456789012' };

const policy = (Condition: object, Service = 'sns.amazonaws.com'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sqs:SendMessage', Resource: '*', Condition }],
  });

test('the queue’s policy lets a service in, for its source', async () => {
  const queue = await aws.create({ Policy: policy({ ArnEquals: { 'aws:SourceArn': topic } }) });
  const attributes = { a: { DataType: 'Number', StringValue: '1' } };
  const delivered = port.deliver(queue.arn, { body: 'x', attributes }, sns);
  expect(delivered).toMatchObject({ ok: true });
  const [message] = await queue.receive({ AttributeNames: ['SenderId'], MessageAttributeNames: ['All'] });
  expect(message).toMatchObject({
    Body: 'x',
    MessageAttributes: attributes,
    Attributes: { SenderId: expect.stringMatching(/^AIDA/) },
  });
  expect(message?.MessageId).toBe(delivered.ok && delivered.messageId);
  expect(port.deliver(queue.arn, { body: 'x' }, { ...sns, sourceArn: `${topic}-not` })).toMatchObject({
    ok: false,
    reason: 'access-denied',
  });
});

test.each([
  [{ StringEquals: { 'aws:SourceAccount': '123456789012' } }, true],
  [{ StringEquals: { 'aws:SourceAccount': '210987654321' } }, false],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:top*' } }, true],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
  [{ StringEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } }, true],
])('the condition %j: %s', async (condition, ok) => {
  const queue = await aws.create({ Policy: policy(condition) });
  expect(port.deliver(queue.arn, { body: 'x' }, sns).ok).toBe(ok);
});

test('without a policy, or with another service’s, nobody comes in', async () => {
  const queues = [await aws.create(), await aws.create({ Policy: policy({}, 's3.amazonaws.com') })];
  for (const { arn } of queues) {
    expect(port.deliver(arn, { body: 'x' }, sns)).toMatchObject({ ok: false, reason: 'access-denied' });
  }
});

test('no queue, and a message that is none', async () => {
  expect(port.deliver('arn:aws:sqs:us-east-1:123456789012:none', { body: 'x' }, sns)).toMatchObject({
    reason: 'no-such-queue',
  });
  expect(port.deliver('none', { body: 'x' }, sns)).toMatchObject({ reason: 'no-such-queue' });
  const { arn } = await aws.create({ Policy: policy({}) });
  expect(port.deliver(arn, { body: '' }, sns)).toMatchObject({ reason: 'invalid' });
});

test('a FIFO queue takes group and deduplication id along', async () => {
  const queue = await aws.createFifo({ Policy: policy({}) });
  const message = { body: 'x', groupId: 'g', deduplicationId: 'd' };
  port.deliver(queue.arn, message, sns);
  port.deliver(queue.arn, message, sns);
  const received = await queue.receive({ AttributeNames: ['All'] });
  expect(received).toMatchObject([{ Attributes: { MessageGroupId: 'g', MessageDeduplicationId: 'd' } }]);
});

test('a delivery wakes who waits', async () => {
  const queue = await aws.create({ Policy: policy({}) });
  const waiting = queue.bodies({ WaitTimeSeconds: 20 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  port.deliver(queue.arn, { body: 'x' }, sns);
  expect(await waiting).toEqual(['x']);
});
