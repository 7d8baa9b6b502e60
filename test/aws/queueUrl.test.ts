// A queue's URL names a queue, and is no address to send signed requests to: a row or a lab may hold one of anybody's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Clients } from '../../src/aws/clients.ts';

test('a call on a queue goes to the region it was opened for, whatever host its URL names', async () => {
  const heard: unknown[] = [];
  const server = createServer((request, answer) => {
    heard.push(request.headers);
    answer.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
  const clients = new Clients({ region: 'zz-nowhere-1', credentials });
  try {
    const { client, module } = await clients.get('sqs');
    const Command = module.commands.get('ReceiveMessage');
    if (!Command) throw new Error('no ReceiveMessage');
    await expect(
      client.send(new Command({ QueueUrl: `http://127.0.0.1:${port}/123456789012/Orders` }), {
        abortSignal: AbortSignal.timeout(5000),
      }),
    ).rejects.toThrow();
    expect(heard).toEqual([]);
  } finally {
    clients.forget();
    server.close();
  }
});
