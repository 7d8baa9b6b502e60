import type { _InstanceType, Instance as Described } from '@aws-sdk/client-ec2';
import { createHash } from 'node:crypto';
import { describeState } from './lifecycle.ts';
import { groupsOf, subnetsOf, vpcOf } from './network.ts';
import { typeNamed } from './instanceTypes.ts';
import type { Ec2State, Instance, StateName } from './state.ts';
import { tagsOf } from './tagList.ts';

const codeOf: Readonly<Partial<Record<StateName, readonly [code: string, message: string]>>> = {
  stopping: ['Client.UserInitiatedShutdown', 'User initiated shutdown'],
  stopped: ['Client.UserInitiatedShutdown', 'User initiated shutdown'],
  'shutting-down': ['Client.UserInitiatedShutdown', 'User initiated shutdown'],
  terminated: ['Client.UserInitiatedShutdown', 'User initiated shutdown'],
  pending: ['pending', 'pending'],
};

/** The answer's form of an instance. What it holds no longer once it is terminated is left out. */
export function describeInstance(state: Ec2State, instance: Instance): Described {
  const { id, region } = instance;
  return {
    InstanceId: id,
    ImageId: instance.imageId,
    InstanceType: instance.type as _InstanceType, // checked when it was set
    State: describeState(instance.state),
    LaunchTime: new Date(instance.launched),
    AmiLaunchIndex: instance.launchIndex,
    ClientToken: instance.clientToken,
    Architecture: instance.architecture === 'arm64' ? 'arm64' : 'x86_64',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    EbsOptimized: false,
    EnaSupport: true,
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: new Date(instance.launched),
    Monitoring: { State: instance.monitored ? 'enabled' : 'disabled' },
    Placement: { AvailabilityZone: zoneOf(instance), GroupName: '', Tenancy: 'default' },
    CpuOptions: cpusOf(instance),
    MetadataOptions: {
      State: instance.state === 'pending' ? 'pending' : 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'enabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
    },
    ...(instance.keyName !== undefined && { KeyName: instance.keyName }),
    ...(instance.profile && { IamInstanceProfile: { Arn: instance.profile.arn, Id: instance.profile.id } }),
    Tags: tagsOf(state, id),
    ...reasonOf(instance),
    ...networkOf(state, instance, region),
  };
}

export const zoneOf = (instance: Instance): string =>
  subnetsOf(instance).find(({ id }) => id === instance.subnetId)?.zone.name ?? `${instance.region}a`;

export const privateNameOf = ({ privateIp, region }: Instance): string =>
  `ip-${privateIp.replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`;

/** Another one after each start. From the range that is kept for examples: nothing answers there. */
export function publicIpOf({ id, launched, state }: Instance): string | undefined {
  if (state !== 'running') return undefined;
  const [byte = 0] = createHash('sha256').update(`${id} ${launched}`).digest();
  return `203.0.113.${1 + (byte % 254)}`;
}

const publicNameOf = (ip: string, region: string): string =>
  `ec2-${ip.replaceAll('.', '-')}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`;

function cpusOf({ type }: Instance) {
  const { vcpus = 2, architecture } = typeNamed(type) ?? {};
  const threads = architecture === 'arm64' || vcpus === 1 ? 1 : 2;
  return { CoreCount: vcpus / threads, ThreadsPerCore: threads };
}

function reasonOf({ state, since }: Instance) {
  const [Code, text] = codeOf[state] ?? [];
  if (Code === undefined || text === undefined) return { StateTransitionReason: '' };
  if (state === 'pending') return { StateTransitionReason: '', StateReason: { Code, Message: text } };
  const at = new Date(since).toISOString().slice(0, 19).replace('T', ' ');
  return {
    StateTransitionReason: `User initiated (${at} GMT)`,
    StateReason: { Code, Message: `${Code}: ${text}` },
  };
}

function networkOf(state: Ec2State, instance: Instance, region: string): Partial<Described> {
  const gone = instance.state === 'terminated';
  if (gone)
    return {
      PublicDnsName: '',
      PrivateDnsName: '',
      BlockDeviceMappings: [],
      SecurityGroups: [],
      NetworkInterfaces: [],
    };
  const ip = publicIpOf(instance);
  const groups = groupsOf(state, instance)
    .filter(({ id }) => instance.groups.includes(id))
    .map(({ id, name }) => ({ GroupId: id, GroupName: name }));
  const address = {
    PrivateIpAddress: instance.privateIp,
    PrivateDnsName: privateNameOf(instance),
    SubnetId: instance.subnetId,
    VpcId: vpcOf(instance),
  };
  return {
    ...address,
    PublicDnsName: ip === undefined ? '' : publicNameOf(ip, region),
    ...(ip !== undefined && { PublicIpAddress: ip }),
    SourceDestCheck: true,
    SecurityGroups: groups,
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: {
          VolumeId: instance.volumeId,
          Status: instance.state === 'pending' ? 'attaching' : 'attached',
          AttachTime: new Date(instance.created),
          DeleteOnTermination: true,
        },
      },
    ],
    NetworkInterfaces: [
      {
        NetworkInterfaceId: instance.interfaceId,
        OwnerId: instance.account,
        Status: 'in-use',
        Groups: groups,
        ...address,
      },
    ],
  };
}
