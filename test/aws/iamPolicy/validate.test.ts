// What is found in policies: by code and exact place, and that each fix mends it.
import { describe, expect, test } from 'vitest';
import type { Attachment, Finding, Fix } from '../../../src/aws/iamPolicy/model.ts';
import { validatePolicy } from '../../../src/aws/iamPolicy/validate.ts';
import { account, anyone, bucket, policyOf, queue, readMarks, role, statementOf, topic } from './policies.ts';

type Case = readonly [title: string, of: Attachment, marked: string, ...codes: readonly string[]];

const one = (of: Attachment, changes: Readonly<Record<string, string | undefined>>): string =>
  policyOf(statementOf(of, changes));
const when = (condition: string, of: Attachment = topic): string => one(of, { Condition: condition });
const s3 = '{ "Service": "s3.amazonaws.com" }';
const many = (count: number, text: string): string => Array.from({ length: count }, () => text).join(', ');

const cases: readonly Case[] = [
  // JSON and the frame
  ['no text at all', topic, '', 'json'],
  ['a comma missing', topic, '{ "Version": "2012-10-17" «"Statement"»: [] }', 'json'],
  ['a comma too many', topic, '{ "Version": "2012-10-17", "Statement": [], «}»', 'json'],
  ['a comment', topic, '{ «// why»\n"Version": "2012-10-17", "Statement": [] }', 'json'],
  ['a list', topic, '«[]»', 'not-an-object'],
  ['no version', topic, '«{ "Statement": [] }»', 'version-missing'],
  ['a version that is none', topic, '{ "Version": «"2012-10-18"», "Statement": [] }', 'version'],
  [
    'an old version with variables',
    role,
    `{ "Version": «"2008-10-17"», "Statement": ${statementOf(role, { Resource: '"arn:aws:s3:::home/${aws:username}/*"' })} }`,
    'version-variables',
  ],
  ['no statement', topic, '«{ "Version": "2012-10-17" }»', 'statement-missing'],
  [
    'a name that is nearly right',
    topic,
    '{ "Version": "2012-10-17", «"Statements"»: [], "Statement": [] }',
    'unknown-element',
  ],
  ['an id that is none', topic, '{ "Version": "2012-10-17", "Id": «7», "Statement": [] }', 'id-form'],
  ['an element twice', topic, '{ "Version": "2012-10-17", "Statement": [], «"Version"»: "2012-10-17" }', 'twice'],
  ['a statement that is text', topic, policyOf('«"Allow"»'), 'statement-form'],
  ['one statement without a list', queue, `{ "Version": "2012-10-17", "Statement": ${statementOf(queue)} }`],
  // Sid
  ['a Sid twice', queue, policyOf(statementOf(queue), statementOf(queue, { Sid: '«"One"»' })), 'sid-twice'],
  ['a Sid with spaces on a queue', queue, one(queue, { Sid: '«"let it in"»' }), 'sid-characters'],
  ['a Sid with spaces on a bucket', bucket, one(bucket, { Sid: '"let it in"' })],
  ['a Sid with a hyphen in a role', role, one(role, { Sid: '«"a-b"»' }), 'sid-characters'],
  ['a Sid that is a number', queue, one(queue, { Sid: '«1»' }), 'sid-form'],
  // Effect
  ['no effect', queue, policyOf(`«${statementOf(queue, { Effect: undefined })}»`), 'effect-missing'],
  ['effect in small letters', queue, one(queue, { Effect: '«"allow"»' }), 'effect'],
  // Principal
  ['no principal', queue, policyOf(`«${statementOf(queue, { Principal: undefined })}»`), 'principal-missing'],
  ['a principal in a role', role, one(role, { '«Principal»': '"*"' }), 'principal-prohibited'],
  ['a principal of either kind', anyone, one(anyone, { Principal: '{ "AWS": "123456789012" }' })],
  ['a plain name', topic, one(topic, { Principal: '«"s3.amazonaws.com"»' }), 'principal-form'],
  ['a type that is none', topic, one(topic, { Principal: '{ «"Services"»: "s3.amazonaws.com" }' }), 'principal-type'],
  ['nobody', topic, one(topic, { Principal: '«{}»' }), 'principal-empty'],
  [
    'a service as an account',
    topic,
    one(topic, { Principal: '{ "AWS": «"sns.amazonaws.com"» }' }),
    'principal-is-service',
  ],
  ['a number', topic, one(topic, { Principal: '{ "AWS": «123456789012» }' }), 'principal-text'],
  ['eleven digits', topic, one(topic, { Principal: '{ "AWS": «"12345678901"» }' }), 'principal-name'],
  [
    'a wildcard in an ARN',
    topic,
    one(topic, { Principal: '{ "AWS": «"arn:aws:iam::123456789012:role/*"» }' }),
    'principal-wildcard',
  ],
  ['a service that is none', topic, one(topic, { Principal: '{ "Service": «"s3.amazonaws"» }' }), 'principal-service'],
  [
    'both kinds of principal',
    topic,
    one(topic, { Effect: '"Deny"', '«NotPrincipal»': '{ "AWS": "123456789012" }' }),
    'both',
  ],
  [
    'everybody but',
    topic,
    one(topic, { Principal: undefined, '«NotPrincipal»': '{ "AWS": "123456789012" }' }),
    'allow-but',
  ],
  // Action
  ['no action', queue, policyOf(`«${statementOf(queue, { Action: undefined })}»`), 'action-missing'],
  ['both kinds of action', queue, one(queue, { '«NotAction»': '"sqs:DeleteQueue"' }), 'both'],
  ['an empty list of actions', queue, one(queue, { Action: '«[]»' }), 'action-empty'],
  ['an action without a service', queue, one(queue, { Action: '«"SendMessage"»' }), 'action-prefix'],
  [
    'an action of another service',
    queue,
    one(queue, { Action: '["sqs:SendMessage", «"sns:Publish"»]' }),
    'action-service',
  ],
  ['an action misspelled', topic, one(topic, { Action: '«"sns:Pubish"»' }), 'action-unknown'],
  ['an action nobody knows', topic, one(topic, { Action: '«"sns:CompletelyDifferent"»' }), 'action-unknown'],
  ['a wildcard that fits nothing', topic, one(topic, { Action: '«"sns:Xyz*"»' }), 'action-unknown'],
  ['letter case does not matter', topic, one(topic, { Action: '"SNS:publish"' })],
  ['wildcards', bucket, one(bucket, { Action: '"s3:Get*"' })],
  ['any action of other services', anyone, one(anyone, {})],
  // Resource
  ['no resource', queue, policyOf(`«${statementOf(queue, { Resource: undefined })}»`), 'resource-missing'],
  ['a name instead of an ARN', queue, one(queue, { Resource: '«"ContentQ"»' }), 'resource-arn'],
  ['an ARN with five parts', queue, one(queue, { Resource: '«"arn:aws:sqs:us-east-1:ContentQ"»' }), 'resource-arn'],
  ['another queue', queue, one(queue, { Resource: `«"arn:aws:sqs:us-east-1:${account}:Other"»` }), 'resource-foreign'],
  ['another bucket', bucket, one(bucket, { Resource: '«"arn:aws:s3:::other/*"»' }), 'resource-foreign'],
  ['this queue by a pattern', queue, one(queue, { Resource: '"arn:aws:sqs:*:*:Content?"' })],
  [
    'objects asked for, a bucket given',
    bucket,
    one(bucket, { Action: '«"s3:GetObject"»', Resource: '"arn:aws:s3:::orders"' }),
    'resource-kind',
  ],
  [
    'a bucket asked for, objects given',
    bucket,
    one(bucket, { Action: '["s3:GetObject", «"s3:ListBucket"»]' }),
    'resource-kind',
  ],
  // Condition
  ['an operator that is none', topic, when('{ «"ArnLikes"»: { "aws:SourceArn": "arn:aws:s3:::b" } }'), 'operator'],
  [
    'an operator with all its parts',
    topic,
    when('{ "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": "o-1/*" } }'),
  ],
  ['a condition that is text', topic, when('«"no"»'), 'condition-form'],
  ['an operator that holds text', topic, when('{ "StringEquals": «"aws:SourceAccount"» }'), 'operator-form'],
  ['a key that is none', topic, when('{ "StringEquals": { «"aws:SourceAcount"»: "123456789012" } }'), 'key'],
  ['a key without a service', topic, when('{ "StringEquals": { «"SourceAccount"»: "123456789012" } }'), 'key'],
  ['a key with a tag', topic, when('{ "StringEquals": { "aws:PrincipalTag/team": "blue" } }')],
  [
    'an operator that cannot fit',
    topic,
    when('{ "StringEquals": { «"aws:SecureTransport"»: "true" } }'),
    'operator-type',
  ],
  [
    'text that fits an ARN',
    topic,
    when('{ "StringLike": { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:*" } }'),
  ],
  [
    'a wildcard to StringEquals',
    topic,
    when('{ "StringEquals": { "aws:SourceArn": «"arn:aws:sns:us-east-1:123456789012:*"» } }'),
    'wildcard',
  ],
  ['text that is no ARN', topic, when('{ "ArnEquals": { "aws:SourceArn": «"orders"» } }'), 'value-type'],
  [
    'an address that is none',
    topic,
    when('{ "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", «"203.0.113.0/33"»] } }'),
    'value-type',
  ],
  ['a number that is none', bucket, when('{ "NumericLessThan": { "s3:max-keys": «"ten"» } }', bucket), 'value-type'],
  ['a time that is none', topic, when('{ "DateLessThan": { "aws:CurrentTime": «"tomorrow"» } }'), 'value-type'],
  ['Null wants true or false', topic, when('{ "Null": { "aws:SourceArn": «"no"» } }'), 'value-null'],
  ['an account that is none', topic, when('{ "StringEquals": { "aws:SourceAccount": «"1234"» } }'), 'account'],
  ['no value', topic, when('{ "StringEquals": { "aws:SourceAccount": «[]» } }'), 'value-empty'],
  ['an object as a value', topic, when('{ "StringEquals": { "aws:SourceAccount": «{}» } }'), 'value-form'],
  ['a key of many values', topic, when('{ «"StringEquals"»: { "aws:TagKeys": "team" } }'), 'operator-each'],
  [
    'ForAllValues of a single one',
    topic,
    when('{ «"ForAllValues:StringEquals"»: { "aws:SourceAccount": "123456789012" } }'),
    'operator-each',
  ],
  // Risks
  ['open to everybody', queue, one(queue, { Principal: '«"*"»' }), 'open-to-everybody'],
  [
    'open to everybody, the longer way',
    queue,
    one(queue, { Principal: '{ "AWS": ["123456789012", «"*"»] }' }),
    'open-to-everybody',
  ],
  [
    'open on a condition',
    queue,
    one(queue, { Principal: '"*"', Condition: '{ "StringEquals": { "aws:PrincipalOrgID": "o-1" } }' }),
  ],
  [
    'S3 on behalf of anybody',
    topic,
    one(topic, { Principal: '{ "Service": «"s3.amazonaws.com"» }' }),
    'confused-deputy',
  ],
  [
    'S3 on behalf of a bucket of whatever account',
    topic,
    one(topic, { Principal: s3, Condition: '{ "ArnLike": { "aws:SourceArn": «"arn:aws:s3:::orders"» } }' }),
    'source-account-missing',
  ],
  [
    'S3 on behalf of a bucket of this account',
    topic,
    one(topic, {
      Principal: s3,
      Condition:
        '{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::orders" }, "StringEquals": { "aws:SourceAccount": "123456789012" } }',
    }),
  ],
  [
    'SNS on behalf of a topic',
    queue,
    one(queue, {
      Principal: '{ "Service": "sns.amazonaws.com" }',
      Condition: `{ "ArnLike": { "aws:SourceArn": "${topic.arn}" } }`,
    }),
  ],
  ['nobody may mend it', queue, one(queue, { Effect: '"Deny"', Principal: '"*"', Action: '«"sqs:*"»' }), 'lock-out'],
  // Limits
  [
    'too many statements on a queue',
    queue,
    policyOf(
      ...Array.from({ length: 20 }, (_, n) => statementOf(queue, { Sid: `"S${n}"` })),
      `«${statementOf(queue, { Sid: undefined })}»`,
    ),
    'too-many',
  ],
  [
    'too many actions on a queue',
    queue,
    one(queue, { Action: `[${many(7, '"sqs:SendMessage"')}, «"sqs:*"»]` }),
    'too-many',
  ],
  [
    'too long for a queue',
    queue,
    `«${one(queue, { Resource: `["${queue.arn}", "arn:aws:sqs:us-east-1:${account}:ContentQ${'*'.repeat(8192)}"]` })}»`,
    'too-long',
  ],
];

