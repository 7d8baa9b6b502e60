import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { decodeBinary, decodeBody, hexDump } from '../../src/peek/decode.ts';
import { preview, visibleText } from '../../src/peek/visibleText.ts';

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
const order = { orderId: 4711, items: [{ sku: 'NOTEBOOK', count: 1 }] };
const envelope = (message: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'd0f1',
    TopicArn: 'arn:aws:sns:us-east-1:123456789012:Order',
    Subject: 'Order 4711',
    Message: message,
    Timestamp: '2026-11-22T13:37:00.000Z',
    SignatureVersion: '1',
    Signature: 'EXAMPLE==',
    MessageAttributes: { kind: { Type: 'String', Value: 'order' } },
  });
const s3Event = JSON.stringify({
  Records: [
    {
      eventName: 'ObjectCreated:Put',
      eventTime: '2026-11-22T13:37:00.000Z',
      s3: { bucket: { name: 'shop' }, object: { key: 'caf%C3%A9/my+order%2Bx.txt', size: 12, eTag: 'd41d8' } },
    },
  ],
});
const testEvent = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026', Bucket: 'shop' });

const titles = (body: string): string[] => decodeBody(body).map(({ title }) => title);

describe('a body is', () => {
  it.each<[string, string, readonly string[]]>([
    ['text', 'Hello, world', ['Body']],
    ['nothing', '', ['Body']],
    ['JSON', JSON.stringify(order), ['Body: JSON']],
    ['a list', '[1, 2]', ['Body: JSON']],
    ['nearly JSON', '{"a": 1', ['Body']],
    ['a number', '4711', ['Body']],
    ['an SNS envelope around text', envelope('One notebook'), ['Body: SNS notification', 'Message']],
    ['an SNS envelope around JSON', envelope(JSON.stringify(order)), ['Body: SNS notification', 'Message: JSON']],
    ['an S3 event', s3Event, ['Body: S3 event']],
    ['an S3 event in an SNS envelope', envelope(s3Event), ['Body: SNS notification', 'Message: S3 event']],
    ['the S3 test event in an SNS envelope', envelope(testEvent), ['Body: SNS notification', 'Message: S3 test event']],
    ['base64 of JSON', base64(JSON.stringify(order)), ['Body', 'from base64: JSON']],
    ['base64 of gzip of JSON', base64(gzipSync(JSON.stringify(order))), ['Body', 'from gzip: JSON']],
    ['base64 of gzip of bytes', base64(gzipSync(Buffer.from([0, 1, 2, 255]))), ['Body', 'from gzip']],
    ['base64 of base64', base64(base64('A text that is long enough')), ['Body', 'from base64', 'from base64']],
    ['gzip cut short', base64(gzipSync('x'.repeat(500)).subarray(0, 24)), ['Body', 'gzip']],
    ['JSON in JSON', JSON.stringify({ detail: JSON.stringify(order) }), ['Body: JSON', 'detail: JSON']],
    ['gzip in JSON', JSON.stringify({ data: base64(gzipSync('log line')) }), ['Body: JSON', 'data: from gzip']],
    ['a long word', 'abcdefghijklmnopqrst', ['Body']],
    ['an id in hex', 'd41d8cd98f00b204e9800998ecf8427e', ['Body']],
    ['base64 of noise', base64(Buffer.from([200, 201, 254, 0, 17, 190, 221, 240, 1, 2, 3, 4])), ['Body']],
    ['records that are no events', JSON.stringify({ Records: [1, null] }), ['Body: JSON']],
  ])('%s', (_name, body, wanted) => expect(titles(body)).toEqual(wanted));
});

test('an S3 event says bucket, key as it is, size and ETag', () => {
  expect(Object.fromEntries(decodeBody(s3Event)[0]?.facts ?? [])).toMatchObject({
    Event: 'ObjectCreated:Put',
    Bucket: 'shop',
    Key: 'café/my order+x.txt',
    Size: '12 bytes',
    ETag: 'd41d8',
  });
});

test('an envelope shows its attributes and says that its signature is not verified', () => {
  const [layer] = decodeBody(envelope('x'));
  expect(Object.fromEntries(layer?.facts ?? [])).toMatchObject({
    Subject: 'Order 4711',
    Signature: 'EXAMPLE==',
    'Attribute kind': 'order (String)',
  });
  expect(layer?.note).toContain('not verified');
});

describe('bounds', () => {
  it('nesting ends', () => {
    let body = 'the innermost text of all';
    for (let depth = 0; depth < 30; depth++) body = base64(body);
    expect(decodeBody(body).length).toBeLessThan(12);
    expect(() => decodeBody('['.repeat(200_000) + ']'.repeat(200_000))).not.toThrow();
  });

  it('a gzip that becomes too large is not unpacked', () => {
    const layers = decodeBody(base64(gzipSync(Buffer.alloc(20_000_000))));
    expect(layers.at(-1)?.note).toContain('more than 10 MB');
  });

  it('a long text is cut, and says so', () => {
    const [layer] = decodeBody('x'.repeat(1_048_576));
    expect(layer?.text).toHaveLength(65_536);
    expect(layer?.note).toContain('of 1048576 characters');
  });

  it('many fields do not make many layers', () => {
    const fields = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, '{"a":1}']));
    expect(decodeBody(JSON.stringify(fields)).length).toBeLessThanOrEqual(40);
  });
});

describe('odd text', () => {
  it.each([
    ['a\u0000b\u0007c\u007fd', 'a\u2400b\u2407c\u2421d'],
    ['lone \ud83d surrogate', 'lone \\ud83d surrogate'],
    ['turned \u202eback', 'turned \\u202eback'],
    ['\ufeffmark', '\\ufeffmark'],
    ['tab\tline\r\nend', 'tab\tline\r\nend'],
    ['👩‍💻 שלום é 漢字', '👩‍💻 שלום é 漢字'],
  ])('%j', (text, wanted) => expect(visibleText(text)).toBe(wanted));

  it('is cut between characters', () => {
    expect(preview('👩👩👩👩', 2)).toBe('👩👩…');
    expect(preview('a\n\n  b', 10)).toBe('a b');
    expect(preview('', 10)).toBe('');
  });
});

test('bytes: a dump, and what is in them', () => {
  expect(hexDump(Buffer.from('Hello\u0000'))).toBe(`000000  ${'48 65 6c 6c 6f 00'.padEnd(47)}  Hello.`);
  expect(decodeBinary(base64(gzipSync('{"a":1}'))).map(({ title }) => title)).toEqual(['27 bytes', 'from gzip: JSON']);
  expect(decodeBinary('AAEC').map(({ kind }) => kind)).toEqual(['bytes']);
});
