// AddPermission and RemovePermission: the short way to statements of the queue's policy.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
import type { AddPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-sqs';
import { AwsError } from '../service.ts';
import type { Call } from '../service.ts';
import { ownerActions, sharedActions } from './access.ts';
import { invalidParameter, invalidValue, missing } from './errors.ts';
import type { Queue } from './queue.ts';
import { readPolicy } from './queuePolicy.ts';
import { openQueue } from './sqs.ts';
import type { Sqs } from './sqs.ts';

const mostActions = 7;
const allowed: ReadonlySet<string> = new Set(['*', ...sharedActions]);
const owners: ReadonlySet<string> = new Set(ownerActions);

interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly object[];
}

/** @throws InvalidParameterValue, MissingParameter, OverLimit for more than 7 actions or 20 statements */
export function addPermission(sqs: Sqs, input: AddPermissionRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'AddPermission');
  const { Label: label = '', Actions: actions = [], AWSAccountIds: accounts = [] } = input;
  if (!/^[\w-]{1,80}$/.test(label)) {
    throw invalidValue(
      'Label',
      label,
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
    );
  }
  checkActions(actions);
  if (accounts.length === 0 || accounts.some((account) => !/^\d{12}$/.test(account))) {
    throw invalidValue('PrincipalId', `[${accounts.join(', ')}]`, 'Unable to verify.');
  }
  const policy = readDocument(queue);
  if (policy?.Statement.some((statement) => sidOf(statement) === label))
    throw invalidValue('Label', label, 'Already exists.');
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMany(accounts.map((account) => `${queue.arn.split(':sqs:')[0]}:iam::${account}:root`)) },
    Action: oneOrMany(actions.map((action) => `SQS:${action}`)),
    Resource: queue.arn,
  };
  const before = policy ?? { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy`, Statement: [] };
  store(sqs, queue, { ...before, Statement: [...before.Statement, statement] });
}

/** With the last statement the policy goes. @throws InvalidParameterValue for a label that is not there */
export function removePermission(sqs: Sqs, input: RemovePermissionRequest, call: Call): void {
  const queue = openQueue(sqs, input.QueueUrl ?? '', call, 'RemovePermission');
  const label = input.Label ?? '';
  const policy = readDocument(queue);
  const kept = policy?.Statement.filter((statement) => sidOf(statement) !== label);
  if (!policy || !kept || kept.length === policy.Statement.length) {
    throw invalidValue('Label', label, "can't find label.");
  }
  store(sqs, queue, kept.length > 0 ? { ...policy, Statement: kept } : undefined);
}

function checkActions(actions: readonly string[]): void {
  if (actions.length === 0) throw missing('Actions');
  if (actions.length > mostActions) {
    throw new AwsError('OverLimit', `${actions.length} Actions were found, maximum allowed is ${mostActions}.`);
  }
  for (const action of actions) {
    if (allowed.has(action)) continue;
    throw invalidParameter(
      `Value SQS:${action} for parameter ActionName is invalid. Reason: ` +
        (owners.has(action)
          ? 'Only the queue owner is allowed to invoke this action.'
          : 'Please refer to the appropriate WSDL for a list of valid actions. '),
    );
  }
}

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 && values[0] !== undefined ? values[0] : values;

const sidOf = (statement: object): unknown => ('Sid' in statement ? statement.Sid : undefined);

function readDocument(queue: Queue): PolicyDocument | undefined {
  const text = queue.values['Policy'];
  if (text === undefined) return undefined;
  // The text was checked when it was stored: it is a policy.
  const document = JSON.parse(text) as Partial<PolicyDocument> & { readonly Statement: object | readonly object[] };
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return { ...document, Version: document.Version ?? '2008-10-17', Statement: statements };
}

function store(sqs: Sqs, queue: Queue, policy: PolicyDocument | undefined): void {
  queue.change({ Policy: policy === undefined ? '' : readPolicy(JSON.stringify(policy)) }, sqs.world.clock.now());
  sqs.world.changed();
}
