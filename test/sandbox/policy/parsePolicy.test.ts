import { expect, test } from 'vitest';
import { parsePolicy } from '../../../src/sandbox/policy/parsePolicy.ts';

const good = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:1:q' };
const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));

/** Statement, where it is wrong (from the statement on), what is said. */
test.each<[object, (string | number)[], string]>([
  [without('Effect'), [], 'Missing required field Effect'],
  [without('Principal'), [], 'Missing required field Principal'],
  [without('Action'), [], 'Missing required field Action'],
  [without('Resource'), [], 'Missing required field Resource'],
  [{ ...good, Effect: 'allow' }, ['Effect'], 'Effect must be "Allow" or "Deny".'],
  [{ ...good, Sid: 1 }, ['Sid'], 'Sid must be a string.'],
  [{ ...good, Actions: 'x' }, ['Actions'], 'Unknown field Actions'],
  [{ ...good, NotAction: 'sqs:*' }, ['NotAction'], 'A statement has Action or NotAction, not both.'],
  [
    { ...good, Action: ['sqs:*', 'Send'] },
    ['Action', 1],
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  [{ ...good, Action: [] }, ['Action'], 'Policy statement must contain actions.'],
  [{ ...good, Action: [7] }, ['Action', 0], 'Syntax errors in policy: this must be a string.'],
  [{ ...good, Resource: 'queue' }, ['Resource'], 'Resource queue must be in ARN format or "*".'],
  [
    { ...good, Principal: 'me' },
    ['Principal'],
    'Invalid principal in policy: use "*" or an object such as {"AWS": "*"}.',
  ],
  [
    { ...good, Principal: { User: '*' } },
    ['Principal', 'User'],
    'Invalid principal in policy: "User" is no type of principal.',
  ],
  [{ ...good, Principal: { AWS: ['*', 'ann'] } }, ['Principal', 'AWS', 1], 'Invalid principal in policy: "AWS":"ann"'],
  [
    { ...good, Principal: { Service: 'sns' } },
    ['Principal', 'Service'],
    'Invalid principal in policy: "Service":"sns"',
  ],
  [
    { ...good, Condition: { StringIs: { 'aws:x': 'y' } } },
    ['Condition', 'StringIs'],
    'Invalid Condition type : StringIs.',
  ],
  [
    { ...good, Condition: { StringLike: 'x' } },
    ['Condition', 'StringLike'],
    'Syntax errors in policy: an operator holds an object of condition keys.',
  ],
  [
    { ...good, Condition: { StringLike: { x: 'y' } } },
    ['Condition', 'StringLike', 'x'],
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  [
    { ...good, Condition: { StringLike: { 'aws:x': ['y', {}] } } },
    ['Condition', 'StringLike', 'aws:x', 1],
    'Syntax errors in policy: this must be a string.',
  ],
])('%j: %j %s', (statement, path, message) => {
  const { problems } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  expect(problems).toEqual([{ path: ['Statement', 0, ...path], message }]);
});

test.each<[string, (string | number)[], string]>([
  ['{', [], 'Syntax errors in policy: this is not JSON.'],
  ['[]', [], 'Syntax errors in policy: a policy is a JSON object.'],
  ['{"Version":"2012-10-17"}', [], 'Missing required field Statement'],
  ['{"Statement":[]}', ['Statement'], 'Missing required field Statement cannot be empty!'],
  [JSON.stringify({ Version: '2012', Statement: good }), ['Version'], 'Version must be "2012-10-17" or "2008-10-17".'],
  [JSON.stringify({ Id: 1, Statement: good }), ['Id'], 'Id must be a string.'],
  [JSON.stringify({ Name: 'x', Statement: good }), ['Name'], 'Unknown field Name'],
  [
    JSON.stringify({
      Statement: [
        { ...good, Sid: 'a' },
        { ...good, Sid: 'a' },
      ],
    }),
    ['Statement', 1, 'Sid'],
    'Statement IDs (SID) in a single policy must be unique.',
  ],
])('%s: %j %s', (text, path, message) => {
  expect(parsePolicy(text).problems).toEqual([{ path, message }]);
});

test('all that is wrong is said at once', () => {
  const statement = [without('Effect'), without('Action')];
  expect(parsePolicy(JSON.stringify({ Statement: statement })).problems).toHaveLength(2);
});

test('each kind of policy has its own parts', () => {
  const identity = JSON.stringify({ Statement: without('Principal') });
  const trust = JSON.stringify({ Statement: without('Resource') });
  expect(parsePolicy(identity, 'identity').problems).toEqual([]);
  expect(parsePolicy(trust, 'trust').problems).toEqual([]);
  expect(parsePolicy(identity, 'trust').problems.map(({ message }) => message)).toEqual([
    'Missing required field Principal',
    'Has prohibited field Resource',
  ]);
  expect(parsePolicy(JSON.stringify({ Statement: good }), 'identity').problems.map(({ message }) => message)).toEqual([
    'Has prohibited field Principal',
  ]);
});

test('one statement, and single values, are lists of one', () => {
  const { policy } = parsePolicy(JSON.stringify({ Statement: good }));
  expect(policy).toEqual({
    version: '2008-10-17',
    statements: [
      {
        effect: 'Allow',
        principals: { not: false, anyone: true, named: {} },
        actions: { not: false, patterns: ['sqs:SendMessage'] },
        resources: { not: false, patterns: ['arn:aws:sqs:eu-west-1:1:q'] },
        conditions: [],
      },
    ],
  });
});