describe('what is found', () => {
  for (const [title, of, marked, ...codes] of cases)
    test(title, () => {
      const { text, spans } = readMarks(marked);
      const found = validatePolicy(text, of);
      const places = codes.map((code, index) => ({ code, ...(spans[index] ?? { start: 0, end: 0 }) }));
      expect(found.map(({ code, start, end }) => ({ code, start, end }))).toEqual(places);
      for (const { message } of found) expect(message).toMatch(/^\S.*[.?]$/);
    });

  test('the policies that AWS itself makes have no faults', () => {
    const ofTopic = `{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"${topic.arn}","Condition":{"StringEquals":{"AWS:SourceOwner":"${account}"}}}]}`;
    expect(validatePolicy(ofTopic, topic)).toEqual([]);
    const ofQueue = `{"Version":"2012-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__owner_statement","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${account}:root"},"Action":"SQS:*","Resource":"${queue.arn}"}]}`;
    expect(validatePolicy(ofQueue, queue)).toEqual([]);
  });
});

describe('fixes', () => {
  const fixes = cases.flatMap(([title, of, marked]) => {
    const { text } = readMarks(marked);
    return validatePolicy(text, of).flatMap((finding): (readonly [string, Attachment, string, Finding, Fix])[] =>
      finding.fixes.map((fix) => [`${title}: ${fix.title}`, of, text, finding, fix]),
    );
  });

  test('there are many', () => expect(fixes.length).toBeGreaterThan(30));

  test.each(fixes)('%s', (_title, of, text, finding, fix) => {
    const mended = apply(text, fix);
    expect(() => JSON.parse(mended)).not.toThrow();
    const left = validatePolicy(mended, of);
    expect(left.filter((each) => each.code === finding.code)).toEqual([]);
    expect(errorsOf(left).length).toBeLessThanOrEqual(errorsOf(validatePolicy(text, of)).length);
  });
});

const errorsOf = (found: readonly Finding[]) => found.filter(({ severity }) => severity === 'error');

function apply(text: string, { edits }: Fix): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end), text);
}
