// What can stand at a marked place (‸), what then comes into the text, and what a name means.
import { describe, expect, test } from 'vitest';
import { completePolicy } from '../../../src/aws/iamPolicy/complete.ts';
import { hoverPolicy } from '../../../src/aws/iamPolicy/hover.ts';
import type { Attachment } from '../../../src/aws/iamPolicy/model.ts';
import { validatePolicy } from '../../../src/aws/iamPolicy/validate.ts';
import { account, anyone, bucket, policyOf, queue, role, statementOf, topic } from './policies.ts';

const at = (marked: string, of: Attachment) => {
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  return { text, found: completePolicy(text, offset, of) };
};
const inStatement = (members: string): string => `{ "Version": "2012-10-17", "Statement": [{ ${members} }] }`;

/** The text after a completion was taken, its places left empty or with their own words. */
function taking(marked: string, label: string, of: Attachment): string {
  const { text, found } = at(marked, of);
  const chosen = found.find((each) => each.label === label);
  if (!chosen) throw new Error(`${label} is not among ${found.map((each) => each.label).join(', ')}`);
  const plain = chosen.insert
    .replaceAll(/\$\{\d+\|([^,|]+)[^}]*\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d/g, '');
  return text.slice(0, chosen.start) + plain + text.slice(chosen.end);
}

describe('what is offered', () => {
  const cases: readonly [string, Attachment, string, readonly string[], readonly string[]][] = [
    ['an empty text', topic, '‸', ['policy'], []],
    ['the frame', topic, '{ ‸ }', ['Version', 'Id', 'Statement'], ['Effect']],
    ['the rest of the frame', topic, '{ "Version": "2012-10-17", ‸ }', ['Id', 'Statement'], ['Version']],
    ['versions', topic, '{ "Version": ‸ }', ['2012-10-17'], ['Allow']],
    ['statements', topic, '{ "Statement": [‸] }', ['let an S3 bucket publish to this topic'], []],
    [
      'a further statement',
      queue,
      `{ "Statement": [${statementOf(queue)}, ‸] }`,
      ['let an SNS topic send to this queue'],
      [],
    ],
    [
      'the elements of a statement',
      topic,
      inStatement('"Sid": "a", ‸'),
      ['Effect', 'Principal', 'Action', 'Condition'],
      ['Sid', 'Version'],
    ],
    ['those of a role have no principal', role, inStatement('‸'), ['Effect', 'Action'], ['Principal', 'NotPrincipal']],
    ['a name being written', topic, inStatement('"Eff‸"'), ['Effect'], ['Version']],
    ['effects', topic, inStatement('"Effect": ‸'), ['Allow', 'Deny'], []],
    ['an effect being written', topic, inStatement('"Effect": "A‸"'), ['Allow', 'Deny'], []],
    ['principals', topic, inStatement('"Principal": ‸'), ['*', '{ "Service": … }'], []],
    ['types of principals', topic, inStatement('"Principal": { ‸ }'), ['AWS', 'Service'], ['Effect']],
    [
      'services',
      topic,
      inStatement('"Principal": { "Service": "‸" }'),
      ['s3.amazonaws.com', 'sns.amazonaws.com'],
      ['*'],
    ],
    ['accounts', topic, inStatement('"Principal": { "AWS": ["‸"] }'), [account, '*'], ['s3.amazonaws.com']],
    ['actions of a topic', topic, inStatement('"Action": "‸"'), ['sns:Publish', 'sns:*'], ['sqs:SendMessage']],
    [
      'actions in a list',
      queue,
      inStatement('"Action": ["sqs:SendMessage", "‸"]'),
      ['sqs:ReceiveMessage'],
      ['sns:Publish'],
    ],
    ['actions of a bucket', bucket, inStatement('"NotAction": "s3:Get‸"'), ['s3:GetObject'], []],
    ['actions where nothing is known', anyone, inStatement('"Action": ‸'), ['sns:Publish', 's3:GetObject'], []],
    ['its own ARN', queue, inStatement('"Resource": ‸'), [queue.arn ?? ''], []],
    [
      'the ARNs of a bucket',
      bucket,
      inStatement('"Resource": ["‸"]'),
      ['arn:aws:s3:::orders/*', 'arn:aws:s3:::orders'],
      [],
    ],
    ['operators', topic, inStatement('"Condition": { ‸ }'), ['ArnLike', 'StringEquals', 'Bool'], ['aws:SourceArn']],
    [
      'keys',
      topic,
      inStatement('"Condition": { "ArnLike": { "‸" } }'),
      ['aws:SourceArn', 'aws:SourceAccount', 'sns:Protocol'],
      ['s3:prefix'],
    ],
    ['truths', topic, inStatement('"Condition": { "Bool": { "aws:SecureTransport": ‸ } }'), ['true', 'false'], []],
    ['the account', topic, inStatement('"Condition": { "StringEquals": { "aws:SourceAccount": "‸" } }'), [account], []],
    ['sources', topic, inStatement('"Condition": { "ArnLike": { "aws:SourceArn": "‸" } }'), ['arn of a bucket'], []],
    ['nothing in a Sid', topic, inStatement('"Sid": "‸"'), [], ['Allow']],
  ];
  test.each(cases)('%s', (_title, of, marked, wanted, unwanted) => {
    const labels = at(marked, of).found.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining([...wanted]));
    for (const label of unwanted) expect(labels).not.toContain(label);
  });

  test('keys that fit the operator come first', () => {
    const [first] = at(inStatement('"Condition": { "IpAddress": { "‸" } }'), topic).found;
    expect(first?.label).toBe('aws:SourceIp');
  });
});

