import { expect, test } from 'vitest';
import { refuseByAdvice } from '../../src/lab/advice.ts';

const queuePolicy = (statement: object): object => ({
  QueueUrl: 'http://127.0.0.1/1/q',
  Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
});
const open = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' };
const source = { 'aws:SourceArn': 'arn:aws:sns:us-east-1:123456789012:Order' };

test.each([
  ['everybody', open],
  ['every account', { ...open, Principal: { AWS: ['*'] } }],
  ['everybody but', { ...open, Principal: undefined, NotPrincipal: { AWS: '123456789012' } }],
  ['a condition that holds for any source', { ...open, Condition: { ArnLike: { 'aws:SourceArn': '*' } } }],
  ['a condition that says who it is not', { ...open, Condition: { ArnNotLike: source } }],
  ['a condition only if there is a source', { ...open, Condition: { ArnLikeIfExists: source } }],
  ['a condition on something else', { ...open, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
])('refused: %s', (_, statement) => {
  expect(refuseByAdvice('sqs.SetQueueAttributes', queuePolicy(statement))?.code).toBe('OpenToTheWorld');
});

test.each([
  ['one service', { ...open, Principal: { Service: 'sns.amazonaws.com' } }],
  ['everybody, of one source', { ...open, Condition: { ArnEquals: source } }],
  ['a denial', { ...open, Effect: 'Deny' }],
])('sent: %s', (_, statement) => {
  expect(refuseByAdvice('sqs.SetQueueAttributes', queuePolicy(statement))).toBeUndefined();
});

test('policies as objects, of topics, and statements that are no list', () => {
  const topic = { TopicArn: 'arn', AttributeName: 'Policy', AttributeValue: { Statement: open } };
  expect(refuseByAdvice('sns.SetTopicAttributes', topic)?.what).toContain('allows sqs:* to everybody');
  expect(refuseByAdvice('sns.SetTopicAttributes', { ...topic, AttributeName: 'DisplayName' })).toBeUndefined();
  expect(refuseByAdvice('sqs.CreateQueue', { QueueName: 'q', Attributes: { Policy: '{' } })).toBeUndefined();
  expect(refuseByAdvice('sqs.CreateQueue', { QueueName: 'q' })).toBeUndefined();
});

test('a role that everybody in the world may take on is refused; one for whom a SAML provider signs in is not', () => {
  const trust = (Principal: unknown) => ({
    RoleName: 'Reader',
    AssumeRolePolicyDocument: JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
    }),
  });
  expect(refuseByAdvice('iam.CreateRole', trust('*'))?.code).toBe('OpenToTheWorld');
  expect(refuseByAdvice('iam.CreateRole', trust({ AWS: '*' }))?.code).toBe('OpenToTheWorld');
  const Federated = 'arn:aws:iam::123456789012:saml-provider/Company';
  expect(refuseByAdvice('iam.CreateRole', trust({ Federated }))).toBeUndefined();
  const { AssumeRolePolicyDocument: PolicyDocument } = trust('*');
  expect(refuseByAdvice('iam.UpdateAssumeRolePolicy', { PolicyDocument })?.what).toContain('sts:AssumeRole');
});
