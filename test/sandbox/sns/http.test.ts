import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetSubscriptionAttributesCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSns, until, type OpenSns } from './openSns.ts';

interface Post {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let open: OpenSns;
let address: string;
const posts: Post[] = [];
/** By path: what is answered, in turn; the last one stays. */
const statuses = new Map<string, number[]>();
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const path = request.url ?? '';
    posts.push({ path, headers: request.headers, body });
    const left = statuses.get(path) ?? [200];
    response.writeHead((left.length > 1 ? left.shift() : left[0]) ?? 200).end();
  });
});

beforeAll(async () => {
  open = await openSns();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await open.aws.stop();
});

const received = (path: string, count: number) =>
  until(() => {
    const found = posts.filter((post) => post.path === path);
    return found.length >= count ? found : undefined;
  });

/** A topic with a confirmed subscription of a path. */
async function confirmed(name: string, Attributes: Record<string, string> = {}) {
  const TopicArn = await open.topic(name);
  const path = `/${name}`;
  const { SubscriptionArn = '' } = await open.sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'http',
      Endpoint: address + path,
      ReturnSubscriptionArn: true,
      Attributes,
    }),
  );
  const [request] = await received(path, 1);
  await fetch((JSON.parse(request?.body ?? '') as { SubscribeURL: string }).SubscribeURL);
  return { TopicArn, path, SubscriptionArn };
}

const publish = (TopicArn: string, Message = 'ordered') => open.sns.send(new PublishCommand({ TopicArn, Message }));

describe('an endpoint', () => {
  it('is asked by POST, and confirms by opening the URL', async () => {
    const { TopicArn, path, SubscriptionArn } = await confirmed('asked');
    const [request] = await received(path, 1);
    const { Signature, Timestamp, SigningCertURL, MessageId, Token, ...body } = JSON.parse(
      request?.body ?? '',
    ) as Record<string, string>;
    expect(body).toEqual({
      Type: 'SubscriptionConfirmation',
      TopicArn,
      Message: `You have chosen to subscribe to the topic ${TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${open.aws.endpoint}/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${Token}`,
      SignatureVersion: '1',
    });
    expect([Signature, Timestamp, SigningCertURL].every(Boolean)).toBe(true);
    expect(request?.headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
      'accept-encoding': 'gzip,deflate',
      'x-amz-sns-message-id': MessageId,
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-topic-arn': TopicArn,
    });
    const { Attributes } = await open.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ PendingConfirmation: 'false', ConfirmationWasAuthenticated: 'false' });
  });

  it('gets the envelope with SNS’s headers', async () => {
    const { TopicArn, path, SubscriptionArn } = await confirmed('enveloped');
    const { MessageId } = await publish(TopicArn);
    const [, notification] = await received(path, 2);
    expect(JSON.parse(notification?.body ?? '')).toMatchObject({ Type: 'Notification', MessageId, Message: 'ordered' });
    expect(notification?.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': MessageId,
      'x-amz-sns-topic-arn': TopicArn,
      'x-amz-sns-subscription-arn': SubscriptionArn,
    });
    expect(notification?.headers).not.toHaveProperty('x-amz-sns-rawdelivery');
  });

  it('gets the text alone when raw, in the type it asked for', async () => {
    const DeliveryPolicy = JSON.stringify({ requestPolicy: { headerContentType: 'text/csv' } });
    const { TopicArn, path } = await confirmed('rawly', { RawMessageDelivery: 'true', DeliveryPolicy });
    await publish(TopicArn, 'a,b');
    const [, notification] = await received(path, 2);
    expect(notification?.body).toBe('a,b');
    expect(notification?.headers).toMatchObject({ 'x-amz-sns-rawdelivery': 'true', 'content-type': 'text/csv' });
  });

  it('that leaves by the link is told how to come back, and can', async () => {
    const { TopicArn, path, SubscriptionArn } = await confirmed('leaving');
    await fetch(`${open.aws.endpoint}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`);
    const [, goodbye] = await received(path, 2);
    const body = JSON.parse(goodbye?.body ?? '') as Record<string, string>;
    expect(body['Type']).toBe('UnsubscribeConfirmation');
    expect(body['Message']).toContain(`You have chosen to deactivate subscription ${SubscriptionArn}.`);
    await publish(TopicArn, 'while away');
    expect((await fetch(body['SubscribeURL'] ?? '')).status).toBe(200);
    await publish(TopicArn, 'back');
    const [, , message] = await received(path, 3);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ Message: 'back' });
  });
});

describe('an endpoint that fails', () => {
  it('is tried again after 20 seconds, three times, then the message is a dead letter', async () => {
    const letters = await open.queue('letters');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: letters.arn });
    const { TopicArn, path } = await confirmed('broken', { RedrivePolicy });
    statuses.set(path, [503]);
    await publish(TopicArn);
    await received(path, 2);
    for (const count of [3, 4, 5]) {
      await open.aws.advance('19s');
      expect(posts.filter((post) => post.path === path)).toHaveLength(count - 1);
      await open.aws.advance('1s');
      await received(path, count);
    }
    const [letter] = await until(async () => {
      const taken = await open.take(letters);
      return taken.length > 0 ? taken : undefined;
    });
    expect(JSON.parse(letter?.Body ?? '')).toMatchObject({ Type: 'Notification', Message: 'ordered' });
    await open.aws.advance('10m');
    expect(posts.filter((post) => post.path === path)).toHaveLength(5);
  });

  it('gets the message once it is well again', async () => {
    const { TopicArn, path } = await confirmed('recovering');
    statuses.set(path, [500, 200]);
    const { MessageId } = await publish(TopicArn);
    await received(path, 2);
    await open.aws.advance('21s');
    const [, , again] = await received(path, 3);
    expect(again?.headers['x-amz-sns-message-id']).toBe(MessageId);
    await open.aws.advance('5m');
    expect(posts.filter((post) => post.path === path)).toHaveLength(3);
  });

  it('with a client error is not tried again', async () => {
    const letters = await open.queue('refused');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: letters.arn });
    const { TopicArn, path } = await confirmed('refusing', { RedrivePolicy, RawMessageDelivery: 'true' });
    statuses.set(path, [404]);
    await publish(TopicArn);
    await received(path, 2);
    const [letter] = await until(async () => {
      const taken = await open.take(letters);
      return taken.length > 0 ? taken : undefined;
    });
    expect(letter?.Body).toBe('ordered');
    await open.aws.advance('5m');
    expect(posts.filter((post) => post.path === path)).toHaveLength(2);
  });

  it('is tried as its own policy says', async () => {
    const healthyRetryPolicy = { numRetries: 2, numNoDelayRetries: 1, minDelayTarget: 5, maxDelayTarget: 9 };
    const { TopicArn, path } = await confirmed('patient', { DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }) });
    statuses.set(path, [500]);
    await publish(TopicArn);
    await received(path, 3);
    await open.aws.advance('6s');
    await received(path, 4);
    await open.aws.advance('5m');
    expect(posts.filter((post) => post.path === path)).toHaveLength(4);
  });
});
