// What can stand where in a policy: names of members, and values.
import { actions } from './actions.ts';
import { findKey, keysFor } from './conditionKeys.ts';
import { documentElements, statementElements, versions } from './elements.ts';
import type { Attachment } from './model.ts';
import { operators, readOperator } from './operators.ts';
import type { Place } from './place.ts';
import { principalTypes, servicePrincipals } from './principals.ts';
import { snippetsFor } from './snippets.ts';

export interface Suggestion {
  readonly label: string;
  /** JSON, perhaps with places to fill in; of a member its value. */
  readonly value: string;
  readonly what: string;
  readonly kind: 'element' | 'value' | 'snippet';
}

const values: Readonly<Record<string, string>> = {
  Version: '"2012-10-17"',
  Id: '"$1"',
  Statement: '[\n  $1\n]',
  Sid: '"$1"',
  Effect: '"${1|Allow,Deny|}"',
  Principal: '{ $1 }',
  NotPrincipal: '{ $1 }',
  Action: '"$1"',
  NotAction: '"$1"',
  Resource: '"$1"',
  NotResource: '"$1"',
  Condition: '{\n  $1\n}',
};

const element = ([label, what]: readonly [string, string], value: string): Suggestion => ({
  label,
  value,
  what,
  kind: 'element',
});

const value = (text: string, what: string): Suggestion => ({
  label: text,
  value: JSON.stringify(text),
  what,
  kind: 'value',
});

/** Names of members of the object at a place. */
export function suggestKeys(place: Place, of: Attachment): readonly Suggestion[] {
  switch (place.kind) {
    case 'document':
      return Object.entries(documentElements).map((each) => element(each, values[each[0]] ?? '$1'));
    case 'statement':
    case 'statements':
      return Object.entries(statementElements)
        .filter(([name]) => of.kind !== 'identity' || !name.endsWith('Principal'))
        .map((each) => element(each, name(each[0], of)));
    case 'principal':
      return Object.entries(principalTypes).map((each) => element(each, '"$1"'));
    case 'condition':
      return operators.map((each) => element([each.name, each.what], '{ $1 }'));
    case 'operator':
      return keysForOperator(place.operator, of);
    default:
      return [];
  }
}

/** There is one resource that can be meant. */
const name = (label: string, { arn, service }: Attachment): string =>
  label === 'Resource' && arn !== undefined && service !== 's3' ? JSON.stringify(arn) : (values[label] ?? '$1');

/** Those that the operator compares come first. */
function keysForOperator(operator: string, of: Attachment): readonly Suggestion[] {
  const type = readOperator(operator)?.type;
  const keys = keysFor(of.service);
  const first = keys.filter((key) => key.type === type);
  const rest = keys.filter((key) => key.type !== type);
  return [...first, ...rest].map(({ name, what }) =>
    name === 'aws:SourceAccount' && of.account !== undefined
      ? element([name, what], JSON.stringify(of.account))
      : element([name, what], '"$1"'),
  );
}

/** Values at a place, whole statements among them. */
export function suggestValues(place: Place, of: Attachment): readonly Suggestion[] {
  switch (place.kind) {
    case 'document':
      return [
        {
          label: 'policy',
          value: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    $1\n  ]\n}',
          what: 'An empty policy.',
          kind: 'snippet',
        },
      ];
    case 'version':
      return versions.map((version) => value(version, version === versions[0] ? 'The current one.' : 'The old one.'));
    case 'statement':
    case 'statements':
      return snippetsFor(of).map(({ label, what, body }) => ({ label, value: body, what, kind: 'snippet' }));
    case 'effect':
      return [value('Allow', 'It may.'), value('Deny', 'It may not, whatever else allows it.')];
    case 'principal':
      return [
        value('*', 'Everybody, also without an account.'),
        { label: '{ "Service": … }', value: '{ "Service": "$1" }', what: principalTypes.Service, kind: 'snippet' },
        { label: '{ "AWS": … }', value: '{ "AWS": "$1" }', what: principalTypes.AWS, kind: 'snippet' },
      ];
    case 'principalName':
      return principalNames(place.type, of);
    case 'action':
      return actionNames(of);
    case 'resource':
      return resources(of);
    case 'conditionValue':
      return conditionValues(place.key, of);
    default:
      return [];
  }
}

function principalNames(type: string, { account }: Attachment): readonly Suggestion[] {
  if (type === 'Service') return servicePrincipals.map(({ name, what }) => value(name, what));
  if (type !== 'AWS') return [];
  const own =
    account === undefined
      ? []
      : [value(account, 'This account.'), value(`arn:aws:iam::${account}:root`, 'This account.')];
  return [...own, value('*', 'Everybody, also without an account.')];
}

function actionNames({ service }: Attachment): readonly Suggestion[] {
  const services = service === undefined ? (['sns', 'sqs', 's3'] as const) : [service];
  return services.flatMap((each) => [
    ...actions[each].map(({ name, what }) => value(name, what)),
    value(`${each}:*`, 'All of them.'),
  ]);
}

function resources({ arn, service }: Attachment): readonly Suggestion[] {
  if (arn === undefined) return [];
  if (service !== 's3') return [value(arn, 'This one.')];
  return [value(`${arn}/*`, "All of the bucket's objects."), value(arn, 'The bucket itself.')];
}

function conditionValues(name: string, of: Attachment): readonly Suggestion[] {
  const key = findKey(name);
  if (key?.type === 'Bool') return [value('true', ''), value('false', '')];
  switch (key?.name) {
    case 'aws:SourceAccount':
    case 'aws:SourceOwner':
    case 'aws:PrincipalAccount':
    case 'aws:ResourceAccount':
      return of.account === undefined ? [] : [value(of.account, 'This account.')];
    case 'aws:SourceArn':
      return sources(of);
    case 'sns:Protocol':
      return ['sqs', 'lambda', 'email', 'email-json', 'http', 'https', 'sms', 'firehose', 'application'].map((each) =>
        value(each, ''),
      );
    default:
      return [];
  }
}

function sources({ account = '${2:account}' }: Attachment): readonly Suggestion[] {
  const source = (label: string, arn: string): Suggestion => ({ label, value: `"${arn}"`, what: '', kind: 'snippet' });
  return [
    source('arn of a bucket', 'arn:aws:s3:::${1:bucket}'),
    source('arn of a topic', `arn:aws:sns:\${1:region}:${account}:\${3:topic}`),
    source('arn of a rule', `arn:aws:events:\${1:region}:${account}:rule/\${3:rule}`),
  ];
}
