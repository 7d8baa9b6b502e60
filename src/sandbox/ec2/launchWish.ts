// What a RunInstances asks for, checked: all that can be refused is refused here, before anything is made.
import type { RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { Ec2 } from './ec2.ts';
import { imageFor, type Image } from './images.ts';
import { isId } from './ids.ts';
import { typeNamed, type TypeFacts } from './instanceTypes.ts';
import { defaultGroupOf, groupsOf, subnetsOf, vpcOf, type Subnet } from './network.ts';
import { combination, invalid, malformed, missing, noSuchGroupName, noSuchKeyPair, notFound } from './refusals.ts';
import { keyOf, type Instance, type Place } from './state.ts';
import { readSpecifications } from './tagList.ts';

export interface LaunchWish {
  readonly count: number;
  readonly image: Image;
  readonly type: TypeFacts;
  readonly subnet: Subnet;
  readonly groups: readonly string[];
  readonly keyName: string | undefined;
  readonly userData: string | undefined;
  readonly profile: Instance['profile'];
  readonly tags: (kind: string) => ReadonlyMap<string, string>;
}

/** What is limited to this many at a time on a new account, by the vCPU quota of common sizes. */
const most = 20;

export async function readLaunch(ec2: Ec2, input: RunInstancesCommandInput, place: Place): Promise<LaunchWish> {
  const { MinCount = 1, MaxCount = 1, ImageId, KeyName, IamInstanceProfile } = input;
  if (MinCount < 1) throw invalid(`Value (${MinCount}) for parameter minCount is invalid. Minimum allowed value is 1.`);
  if (MaxCount < MinCount)
    throw combination(
      `Value (${MaxCount}) for parameter maxCount is invalid. It must not be less than minCount (${MinCount}).`,
    );
  if (ImageId === undefined) throw missing('ImageId');
  const image = imageFor(ImageId, place.region);
  const type = readType(input.InstanceType ?? 'm1.small', image);
  if (KeyName !== undefined && !ec2.state.keyPairs.has(keyOf(place, KeyName))) throw noSuchKeyPair(KeyName);
  return {
    count: countOf(MinCount, MaxCount),
    image,
    type,
    subnet: readSubnet(input, place),
    groups: readGroups(ec2, input, place),
    keyName: KeyName,
    userData: readUserData(input.UserData),
    tags: readSpecifications(input.TagSpecifications, ['instance', 'volume', 'network-interface']),
    profile: await readProfile(ec2, IamInstanceProfile, place),
  };
}

function countOf(least: number, wanted: number): number {
  if (least > most)
    throw combination(
      `You have requested more instances (${least}) than your current instance limit of ${most} allows for one request.`,
    );
  return Math.min(wanted, most);
}

function readType(name: string, image: Image): TypeFacts {
  const type = typeNamed(name);
  if (type === undefined) throw invalid(`Invalid value '${name}' for InstanceType.`);
  if (type.architecture !== image.architecture)
    throw invalid(
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture ` +
        `'${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching ` +
        `architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the ` +
        `architecture of the instance type or AMI.`,
    );
  return type;
}

export const checkType = (name: string, architecture: string): void => {
  const type = typeNamed(name);
  if (type === undefined || type.architecture !== architecture)
    throw invalid(`Invalid value '${name}' for InstanceType.`);
};

function readSubnet({ SubnetId, NetworkInterfaces, Placement }: RunInstancesCommandInput, place: Place): Subnet {
  const subnets = subnetsOf(place);
  const id = SubnetId ?? NetworkInterfaces?.[0]?.SubnetId;
  const zone = Placement?.AvailabilityZone;
  if (id !== undefined && !isId('subnet', id)) throw malformed('subnet', id);
  const subnet = subnets.find((one) =>
    id === undefined ? zone === undefined || one.zone.name === zone : one.id === id,
  );
  if (subnet !== undefined) return subnet;
  throw id === undefined ? invalid(`Invalid availability zone: [${zone ?? ''}]`) : notFound('subnet', [id]);
}

function readGroups(ec2: Ec2, input: RunInstancesCommandInput, place: Place): string[] {
  const all = groupsOf(ec2.state, place);
  const ids = input.SecurityGroupIds ?? input.NetworkInterfaces?.[0]?.Groups ?? [];
  const unknown = ids.find((id) => !all.some((group) => group.id === id));
  if (unknown !== undefined) throw isId('sg', unknown) ? notFound('group', [unknown]) : malformed('group', unknown);
  const named = (input.SecurityGroups ?? []).map((name) => {
    const group = all.find((one) => one.name === name);
    if (group === undefined) throw noSuchGroupName(name, vpcOf(place));
    return group.id;
  });
  const asked = [...new Set([...ids, ...named])];
  return asked.length > 0 ? asked : [defaultGroupOf(place).id];
}

export function readUserData(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw invalid('Invalid BASE64 encoding of user data.');
  if (Buffer.from(text, 'base64').length > 16_384) throw invalid('User data is limited to 16384 bytes');
  return text;
}

async function readProfile(
  { world }: Ec2,
  given: RunInstancesCommandInput['IamInstanceProfile'],
  { account }: Place,
): Promise<Instance['profile']> {
  const said = given?.Arn ?? given?.Name;
  if (said === undefined) return undefined;
  if (given?.Arn !== undefined && given.Name !== undefined)
    throw combination(
      `The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'`,
    );
  const profile = (await world.port('iam')).roleOfInstanceProfile(said, account);
  const [member, kind] = given?.Arn === undefined ? ['name', 'name'] : ['arn', 'ARN'];
  if (profile === undefined)
    throw invalid(
      `Value (${said}) for parameter iamInstanceProfile.${member} is invalid. Invalid IAM Instance Profile ${kind}`,
    );
  return { arn: profile.arn, id: profile.id };
}
