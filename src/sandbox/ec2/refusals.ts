// EC2's refusals, worded as AWS words them. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
import { AwsError } from '../service.ts';

const refuse = (code: string, message: string, status = 400) => new AwsError(code, message, { status });

export const invalid = (message: string) => refuse('InvalidParameterValue', message);
export const combination = (message: string) => refuse('InvalidParameterCombination', message);
export const missing = (parameter: string) =>
  refuse('MissingParameter', `The request must contain the parameter ${parameter}`);

/** How each kind of id is spoken of. */
const kinds = {
  instance: { prefix: 'i', code: 'InvalidInstanceID', one: 'instance ID', several: 'instance IDs' },
  volume: { prefix: 'vol', code: 'InvalidVolume', one: 'volume', several: 'volumes' },
  vpc: { prefix: 'vpc', code: 'InvalidVpcID', one: 'vpc ID', several: 'vpc IDs' },
  subnet: { prefix: 'subnet', code: 'InvalidSubnetID', one: 'subnet ID', several: 'subnet IDs' },
  group: { prefix: 'sg', code: 'InvalidGroup', one: 'security group', several: 'security groups' },
} as const;
export type Kind = keyof typeof kinds;

export const prefixOf = (kind: Kind): string => kinds[kind].prefix;

export function notFound(kind: Kind, ids: readonly string[]): AwsError {
  const { code, one, several } = kinds[kind];
  const [first = ''] = ids;
  const message =
    ids.length > 1 ? `The ${several} '${ids.join(', ')}' do not exist` : `The ${one} '${first}' does not exist`;
  return refuse(`${code}.NotFound`, message);
}

export function malformed(kind: Kind, id: string): AwsError {
  const { prefix, code } = kinds[kind];
  const expecting = id === '' ? ` (expecting "${prefix}-...")` : '';
  return refuse(`${kind === 'volume' ? 'InvalidVolumeID' : code}.Malformed`, `Invalid id: "${id}"${expecting}`);
}

export const noSuchImages = (ids: readonly string[]) =>
  refuse(
    'InvalidAMIID.NotFound',
    `The image id${ids.length > 1 ? 's' : ''} '[${ids.join(', ')}]' do${ids.length > 1 ? '' : 'es'} not exist`,
  );
export const malformedImage = (id: string) =>
  refuse('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);

export const noSuchKeyPair = (name: string) =>
  refuse('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
export const keyPairExists = (name: string) =>
  refuse('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);
export const noSuchGroupName = (name: string, vpcId: string) =>
  refuse('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC '${vpcId}'`);
export const groupExists = (name: string, vpcId: string) =>
  refuse('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`);
export const groupInUse = (id: string) => refuse('DependencyViolation', `resource ${id} has a dependent object`);
export const ruleExists = (rule: string) =>
  refuse('InvalidPermission.Duplicate', `the specified rule "${rule}" already exists`);
export const unknownRule = () =>
  refuse('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
export const noSuchRules = (ids: readonly string[]) =>
  refuse(
    'InvalidSecurityGroupRuleId.NotFound',
    ids.length > 1
      ? `The security group rule IDs '${ids.join(', ')}' do not exist`
      : `The security group rule ID '${ids[0] ?? ''}' does not exist`,
  );
export const rulesLimit = () =>
  refuse('RulesPerSecurityGroupLimitExceeded', 'The maximum number of rules per security group has been reached.');
export const cidrBlock = (text: string) => invalid(`CIDR block ${text} is malformed`);
export const volumeInUse = (id: string, instance: string) =>
  refuse('VolumeInUse', `Volume ${id} is currently attached to ${instance}`);
export const defaultGroup = (id: string, name: string) =>
  refuse('CannotDelete', `the specified group: "${id}" name: "${name}" cannot be deleted by a user`);

export const wrongState = (id: string, done: 'started' | 'stopped' | 'rebooted') =>
  refuse(
    'IncorrectInstanceState',
    `${done === 'stopped' ? 'This' : 'The'} instance '${id}' is not in a state from which it can be ${done}.`,
  );
export const neverRan = (id: string) =>
  refuse('IncorrectInstanceState', `Instance '${id}' cannot be stopped as it has never reached the 'running' state.`);
export const notStopped = (id: string) =>
  refuse('IncorrectInstanceState', `The instance '${id}' is not in the 'stopped' state.`);
export const isProtected = (id: string, done: 'terminated' | 'stopped', attribute: string) =>
  refuse(
    'OperationNotPermitted',
    `The instance '${id}' may not be ${done}. Modify its '${attribute}' instance attribute and try again.`,
  );

export const otherArguments = () =>
  refuse(
    'IdempotentParameterMismatch',
    'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
  );
export const dryRun = () => refuse('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
export const badToken = () => refuse('InvalidNextToken', 'The specified NextToken is not valid.');
export const badTagged = (id: string) => refuse('InvalidID', `The ID '${id}' is not valid`);
export const tooManyTags = () =>
  refuse('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
export const noSuchTypes = (types: readonly string[]) =>
  refuse('InvalidInstanceType', `The following supplied instance types do not exist: [${types.join(', ')}]`);
