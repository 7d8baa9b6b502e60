import { RawConnection, s3Request, sqsRequest } from './rawRequest.ts';
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

/** Makes a bucket and puts so many small objects into it: `photo-000000.jpg` and on. Signatures may not be checked. */
export async function fillBucket(
  { endpoint }: Pick<Running, 'endpoint'>,
  bucket: string,
  count: number,
): Promise<void> {
  const connections = await Promise.all(Array.from({ length: 16 }, () => RawConnection.open(endpoint)));
  const put = async (connection: RawConnection, path: string, body: string): Promise<void> => {
    const answer = await connection.send(s3Request(endpoint, path, body));
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body}`);
  };
  const [first] = connections;
  if (first) await put(first, `/${bucket}`, '');
  let next = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (next < count) await put(connection, `/${bucket}/photo-${String(next++).padStart(6, '0')}.jpg`, 'x');
    }),
  );
  connections.forEach((connection) => connection.close());
}
