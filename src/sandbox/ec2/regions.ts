// The regions that every account has from its start, and their zones. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
import type { Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { invalid } from './refusals.ts';
import { AwsError } from '../service.ts';

/** What zone ids begin with, and the zones' letters. */
const regions: Readonly<Record<string, { readonly ids: string; readonly letters: string }>> = {
  'ap-northeast-1': { ids: 'apne1', letters: 'acd' },
  'ap-northeast-2': { ids: 'apne2', letters: 'abcd' },
  'ap-northeast-3': { ids: 'apne3', letters: 'abc' },
  'ap-south-1': { ids: 'aps1', letters: 'abc' },
  'ap-southeast-1': { ids: 'apse1', letters: 'abc' },
  'ap-southeast-2': { ids: 'apse2', letters: 'abc' },
  'ca-central-1': { ids: 'cac1', letters: 'abd' },
  'eu-central-1': { ids: 'euc1', letters: 'abc' },
  'eu-north-1': { ids: 'eun1', letters: 'abc' },
  'eu-west-1': { ids: 'euw1', letters: 'abc' },
  'eu-west-2': { ids: 'euw2', letters: 'abc' },
  'eu-west-3': { ids: 'euw3', letters: 'abc' },
  'sa-east-1': { ids: 'sae1', letters: 'abc' },
  'us-east-1': { ids: 'use1', letters: 'abcdef' },
  'us-east-2': { ids: 'use2', letters: 'abc' },
  'us-west-1': { ids: 'usw1', letters: 'ac' },
  'us-west-2': { ids: 'usw2', letters: 'abcd' },
};

export interface Zone {
  readonly name: string;
  readonly id: string;
  readonly region: string;
}

export function zonesOf(region: string): Zone[] {
  const { ids, letters } = regions[region] ?? { ids: region.replaceAll('-', ''), letters: 'abc' };
  return [...letters].map((letter, at) => ({ name: `${region}${letter}`, id: `${ids}-az${at + 1}`, region }));
}

export const regionHandlers = (): Ec2Handlers => ({
  DescribeRegions({ RegionNames, Filters }) {
    const unknown = (RegionNames ?? []).filter((name) => regions[name] === undefined);
    if (unknown.length > 0) throw invalid(`Invalid region name: ${unknown.join(', ')}`);
    const asked = RegionNames ?? Object.keys(regions);
    const facts = {
      'region-name': (name: string) => name,
      endpoint: endpointOf,
      'opt-in-status': () => 'opt-in-not-required',
    };
    return {
      Regions: filtered(asked, Filters, { facts }).map((name) => ({
        RegionName: name,
        Endpoint: endpointOf(name),
        OptInStatus: 'opt-in-not-required',
      })),
    };
  },
  DescribeAvailabilityZones({ ZoneNames, ZoneIds, Filters }, { region }) {
    const all = zonesOf(region);
    const unknown = (ZoneNames ?? []).find((name) => !all.some((zone) => zone.name === name));
    if (unknown !== undefined) throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
    const asked = all.filter(({ name, id }) => (ZoneNames?.includes(name) ?? true) && (ZoneIds?.includes(id) ?? true));
    return { AvailabilityZones: filtered(asked, Filters, { facts: zoneFacts }).map(describeZone) };
  },
});

const zoneFacts = {
  'zone-name': ({ name }: Zone) => name,
  'zone-id': ({ id }: Zone) => id,
  'zone-type': () => 'availability-zone',
  'region-name': ({ region }: Zone) => region,
  'group-name': ({ region }: Zone) => `${region}-zg-1`,
  state: () => 'available',
  'opt-in-status': () => 'opt-in-not-required',
};

const describeZone = ({ name, id, region }: Zone) => ({
  ZoneName: name,
  ZoneId: id,
  RegionName: region,
  GroupName: `${region}-zg-1`,
  NetworkBorderGroup: region,
  ZoneType: 'availability-zone',
  State: 'available' as const,
  OptInStatus: 'opt-in-not-required' as const,
  Messages: [],
});

const endpointOf = (region: string): string => `ec2.${region}.amazonaws.com`;
