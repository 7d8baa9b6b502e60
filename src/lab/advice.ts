// The lab's own advice: what is refused before it is sent, because it would harm the account that the learner works in.
// In: a call as it would be sent. Out: why not, in words for a learner, or nothing.
// Never: a rule that AWS has itself; those are AWS's to teach.
import type { OperationName } from '../aws/operations.ts';

export interface Refusal {
  readonly code: 'OpenToTheWorld';
  readonly what: string;
  readonly advice: string;
}

/** Where a policy that says who may come in stands in the input. */
const policyOf: Partial<Record<OperationName, (input: Readonly<Record<string, unknown>>) => unknown>> = {
  'iam.CreateRole': (input) => input['AssumeRolePolicyDocument'],
  'iam.UpdateAssumeRolePolicy': (input) => input['PolicyDocument'],
  'sns.CreateTopic': (input) => member(input['Attributes'], 'Policy'),
  'sns.SetTopicAttributes': (input) => (input['AttributeName'] === 'Policy' ? input['AttributeValue'] : undefined),
  'sqs.CreateQueue': (input) => member(input['Attributes'], 'Policy'),
  'sqs.SetQueueAttributes': (input) => member(input['Attributes'], 'Policy'),
};

/** Conditions by which a statement for everybody is one for somebody after all. */
const narrowing = [
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:userid',
];

export function refuseByAdvice(operation: OperationName, input: object): Refusal | undefined {
  const policy = asObject(policyOf[operation]?.({ ...input }));
  const open = list(policy?.['Statement'])
    .map((statement) => asObject(statement) ?? {})
    .find(isOpen);
  if (open === undefined) return undefined;
  const actions = list(open['Action']).join(', ');
  return {
    code: 'OpenToTheWorld',
    what: `Not sent: this policy allows ${actions === '' ? 'calls' : actions} to everybody in the world (Principal "*").`,
    advice:
      'Name the one who needs access (a service, an account or a role), allow only the action needed, and say for which source in a condition such as aws:SourceArn.',
  };
}

function isOpen(statement: Readonly<Record<string, unknown>>): boolean {
  if (statement['Effect'] !== 'Allow') return false;
  const principal = statement['Principal'];
  const everybody = principal === '*' || list(member(principal, 'AWS')).includes('*') || 'NotPrincipal' in statement;
  return everybody && !Object.entries(asObject(statement['Condition']) ?? {}).some(narrows);
}

/** A condition narrows when it says what a source is (not what it is not, nor what it is if there is one), and not just any. */
function narrows([operator, condition]: [string, unknown]): boolean {
  if (!/^(String(Equals|Like)|Arn(Equals|Like)|IpAddress)/.test(operator) || operator.endsWith('IfExists'))
    return false;
  return Object.entries(asObject(condition) ?? {}).some(
    ([key, value]) => narrowing.includes(key.toLowerCase()) && !list(value).some(isAnything),
  );
}

function isAnything(value: unknown): boolean {
  return value === '*' || value === '0.0.0.0/0' || value === '::/0';
}

function member(value: unknown, name: string): unknown {
  return asObject(value)?.[name];
}

/** Policies travel as JSON text; a lab may also write them as they are. */
function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const object = typeof value === 'string' ? parse(value) : value;
  return typeof object === 'object' && object !== null ? { ...object } : undefined;
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