describe('what comes into the text', () => {
  test('a name brings its value, and a comma where another follows', () => {
    expect(taking('{ "Statement": [{ "Eff‸" }] }', 'Effect', topic)).toBe('{ "Statement": [{ "Effect": "Allow" }] }');
    expect(taking('{ ‸ "Statement": [] }', 'Version', topic)).toBe('{ "Version": "2012-10-17", "Statement": [] }');
  });
  test('a name before a colon is only a name', () => {
    expect(taking('{ "Vers‸": "2012-10-17" }', 'Version', topic)).toBe('{ "Version": "2012-10-17" }');
  });
  test('a value takes the place of what stands there, quotes and all', () => {
    expect(taking(inStatement('"Action": "sns:P‸ub"'), 'sns:Publish', topic)).toBe(
      inStatement('"Action": "sns:Publish"'),
    );
  });
  test('text that is not closed yet loses nothing after its line', () => {
    expect(taking('{ "Statement": [{\n"Effect": "A‸\n}] }', 'Allow', topic)).toBe(
      '{ "Statement": [{\n"Effect": "Allow"\n}] }',
    );
  });
  test('a word without quotes gets them', () => {
    expect(taking(inStatement('"Action": sns:Pub‸'), 'sns:Publish', topic)).toBe(
      inStatement('"Action": "sns:Publish"'),
    );
    expect(taking('{ Vers‸ }', 'Version', topic)).toBe('{ "Version": "2012-10-17" }');
  });
  test.each([topic, queue, bucket])('every statement offered is right, once it is filled in', (of) => {
    const marked = '{ "Version": "2012-10-17", "Statement": [‸] }';
    for (const { label, kind } of at(marked, of).found) {
      expect(kind).toBe('snippet');
      const text = taking(marked, label, of).replace('arn of the topic', topic.arn ?? '');
      expect(() => JSON.parse(text)).not.toThrow();
      const codes = validatePolicy(text, of).map(({ code }) => code);
      expect(codes, label).toEqual(label.includes('readable by all') ? ['open-to-everybody'] : []);
    }
  });
});

describe('what a name means', () => {
  test.each([
    ['"Vers‸ion"', /2012-10-17/],
    ['"Effe‸ct"', /denial wins/],
    ['"sns:Pub‸lish"', /^Publish messages/],
    ['"ArnL‸ike"', /part by part/],
    ['"aws:Source‸Arn"', /on whose behalf.*ARN/],
    ['"s3.amazon‸aws.com"', /notifications of buckets/],
    ['"Serv‸ice"', /AWS services/],
  ])('%s', (marked, wanted) => {
    const members = `"Effect": "Allow", "Principal": { "Service": "s3.amazonaws.com" }, "Action": "sns:Publish", "Condition": { "ArnLike": { "aws:SourceArn": "x" } }`;
    const word = marked.replace('‸', '');
    const text = policyOf(`{ ${members} }`);
    const offset = text.indexOf(word) + marked.indexOf('‸');
    const hover = hoverPolicy(text, offset);
    expect(hover?.text).toMatch(wanted);
    expect(text.slice(hover?.start, hover?.end)).toBe(word);
  });

  test('a wildcard is told by what it takes in', () => {
    const text = policyOf(statementOf(bucket, { Action: '"s3:GetObjectV*"' }));
    expect(hoverPolicy(text, text.indexOf('s3:Get'))?.text).toMatch(/^`s3:GetObjectVersion`, /);
  });
});
