import { RawConnection, sqsRequest } from './rawRequest.ts';
import type { Running } from './servers.ts';

/** Sends so many messages to a queue of their own and leaves them there. Gives the messages sent in a second. */
export async function rawSend(running: Running, count: number): Promise<number> {
  const { endpoint } = running;
  const connections = await Promise.all(Array.from({ length: 32 }, () => RawConnection.open(endpoint)));
  const QueueName = `filled-${Math.random().toString(36).slice(2)}`;
  const created = await connections[0]?.send(sqsRequest(endpoint, 'CreateQueue', { QueueName }));
  const QueueUrl = /"QueueUrl":"([^"]+)"/.exec(created?.body ?? '')?.[1];
  const request = sqsRequest(endpoint, 'SendMessage', { QueueUrl, MessageBody: 'x'.repeat(256) });
  let left = count;
  const begun = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (left-- > 0) {
        const { status, body } = await connection.send(request);
        if (status !== 200) throw new Error(`${status}: ${body}`);
      }
    }),
  );
  const ms = performance.now() - begun;
  connections.forEach((connection) => connection.close());
  return (count / ms) * 1000;
}
