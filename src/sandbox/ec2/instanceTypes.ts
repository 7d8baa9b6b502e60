// The instance types that may be launched: small and common ones, with what AWS says of them.
import type { _InstanceType } from '@aws-sdk/client-ec2';
import type { Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';
import { combination, noSuchTypes } from './refusals.ts';

export interface TypeFacts {
  readonly name: _InstanceType;
  readonly vcpus: number;
  readonly mebibytes: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly network: string;
}

type Sizes = Readonly<Record<string, readonly [vcpus: number, gibibytes: number]>>;

const small: Sizes = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
};
const general: Sizes = { large: [2, 8], xlarge: [4, 16], '2xlarge': [8, 32], '4xlarge': [16, 64] };
const compute: Sizes = { large: [2, 4], xlarge: [4, 8], '2xlarge': [8, 16], '4xlarge': [16, 32] };
const memory: Sizes = { large: [2, 16], xlarge: [4, 32], '2xlarge': [8, 64], '4xlarge': [16, 128] };

const families: Readonly<Record<string, { readonly sizes: Sizes; readonly network: string; readonly arm?: true }>> = {
  /** What is launched where no type is said. */
  m1: { sizes: { small: [1, 1.7] }, network: 'Low' },
  t2: {
    sizes: { ...small, nano: [1, 0.5], micro: [1, 1], small: [1, 2] },
    network: 'Low to Moderate',
  },
  t3: { sizes: small, network: 'Up to 5 Gigabit' },
  t3a: { sizes: small, network: 'Up to 5 Gigabit' },
  t4g: { sizes: small, network: 'Up to 5 Gigabit', arm: true },
  m5: { sizes: general, network: 'Up to 10 Gigabit' },
  m6i: { sizes: general, network: 'Up to 12.5 Gigabit' },
  m6g: { sizes: { medium: [1, 4], ...general }, network: 'Up to 10 Gigabit', arm: true },
  m7g: { sizes: { medium: [1, 4], ...general }, network: 'Up to 12.5 Gigabit', arm: true },
  c5: { sizes: compute, network: 'Up to 10 Gigabit' },
  c6i: { sizes: compute, network: 'Up to 12.5 Gigabit' },
  c6g: { sizes: { medium: [1, 2], ...compute }, network: 'Up to 10 Gigabit', arm: true },
  c7g: { sizes: { medium: [1, 2], ...compute }, network: 'Up to 12.5 Gigabit', arm: true },
  r5: { sizes: memory, network: 'Up to 10 Gigabit' },
  r6i: { sizes: memory, network: 'Up to 12.5 Gigabit' },
  r6g: { sizes: { medium: [1, 8], ...memory }, network: 'Up to 10 Gigabit', arm: true },
};

const table: ReadonlyMap<string, TypeFacts> = new Map(
  Object.entries(families).flatMap(([family, { sizes, network, arm }]) =>
    Object.entries(sizes).map(([size, [vcpus, gibibytes]]): [string, TypeFacts] => {
      // The table's names are all among the SDK's.
      const name = `${family}.${size}` as _InstanceType;
      const architecture = arm ? 'arm64' : 'x86_64';
      return [name, { name, vcpus, mebibytes: Math.floor(gibibytes * 1024), architecture, network }];
    }),
  ),
);

export const typeNamed = (name: string): TypeFacts | undefined => table.get(name);

export const typeHandlers = (): Ec2Handlers => ({
  DescribeInstanceTypes({ InstanceTypes, Filters, ...paging }) {
    if (InstanceTypes !== undefined && paging.MaxResults !== undefined)
      throw combination('The parameter instanceTypesSet cannot be used with the parameter maxResults');
    const unknown = (InstanceTypes ?? []).filter((name) => !table.has(name));
    if (unknown.length > 0) throw noSuchTypes(unknown);
    const asked = [...table.values()].filter(({ name }) => InstanceTypes?.includes(name) ?? true);
    const limits = { least: 5, most: 100 };
    const { items, more } = pageOf(filtered(asked, Filters, { facts }), ({ name }) => name, paging, limits);
    return { InstanceTypes: items.map(describeType), ...more };
  },
  DescribeInstanceTypeOfferings({ Filters, ...paging }, { region }) {
    const facts = { 'instance-type': ({ name }: TypeFacts) => name, location: () => region };
    const { items, more } = pageOf(filtered([...table.values()], Filters, { facts }), ({ name }) => name, paging);
    const InstanceTypeOfferings = items.map(({ name }) => ({
      InstanceType: name,
      LocationType: 'region' as const,
      Location: region,
    }));
    return { InstanceTypeOfferings, ...more };
  },
});

const isFree = ({ name }: TypeFacts): boolean => name === 't2.micro' || name === 't3.micro';
const isBurstable = ({ name }: TypeFacts): boolean => name.startsWith('t');

const facts = {
  'instance-type': ({ name }: TypeFacts) => name,
  'current-generation': () => true,
  'free-tier-eligible': isFree,
  'burstable-performance-supported': isBurstable,
  'bare-metal': () => false,
  hypervisor: ({ name }: TypeFacts) => (name.startsWith('t2') ? 'xen' : 'nitro'),
  'processor-info.supported-architecture': ({ architecture }: TypeFacts) => architecture,
  'vcpu-info.default-vcpus': ({ vcpus }: TypeFacts) => vcpus,
  'memory-info.size-in-mib': ({ mebibytes }: TypeFacts) => mebibytes,
  'supported-root-device-type': () => 'ebs',
  'supported-virtualization-type': () => 'hvm',
};

function describeType(type: TypeFacts) {
  const { name, vcpus, mebibytes, architecture, network } = type;
  const threads = architecture === 'arm64' || vcpus === 1 ? 1 : 2;
  return {
    InstanceType: name,
    CurrentGeneration: true,
    FreeTierEligible: isFree(type),
    SupportedUsageClasses: ['on-demand' as const, 'spot' as const],
    SupportedRootDeviceTypes: ['ebs' as const],
    SupportedVirtualizationTypes: ['hvm' as const],
    BareMetal: false,
    Hypervisor: name.startsWith('t2') ? ('xen' as const) : ('nitro' as const),
    ProcessorInfo: { SupportedArchitectures: [architecture] },
    VCpuInfo: { DefaultVCpus: vcpus, DefaultCores: vcpus / threads, DefaultThreadsPerCore: threads },
    MemoryInfo: { SizeInMiB: mebibytes },
    InstanceStorageSupported: false,
    NetworkInfo: { NetworkPerformance: network, Ipv6Supported: true },
    BurstablePerformanceSupported: isBurstable(type),
    AutoRecoverySupported: true,
  };
}
