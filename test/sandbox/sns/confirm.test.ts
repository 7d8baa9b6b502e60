import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, openSns, refusal, type Mail, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

async function pendingMail(
  topic: string,
  address: string,
): Promise<{ arn: string; mail: Mail; url: string; token: string }> {
  const { SubscriptionArn: arn = '' } = await open.sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: 'email', Endpoint: address, ReturnSubscriptionArn: true }),
  );
  const mail = (await open.mails()).findLast(({ to }) => to === address);
  if (mail === undefined) throw new Error('No mail came.');
  const url = mail.links[0]?.url ?? '';
  return { arn, mail, url, token: new URL(url).searchParams.get('Token') ?? '' };
}

const pending = async (SubscriptionArn: string) =>
  (await open.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes?.['PendingConfirmation'];
const confirm = (TopicArn: string, Token: string, AuthenticateOnUnsubscribe = 'false') =>
  open.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe }));

describe('by mail', () => {
  it('the mail reads like AWS’s, and its link confirms', async () => {
    const topic = await open.topic('Order');
    const { arn, mail, url } = await pendingMail(topic, 'shop@example.com');
    expect(mail).toMatchObject({
      from: 'AWS Notifications <no-reply@sns.amazonaws.com>',
      subject: 'AWS Notification - Subscription Confirmation',
      links: [{ label: 'Confirm subscription' }],
    });
    expect(mail.body).toContain(`You have chosen to subscribe to the topic:\n${topic}\n`);
    await open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'too early' }));

    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`<SubscriptionArn>${arn}</SubscriptionArn>`);
    expect(await pending(arn)).toBe('false');

    await open.sns.send(new PublishCommand({ TopicArn: topic, Subject: 'A notebook', Message: 'ordered' }));
    const [, notification] = (await open.mails()).filter(({ to }) => to === 'shop@example.com');
    expect(notification).toMatchObject({ subject: 'A notebook', links: [{ label: 'Unsubscribe' }] });
    expect(notification?.body).toMatch(/^ordered\n\n--\nIf you wish to stop receiving notifications/);

    await fetch(notification?.links[0]?.url ?? '');
    const { Subscriptions } = await open.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    expect(Subscriptions).toEqual([]);
  });

  it('email-json gets the envelope, a display name becomes the sender', async () => {
    const topic = await open.topic('json', { DisplayName: 'Shop' });
    await open.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'email-json', Endpoint: 'j@example.com' }));
    const request = (await open.mails()).find(({ to }) => to === 'j@example.com');
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn: topic });
    await fetch(request?.links[0]?.url ?? '');
    await open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'm' }));
    const mail = (await open.mails()).findLast(({ to }) => to === 'j@example.com');
    expect(mail?.from).toBe('Shop <no-reply@sns.amazonaws.com>');
    expect(mail?.subject).toBe('AWS Notification Message');
    expect(JSON.parse(mail?.body ?? '')).toMatchObject({ Type: 'Notification', Message: 'm' });
  });

  it('asking again sends another mail, whose link alone counts', async () => {
    const topic = await open.topic('twice');
    const first = await pendingMail(topic, 'two@example.com');
    const second = await pendingMail(topic, 'two@example.com');
    expect(second.arn).toBe(first.arn);
    expect((await fetch(first.url)).status).toBe(400);
    expect((await fetch(second.url)).status).toBe(200);
  });

  it('after two days without an answer the subscription is gone', async () => {
    const topic = await open.topic('slow');
    const { arn, url } = await pendingMail(topic, 'slow@example.com');
    await open.aws.advance('47h');
    expect(await pending(arn)).toBe('true');
    await open.aws.advance('2h');
    expect((await refusal(pending(arn))).code).toBe('NotFound');
    expect((await fetch(url)).status).toBe(400);
  });
});

describe('by token', () => {
  it('wrong ones are refused', async () => {
    const topic = await open.topic('wrong');
    expect(await refusal(confirm(topic, 'randomtoken'))).toEqual({
      code: 'InvalidParameter',
      message: 'Invalid token',
      status: 400,
    });
    expect(await refusal(confirm(topic, '51b2ff3edb475b7d'))).toEqual(invalid('Token'));
    expect(await refusal(confirm('not-an-arn', '51b2ff3edb475b7d'))).toEqual(invalid('Topic'));
  });

  it('the token decides, not the name; the region does', async () => {
    const topic = await open.topic('named');
    const { arn, url, token } = await pendingMail(topic, 'n@example.com');
    expect((await fetch(url.replace('us-east-1', 'eu-west-1'))).status).toBe(400);
    expect((await confirm(`${topic}x`, token)).SubscriptionArn).toBe(arn);
    expect((await confirm(topic, token)).SubscriptionArn).toBe(arn);
  });

  it('with AuthenticateOnUnsubscribe the link no longer unsubscribes', async () => {
    const topic = await open.topic('kept');
    const { arn, token } = await pendingMail(topic, 'k@example.com');
    await confirm(topic, token, 'true');
    const answer = await fetch(`${open.aws.endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AuthorizationError</Code>');
    expect(await pending(arn)).toBe('false');
  });
});

it("another account's queue is asked in the queue", async () => {
  const other = await openSns({ anyCredentials: true });
  const topic = await other.topic('theirs');
  const stranger = { credentials: { accessKeyId: '999988887777', secretAccessKey: 'x' } };
  const { SQSClient, CreateQueueCommand, SetQueueAttributesCommand, ReceiveMessageCommand } =
    await import('@aws-sdk/client-sqs');
  const sqs = other.aws.client(SQSClient, stranger);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  const arn = 'arn:aws:sqs:us-east-1:999988887777:q';
  const Policy = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arn,
    },
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const { SubscriptionArn } = await other.sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: arn }),
  );
  expect(SubscriptionArn).toBe('pending confirmation');
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
  const request = JSON.parse(Messages?.[0]?.Body ?? '') as { Type: string; SubscribeURL: string };
  expect(request.Type).toBe('SubscriptionConfirmation');
  expect((await fetch(request.SubscribeURL)).status).toBe(200);
  await other.aws.stop();
});
