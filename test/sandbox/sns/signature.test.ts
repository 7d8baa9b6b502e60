import { createVerify, X509Certificate } from 'node:crypto';
import { PublishCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSns, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

type Envelope = Readonly<Record<string, string>>;

/** As AWS's documentation tells a receiver to do it. */
async function verifies(envelope: Envelope): Promise<boolean> {
  const pem = await (await fetch(envelope['SigningCertURL'] ?? '')).text();
  const verify = createVerify(envelope['SignatureVersion'] === '2' ? 'RSA-SHA256' : 'RSA-SHA1');
  for (const name of ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'])
    if (envelope[name] !== undefined) verify.update(`${name}\n${envelope[name]}\n`);
  return verify.verify(pem, envelope['Signature'] ?? '', 'base64');
}

it.each(['1', '2'])('version %s verifies with the certificate, and not when anything was changed', async (version) => {
  const topic = await open.topic(`signed-${version}`, { SignatureVersion: version });
  const queues = [await open.queue(`one-${version}`), await open.queue(`two-${version}`)];
  for (const queue of queues) await open.subscribe(topic, queue);
  await open.sns.send(new PublishCommand({ TopicArn: topic, Subject: 'S', Message: 'with subject' }));
  await open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'without' }));
  for (const queue of queues) {
    const envelopes = (await open.take(queue)).map(({ Body = '' }) => JSON.parse(Body) as Envelope);
    expect(envelopes).toHaveLength(2);
    for (const envelope of envelopes) {
      expect(envelope['SignatureVersion']).toBe(version);
      expect(await verifies(envelope)).toBe(true);
      expect(await verifies({ ...envelope, Message: 'other' })).toBe(false);
    }
  }
});

it('the certificate is one that X.509 readers take, signed by itself', async () => {
  const topic = await open.topic('certified');
  const queue = await open.queue('certified');
  await open.subscribe(topic, queue);
  await open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'm' }));
  const [message] = await open.take(queue);
  const url = (JSON.parse(message?.Body ?? '') as Envelope)['SigningCertURL'] ?? '';
  const certificate = new X509Certificate(await (await fetch(url)).text());
  expect(certificate.subject).toBe('CN=sns.amazonaws.com');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkHost('sns.amazonaws.com')).toBe('sns.amazonaws.com');
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now() + 365 * 24 * 3600 * 1000);
  expect((await fetch(url.replace(/-[0-9a-f]{4}/, '-0000'))).status).toBe(404);
});
