import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from './start.ts';
import { testServices } from './wire/testServices.ts';

let aws: TestSandbox;
let made: string[];
beforeEach(async () => {
  made = [];
  aws = await startTestSandbox({
    services: testServices({
      sqs: {
        CreateQueue(input) {
          made.push(input.QueueName);
          return { QueueUrl: input.QueueName };
        },
        ReceiveMessage: (_input, { signal }) =>
          new Promise((done) => signal.addEventListener('abort', () => done({ Messages: [] }))),
      },
    }),
  });
});
afterEach(() => aws.stop());

const create = (QueueName: string, maxAttempts = 1) =>
  aws.client(SQSClient, { maxAttempts }).send(new CreateQueueCommand({ QueueName }));
const rules = (...given: object[]) => aws.admin('faults', { rules: given });

describe('faults', () => {
  it('throttle, so many times, after so many', async () => {
    await rules({ operation: 'sqs.CreateQueue', kind: 'throttle', skip: 1, times: 2 });
    await create('one');
    await expect(create('two')).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    await expect(create('three')).rejects.toThrow('Rate exceeded');
    await create('four');
    expect(made).toEqual(['one', 'four']);
  });

  it('are overcome by a client that tries again', async () => {
    await rules({ operation: 'sqs.*', kind: 'throttle', times: 1 }, { operation: '*', kind: 'error', times: 2 });
    await create('one', 5);
    expect(made).toEqual(['one']);
  });

  it('fail with a code and a status', async () => {
    await rules({ operation: 'sts.*', kind: 'error', code: 'ServiceUnavailable', status: 503 });
    await expect(aws.client(STSClient).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $fault: 'server',
      $metadata: { httpStatusCode: 503 },
    });
    await create('other services work');
  });

  it('drop the connection before or after the effect', async () => {
    await rules(
      { operation: '*', kind: 'drop-before', times: 1 },
      { operation: '*', kind: 'drop-after', skip: 1, times: 1 },
    );
    await expect(create('before')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(create('after')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(made).toEqual(['after']);
  });

  it('slow down', async () => {
    await rules({ operation: '*', kind: 'latency', ms: 60 });
    const began = performance.now();
    await create('slow');
    expect(performance.now() - began).toBeGreaterThan(55);
  });

  it('are listed and cleared, and checked', async () => {
    expect(await rules({ operation: 'sqs.*', kind: 'latency', ms: 5 })).toEqual({
      rules: [{ operation: 'sqs.*', kind: 'latency', ms: 5, seen: 0 }],
    });
    expect(await aws.admin('faults', undefined, 'DELETE')).toEqual({ rules: [] });
    await expect(rules({ operation: 'sqs.*', kind: 'fire' })).rejects.toThrow(/one of throttle, error/);
    await expect(rules({ kind: 'error' })).rejects.toThrow(/names an operation/);
  });
});

it('keeps the last calls, without bodies', async () => {
  await create('secret-name');
  await aws
    .client(STSClient, { credentials: { accessKeyId: 'no', secretAccessKey: 'no' } })
    .send(new GetCallerIdentityCommand({}))
    .catch(() => undefined);
  const { calls } = (await aws.admin('calls?after=0')) as { calls: { n: number }[] };
  expect(calls).toMatchObject([
    { n: 1, operation: 'sqs.CreateQueue', status: 200, account: aws.account, region: 'us-east-1' },
    { n: 2, operation: 'sts.GetCallerIdentity', status: 403, error: 'InvalidClientTokenId' },
  ]);
  expect(JSON.stringify(calls)).not.toContain('secret-name');
  expect(await aws.admin('calls?after=1')).toMatchObject({ calls: [{ n: 2 }] });
});

it('keeps mail, read or not, until it is removed', async () => {
  const { mailbox } = aws.sandbox;
  const mail = mailbox.deliver({
    to: 'me@example.com',
    from: 'no-reply@sns.amazonaws.com',
    subject: 's',
    body: 'b',
    links: [{ label: 'Confirm', url: 'http://x' }],
  });
  expect(await aws.admin('mailbox')).toEqual({ messages: [{ ...mail, read: false }] });
  expect(await aws.admin(`mailbox/${mail.id}/read`, undefined, 'POST')).toMatchObject({ read: true });
  await aws.admin(`mailbox/${mail.id}`, undefined, 'DELETE');
  expect(await aws.admin('mailbox')).toEqual({ messages: [] });
  await expect(aws.admin(`mailbox/${mail.id}`, undefined, 'DELETE')).rejects.toThrow('404');
});

it('ends long polls at a reset', async () => {
  const sent = aws.client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl: 'q' }));
  await expect.poll(async () => aws.admin('reset', undefined, 'POST')).toEqual({ ok: true });
  // The first reset may have come before the request.
  const ended = await Promise.race([sent, aws.admin('reset', {}).then(() => sent)]);
  expect(ended.Messages).toEqual([]);
});

it('says what there is', async () => {
  expect(await aws.admin('health')).toMatchObject({ ok: true, pid: process.pid });
  await expect(aws.admin('nothing')).rejects.toThrow(/GET \/_sandbox\/health/);
});
