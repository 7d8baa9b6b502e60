// Where a resource is shown on the web differs by partition.
import { expect, test } from 'vitest';
import { kinds } from '../../../src/aws/resources/kinds.ts';

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/', 'https://sqs.eu-west-1.amazonaws.com/1/Q'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/', 'https://sqs.cn-north-1.amazonaws.com.cn/1/Q'],
  [
    'us-gov-east-1',
    'https://us-gov-east-1.console.amazonaws-us-gov.com/',
    'https://sqs.us-gov-east-1.amazonaws.com/1/Q',
  ],
])("a queue's page in the console of %s", (region, host, queueUrl) => {
  const entry = { kind: 'queue', key: { name: 'Q' }, name: 'Q', arn: `arn:aws:sqs:${region}:1:Q` } as const;
  const url = kinds.queue.consoleUrl(entry, region) ?? '';
  expect(url.startsWith(host)).toBe(true);
  expect(decodeURIComponent(url.split('#')[1] ?? '')).toBe(`/queues/${queueUrl}`);
});
