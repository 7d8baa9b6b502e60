import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/sandbox/policy/evaluate.ts';
import type { Decision, PolicyRequest } from '../../../src/sandbox/policy/evaluate.ts';

const account = '111122223333';
const queue = `arn:aws:sqs:eu-central-1:${account}:orders`;
const topic = `arn:aws:sns:eu-central-1:${account}:Order`;
const sns: PolicyRequest['principal'] = { kind: 'service', name: 'sns.amazonaws.com' };
const user: PolicyRequest['principal'] = { kind: 'aws', account, arn: `arn:aws:iam::${account}:user/ann` };
const session: PolicyRequest['principal'] = {
  kind: 'aws',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/Reader/run-1`,
};

function decide(statement: object, request: Partial<PolicyRequest> = {}, version = '2012-10-17'): Decision {
  const base = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue };
  const given: Record<string, unknown> = { ...base, ...statement };
  for (const not of ['Principal', 'Action', 'Resource']) if (given[`Not${not}`] !== undefined) delete given[not];
  return evaluate(JSON.stringify({ Version: version, Statement: [given] }), {
    principal: sns,
    action: 'sqs:SendMessage',
    resource: queue,
    context: {},
    ...request,
  });
}

describe('principals', () => {
  test.each<[unknown, PolicyRequest['principal'], Decision]>([
    ['*', sns, 'allow'],
    ['*', { kind: 'anonymous' }, 'allow'],
    [{ AWS: '*' }, sns, 'allow'],
    [{ AWS: '*' }, { kind: 'anonymous' }, 'allow'],
    [{ AWS: account }, user, 'allow'],
    [{ AWS: `arn:aws:iam::${account}:root` }, user, 'allow'],
    [{ AWS: `arn:aws:iam::${account}:user/ann` }, user, 'allow'],
    [{ AWS: [`arn:aws:iam::${account}:user/bob`] }, user, 'none'],
    [{ AWS: '444455556666' }, user, 'none'],
    [{ AWS: account }, sns, 'none'],
    [{ AWS: `arn:aws:iam::${account}:role/Reader` }, session, 'allow'],
    [{ AWS: `arn:aws:sts::${account}:assumed-role/Reader/run-1` }, session, 'allow'],
    [{ AWS: `arn:aws:sts::${account}:assumed-role/Reader/run-2` }, session, 'none'],
    [{ Service: 'sns.amazonaws.com' }, sns, 'allow'],
    [{ Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] }, sns, 'allow'],
    [{ Service: 's3.amazonaws.com' }, sns, 'none'],
    [{ Service: 'sns.amazonaws.com' }, user, 'none'],
    [{ Federated: 'accounts.google.com' }, { kind: 'federated', name: 'accounts.google.com' }, 'allow'],
    [{ CanonicalUser: '79a5' }, { kind: 'canonical', id: '79a5' }, 'allow'],
    [{ CanonicalUser: '79a5' }, { kind: 'canonical', id: '79a6' }, 'none'],
  ])('%j: %j gets %s', (Principal, principal, decision) => {
    expect(decide({ Principal }, { principal })).toBe(decision);
  });

  test('NotPrincipal means everybody else', () => {
    const statement = { Effect: 'Deny', NotPrincipal: { AWS: [account] } };
    expect(decide(statement, { principal: user })).toBe('none');
    expect(decide(statement, { principal: sns })).toBe('deny');
  });
});

describe('actions and resources', () => {
  test.each<[object, Partial<PolicyRequest>, Decision]>([
    [{ Action: '*' }, {}, 'allow'],
    [{ Action: 'SQS:*' }, {}, 'allow'],
    [{ Action: 'sqs:send*' }, {}, 'allow'],
    [{ Action: 'sqs:SendMessag?' }, {}, 'allow'],
    [{ Action: ['sqs:ReceiveMessage', 'sqs:SENDMESSAGE'] }, {}, 'allow'],
    [{ Action: 'sqs:Send' }, {}, 'none'],
    [{ NotAction: 'sqs:ReceiveMessage' }, {}, 'allow'],
    [{ NotAction: 'sqs:*' }, {}, 'none'],
    [{ Resource: '*' }, {}, 'allow'],
    [{ Resource: 'arn:aws:sqs:*:*:ord*' }, {}, 'allow'],
    [{ Resource: 'arn:aws:sqs:*' }, {}, 'allow'],
    [{ Resource: `arn:aws:sqs:*:orders` }, {}, 'none'],
    [{ Resource: `arn:aws:sqs:eu-central-1:${account}:Orders` }, {}, 'none'],
    [
      { Resource: `arn:aws:sqs:eu-central-1:${account}:\${aws:username}` },
      { context: { 'aws:username': 'orders' } },
      'allow',
    ],
    [
      { Resource: `arn:aws:sqs:eu-central-1:${account}:\${aws:username}` },
      { context: { 'aws:username': '*' } },
      'none',
    ],
    [{ Resource: `arn:aws:sqs:eu-central-1:${account}:\${aws:username}` }, {}, 'none'],
    [{ NotResource: queue }, {}, 'none'],
    [{ NotResource: `${queue}-dlq` }, {}, 'allow'],
  ])('%j with %j: %s', (statement, request, decision) => {
    expect(decide(statement, request)).toBe(decision);
  });
});

describe('conditions', () => {
  test.each<[object, PolicyRequest['context'], boolean]>([
    [{ StringEquals: { 'aws:SourceAccount': account } }, { 'aws:SourceAccount': account }, true],
    [{ StringEquals: { 'AWS:sourceaccount': account } }, { 'aws:SourceAccount': account }, true],
    [{ StringEquals: { 'aws:SourceAccount': [account, '1'] } }, { 'aws:SourceAccount': '1' }, true],
    [{ StringEquals: { 'aws:SourceAccount': account } }, { 'aws:SourceAccount': '1' }, false],
    [{ StringEquals: { 'aws:SourceAccount': account } }, {}, false],
    [{ StringEquals: { 'a:k': '${aws:name}' } }, { 'a:k': 'x', 'aws:name': 'x' }, true],
    [{ StringEquals: { 'a:k': "${aws:name, 'x'}" } }, { 'a:k': 'x' }, true],
    [{ StringEquals: { 'a:k': '${*}' } }, { 'a:k': '*' }, true],
    [{ StringNotEquals: { 'a:k': 'x' } }, { 'a:k': 'y' }, true],
    [{ StringNotEquals: { 'a:k': ['x', 'y'] } }, { 'a:k': 'y' }, false],
    [{ StringNotEquals: { 'a:k': 'x' } }, {}, true],
    [{ StringEqualsIgnoreCase: { 'a:k': 'X' } }, { 'a:k': 'x' }, true],
    [{ StringNotEqualsIgnoreCase: { 'a:k': 'X' } }, { 'a:k': 'x' }, false],
    [{ StringLike: { 'a:k': 'or*r?' } }, { 'a:k': 'orders' }, true],
    [{ StringLike: { 'a:k': 'or${*}' } }, { 'a:k': 'orders' }, false],
    [{ StringNotLike: { 'a:k': 'or*' } }, { 'a:k': 'orders' }, false],
    [{ NumericEquals: { 'a:n': 5 } }, { 'a:n': '5.0' }, true],
    [{ NumericNotEquals: { 'a:n': '5' } }, { 'a:n': '6' }, true],
    [{ NumericLessThan: { 'a:n': '5' } }, { 'a:n': '5' }, false],
    [{ NumericLessThanEquals: { 'a:n': '5' } }, { 'a:n': '5' }, true],
    [{ NumericGreaterThan: { 'a:n': '5' } }, { 'a:n': '10' }, true],
    [{ NumericGreaterThanEquals: { 'a:n': '5' } }, { 'a:n': 'many' }, false],
    [{ DateEquals: { 'a:d': '2026-01-01T00:00:00Z' } }, { 'a:d': '1767225600' }, true],
    [{ DateNotEquals: { 'a:d': '2026-01-01T00:00:00Z' } }, { 'a:d': '2026-01-01T00:00:00Z' }, false],
    [{ DateLessThan: { 'a:d': '2026-01-01T00:00:00Z' } }, { 'a:d': '2025-12-31T23:59:59Z' }, true],
    [{ DateLessThanEquals: { 'a:d': '2026-01-01T00:00:00Z' } }, { 'a:d': '2026-01-01T00:00:01Z' }, false],
    [{ DateGreaterThan: { 'a:d': '2026-01-01T00:00:00Z' } }, { 'a:d': '2026-01-01T00:00:01Z' }, true],
    [{ DateGreaterThanEquals: { 'a:d': 'some day' } }, { 'a:d': '2026-01-01T00:00:01Z' }, false],
    [{ Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'false' }, true],
    [{ Bool: { 'aws:SecureTransport': 'True' } }, { 'aws:SecureTransport': 'false' }, false],
    [{ BinaryEquals: { 'a:b': 'AQI=' } }, { 'a:b': 'AQI=' }, true],
    [{ BinaryEquals: { 'a:b': 'AQI=' } }, { 'a:b': 'AQM=' }, false],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { 'aws:SourceIp': '10.9.8.7' }, true],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.1' } }, { 'aws:SourceIp': '10.0.0.2' }, false],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { 'aws:SourceIp': '2001:db8:1::1' }, true],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { 'aws:SourceIp': '10.0.0.1' }, false],
    [{ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.1/32'] } }, { 'aws:SourceIp': '127.0.0.1' }, false],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { 'aws:SourceIp': '127.0.0.1' }, true],
    [{ ArnEquals: { 'aws:SourceArn': topic } }, { 'aws:SourceArn': topic }, true],
    [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:*:*:Ord*' } }, { 'aws:SourceArn': topic }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:Order' } }, { 'aws:SourceArn': topic }, false],
    [
      { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:${a:bucket}' } },
      { 'aws:SourceArn': 'arn:aws:s3:::b', 'a:bucket': 'b' },
      true,
    ],
    [{ ArnNotEquals: { 'aws:SourceArn': topic } }, { 'aws:SourceArn': topic }, false],
    [{ ArnNotLike: { 'aws:SourceArn': topic } }, {}, true],
    [{ Null: { 'a:k': 'true' } }, {}, true],
    [{ Null: { 'a:k': true } }, { 'a:k': 'x' }, false],
    [{ Null: { 'a:k': 'false' } }, { 'a:k': 'x' }, true],
    [{ StringEqualsIfExists: { 'a:k': 'x' } }, {}, true],
    [{ StringEqualsIfExists: { 'a:k': 'x' } }, { 'a:k': 'y' }, false],
    [{ 'ForAllValues:StringEquals': { 'a:l': ['x', 'y'] } }, { 'a:l': ['x', 'y'] }, true],
    [{ 'ForAllValues:StringEquals': { 'a:l': ['x', 'y'] } }, { 'a:l': ['x', 'z'] }, false],
    [{ 'ForAllValues:StringEquals': { 'a:l': ['x'] } }, {}, true],
    [{ 'ForAnyValue:StringLike': { 'a:l': ['x*'] } }, { 'a:l': ['a', 'xy'] }, true],
    [{ 'ForAnyValue:StringLike': { 'a:l': ['x*'] } }, { 'a:l': ['a'] }, false],
    [{ 'ForAnyValue:StringEquals': { 'a:l': ['x'] } }, {}, false],
    [{ 'ForAnyValue:StringNotEquals': { 'a:l': ['x'] } }, { 'a:l': ['x', 'y'] }, true],
    [{ 'ForAllValues:StringNotEquals': { 'a:l': ['x'] } }, { 'a:l': ['x', 'y'] }, false],
    [{ StringEquals: { 'a:k': 'x' }, ArnLike: { 'a:s': '*' } }, { 'a:k': 'x' }, false],
    [{ StringEquals: { 'a:k': 'x', 'a:m': 'y' } }, { 'a:k': 'x', 'a:m': 'y' }, true],
  ])('%j on %j holds: %s', (Condition, context, holds) => {
    expect(decide({ Condition }, { context })).toBe(holds ? 'allow' : 'none');
  });

  test('a policy of 2008 knows no variables', () => {
    const statement = { Condition: { StringEquals: { 'a:k': '${a:name}' } } };
    expect(decide(statement, { context: { 'a:k': '${a:name}', 'a:name': 'x' } }, '2008-10-17')).toBe('allow');
  });
});

describe('statements together', () => {
  const allow = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' };
  const deny = { ...allow, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceArn': topic } } };
  const request = { principal: sns, action: 'sqs:SendMessage', resource: queue, context: {} };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow, deny] });

  test('an explicit deny wins, wherever it stands', () => {
    expect(evaluate(policy, request)).toBe('deny');
    expect(evaluate(policy, { ...request, context: { 'aws:SourceArn': topic } })).toBe('allow');
  });

  test('no policy, and one that cannot be read, says nothing', () => {
    expect(evaluate(undefined, request)).toBe('none');
    expect(evaluate('', request)).toBe('none');
    expect(evaluate('{"Statement": [', request)).toBe('none');
  });
});

test('the time is known where it is asked for', () => {
  const Condition = {
    DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
    NumericLessThan: { 'aws:epochtime': '1767225602' },
  };
  expect(decide({ Condition }, { now: Date.parse('2026-01-01T00:00:01Z') })).toBe('allow');
  expect(decide({ Condition }, { now: Date.parse('2026-01-01T00:00:02Z') })).toBe('none');
  expect(decide({ Condition })).toBe('none');
});
