import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTopicsCommand,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import type { SavedState } from '../../../src/sandbox/sandbox.ts';
import { openSns, until, type OpenSns } from './openSns.ts';

/** As if the process had ended and begun again. */
async function restart(open: OpenSns): Promise<OpenSns> {
  const saved = deserialize(serialize(open.aws.sandbox.save())) as SavedState;
  await open.aws.stop();
  return openSns({ saved });
}

it('topics, subscriptions, tokens and the key are kept', async () => {
  let open = await openSns();
  const topic = await open.topic('Order', { DisplayName: 'Shop' });
  const queue = await open.queue('q');
  const before = await open.subscribe(topic, queue, { FilterPolicy: '{"a":["x"]}' });
  const mail = { TopicArn: topic, Protocol: 'email', Endpoint: 'a@example.com', ReturnSubscriptionArn: true };
  const { SubscriptionArn: pending } = await open.sns.send(new SubscribeCommand(mail));
  const publish = (value: string) =>
    open.sns.send(
      new PublishCommand({
        TopicArn: topic,
        Message: value,
        MessageAttributes: { a: { DataType: 'String', StringValue: value } },
      }),
    );
  await publish('x');
  const state = await open.aws.admin('state');

  open = await restart(open);
  expect(await open.aws.admin('state')).toEqual(state);
  await publish('y');
  await publish('x');
  const bodies = (await open.take(queue)).map(({ Body = '' }) => JSON.parse(Body) as Record<string, string>);
  expect(bodies.map(({ Message }) => Message)).toEqual(['x', 'x']);
  const files = new Set(bodies.map(({ SigningCertURL = '' }) => new URL(SigningCertURL).pathname));
  expect(files.size).toBe(1);

  await open.aws.advance('49h');
  const { Attributes } = await open.sns.send(new GetTopicAttributesCommand({ TopicArn: topic }));
  expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '1', SubscriptionsPending: '0', DisplayName: 'Shop' });
  await expect(open.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: pending }))).rejects.toThrow();
  await open.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: before }));
  await open.aws.stop();
});

it('a delivery that waits for its next try is not lost', async () => {
  let open = await openSns();
  let status = 200;
  const posts: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posts.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const topic = await open.topic('Order');
  const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await open.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'http', Endpoint }));
  const request = await until(() => posts[0]);
  await fetch((JSON.parse(request) as { SubscribeURL: string }).SubscribeURL);
  status = 500;
  await open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'kept' }));
  await until(() => posts[1]);
  await pause(50);
  open = await restart(open);
  status = 200;
  await open.sns.send(new ListTopicsCommand({}));
  await open.aws.advance('21s');
  expect(JSON.parse(await until(() => posts[2]))).toMatchObject({ Message: 'kept' });
  server.close();
  await open.aws.stop();
});

it('a reset leaves nothing', async () => {
  const open = await openSns();
  await open.subscribe(await open.topic('Order'), await open.queue('q'));
  await open.aws.admin('reset', {});
  expect(await open.aws.admin('state')).toEqual({ resources: [] });
  expect((await open.sns.send(new ListTopicsCommand({}))).Topics).toEqual([]);
  await open.aws.stop();
});
