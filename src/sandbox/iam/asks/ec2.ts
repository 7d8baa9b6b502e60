// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
import type { Iam } from '../iam.ts';
import { keyOf } from '../state.ts';
import { textOf, type Ask, type Asks, type Input, type Place } from './ask.ts';

/** Actions on resources that are named are asked of each; Describe operations are of all or of none. */
export const ec2Asks =
  (iam: Iam): Asks =>
  (operation, input, place) =>
    asksOf(iam, operation, input, place).map((ask) => ({
      ...ask,
      context: { 'ec2:Region': place.region, ...ask.context },
    }));

function asksOf(iam: Iam, operation: string, input: Input, place: Place): readonly Ask[] {
  const action = `ec2:${operation}`;
  if (operation === 'RunInstances') return launchAsks(iam, input, place);
  if (operation === 'CreateTags' || operation === 'DeleteTags') {
    const context = tagContext(listOf(input, 'Tags'));
    return namesOf(input, 'Resources').map((id) => ({ action, resource: arnOf(place, kindOf(id), id), context }));
  }
  if (operation.startsWith('Describe') && operation !== 'DescribeInstanceAttribute') return [{ action, resource: '*' }];
  const instance = textOf(input, 'InstanceId');
  const ids = instance === undefined ? namesOf(input, 'InstanceIds') : [instance];
  if (ids.length > 0) return ids.map((id) => ({ action, resource: arnOf(place, 'instance', id) }));
  return [otherAsk(operation, input, place)];
}

/** A launch makes several resources from several others. */
function launchAsks(iam: Iam, input: Input, place: Place): Ask[] {
  const action = 'ec2:RunInstances';
  const type = textOf(input, 'InstanceType');
  const specifications = listOf(input, 'TagSpecifications');
  const made = ['instance', 'volume', 'network-interface'].map((kind): Ask => {
    const tags = specifications
      .filter((one) => textOf(one, 'ResourceType') === kind)
      .flatMap((one) => listOf(one, 'Tags'));
    const context = {
      ...tagContext(tags),
      ...(kind === 'instance' && type !== undefined && { 'ec2:InstanceType': type }),
    };
    return { action, resource: arnOf(place, kind, '*'), context };
  });
  const image = textOf(input, 'ImageId') ?? '*';
  const used: Ask[] = [
    { action, resource: `arn:aws:ec2:${place.region}::image/${image.startsWith('ami-') ? image : '*'}` },
    { action, resource: arnOf(place, 'subnet', textOf(input, 'SubnetId') ?? '*') },
    ...(namesOf(input, 'SecurityGroupIds').length > 0 ? namesOf(input, 'SecurityGroupIds') : ['*']).map((id) => ({
      action,
      resource: arnOf(place, 'security-group', id),
    })),
  ];
  const tagging = specifications.map((one): Ask => ({
    action: 'ec2:CreateTags',
    resource: arnOf(place, textOf(one, 'ResourceType') ?? 'instance', '*'),
    context: { ...tagContext(listOf(one, 'Tags')), 'ec2:CreateAction': 'RunInstances' },
  }));
  return [...made, ...used, ...tagging, ...passedRole(iam, input, place)];
}

/** Who launches an instance with a role must be allowed to pass it on. */
function passedRole({ state }: Iam, input: Input, { account }: Place): Ask[] {
  const given = input['IamInstanceProfile'] as Input | undefined; // the SDK's own shape, made by the wire
  const said = given && (textOf(given, 'Arn') ?? textOf(given, 'Name'));
  const profile =
    said === undefined ? undefined : state.profiles.get(keyOf(account, said.slice(said.lastIndexOf('/') + 1)));
  const role = profile?.role === undefined ? undefined : state.roles.get(keyOf(account, profile.role));
  if (role === undefined) return [];
  return [{ action: 'iam:PassRole', resource: role.arn, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } }];
}

function otherAsk(operation: string, input: Input, place: Place): Ask {
  const action = `ec2:${operation}`;
  const named: readonly (readonly [suffix: string, kind: string, id: string | undefined])[] = [
    ['Volume', 'volume', textOf(input, 'VolumeId')],
    ['SecurityGroup', 'security-group', textOf(input, 'GroupId')],
    ['KeyPair', 'key-pair', textOf(input, 'KeyName')],
  ];
  const found = named.find(([suffix]) => operation.endsWith(suffix));
  if (found === undefined) return { action, resource: '*' };
  const tags = listOf(input, 'TagSpecifications').flatMap((one) => listOf(one, 'Tags'));
  return { action, resource: arnOf(place, found[1], found[2] ?? '*'), context: tagContext(tags) };
}

const arnOf = ({ account, region }: Place, kind: string, id: string): string =>
  `arn:aws:ec2:${region}:${account}:${kind}/${id}`;

const kinds: Readonly<Record<string, string>> = {
  i: 'instance',
  vol: 'volume',
  sg: 'security-group',
  eni: 'network-interface',
  key: 'key-pair',
};
function kindOf(id: string): string {
  const prefix = id.slice(0, Math.max(0, id.indexOf('-')));
  return kinds[prefix] ?? prefix;
}

function tagContext(tags: readonly Input[]): Record<string, string | readonly string[]> {
  if (tags.length === 0) return {};
  const keys = tags.map((tag) => textOf(tag, 'Key') ?? '');
  return {
    ...Object.fromEntries(
      tags.map((tag) => [`aws:RequestTag/${textOf(tag, 'Key') ?? ''}`, textOf(tag, 'Value') ?? '']),
    ),
    'aws:TagKeys': keys,
  };
}

// The wire has made the input of the SDK's own shapes.
const listOf = (input: Input, name: string): readonly Input[] => (input[name] ?? []) as readonly Input[];
const namesOf = (input: Input, name: string): readonly string[] => (input[name] ?? []) as readonly string[];
