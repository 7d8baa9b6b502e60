// What a row is called elsewhere. Pages of the console are AWS's only: the sandbox has none, and says so.
import { describe, expect, test } from 'vitest';
import type { Found } from '../../../src/aws/resources/kind.ts';
import { arnOf, consoleUrl, nameOf, urlOf } from '../../../src/host/resources/actions/aimText.ts';
import type { Aim } from '../../../src/host/resources/aim.ts';

const region = 'eu-west-1';
const aws = { kind: 'aws', region, endpoint: undefined, label: 'AWS' } as const;
const sandbox = { kind: 'sandbox', region, endpoint: 'http://127.0.0.1:4566', label: 'Sandbox' } as const;

const found = (kind: Found['kind'], name: string, arn: string | undefined, ref = name): Aim => ({
  kind: 'resource',
  found: { kind, key: { name, id: ref }, name, ref, ...(arn !== undefined && { arn }) },
});
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:123456789012:${rest}`;
const queue = found('queue', 'Q', arn('sqs', 'Q'), 'https://sqs.eu-west-1.amazonaws.com/123456789012/Q');
const topic = found('topic', 'T', arn('sns', 'T'), arn('sns', 'T'));
const bucket = found('bucket', 'shop', 'arn:aws:s3:::shop');
const stream = found('stream', 'clicks', arn('kinesis', 'stream/clicks'));
const instance = found('instance', 'web', arn('ec2', 'instance/i-1'), 'i-1');
const pending = found('subscription', 'T -> a@b', undefined, 'PendingConfirmation');
const shop = { kind: 'bucket', key: {}, name: 'shop', ref: 'shop' } as const;
const object: Aim = { kind: 'object', bucket: shop, key: 'a b/ü?.txt' };
const folder: Aim = { kind: 'folder', bucket: shop, key: 'a b/' };
const group: Aim = { kind: 'group', group: 'queue' };

test('names and ARNs', () => {
  expect([queue, topic, bucket, object, folder].map(nameOf)).toEqual(['Q', 'T', 'shop', 'a b/ü?.txt', 'a b/']);
  expect(arnOf(queue, aws)).toBe('arn:aws:sqs:eu-west-1:123456789012:Q');
  expect(arnOf(object, aws)).toBe('arn:aws:s3:::shop/a b/ü?.txt');
  expect(() => arnOf(pending, aws)).toThrow(/once it is confirmed/);
  expect(() => arnOf(group, aws)).toThrow(/no ARN/);
  expect(() => nameOf(group)).toThrow(/no name/);
});

test("URLs: a queue's own, an object's address", () => {
  expect(urlOf(queue, aws)).toBe('https://sqs.eu-west-1.amazonaws.com/123456789012/Q');
  expect(urlOf(object, aws)).toBe('https://shop.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC%3F.txt');
  expect(urlOf(object, sandbox)).toBe('http://127.0.0.1:4566/shop/a%20b/%C3%BC%3F.txt');
  expect(() => urlOf(topic, aws)).toThrow(/no URL/);
});

describe("the console's page", () => {
  test.each([
    ['queue', queue, /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/sqs\/.*%2FQ$/],
    ['topic', topic, /\/sns\/v3\/home\?region=eu-west-1#\/topic\/arn:aws:sns/],
    ['bucket', bucket, /\/s3\/buckets\/shop\?region=eu-west-1$/],
    ['stream', stream, /\/kinesis\/home\?region=eu-west-1#\/streams\/details\/clicks/],
    ['instance', instance, /InstanceDetails:instanceId=i-1$/],
    ['object', object, /\/s3\/object\/shop\?region=eu-west-1&prefix=a%20b%2F%C3%BC%3F\.txt$/],
    ['folder', folder, /\/s3\/buckets\/shop\?region=eu-west-1&prefix=a%20b%2F$/],
  ])('of a %s', (_kind, aim, url) => expect(consoleUrl(aim, aws)).toMatch(url));

  test('the sandbox has none', () => expect(() => consoleUrl(queue, sandbox)).toThrow(/no AWS console/));
  test('a group has none', () => expect(() => consoleUrl(group, aws)).toThrow(/no page/));
});
