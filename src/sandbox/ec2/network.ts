// The default VPC of each account and region, with a subnet in every zone and the group that all instances are in unless said otherwise.
// It is always there and cannot be changed; only groups can be made.
import { stableId } from './ids.ts';
import { isAt, type Ec2State, type Place, type SecurityGroup } from './state.ts';
import { zonesOf, type Zone } from './regions.ts';

export interface Subnet {
  readonly id: string;
  readonly zone: Zone;
  readonly vpcId: string;
  readonly cidr: string;
  /** The third number of its first address. */
  readonly base: number;
}

export const vpcOf = ({ account, region }: Place): string => stableId('vpc', account, region);

export const subnetsOf = (place: Place): Subnet[] =>
  zonesOf(place.region).map((zone, at) => ({
    id: stableId('subnet', place.account, zone.name),
    zone,
    vpcId: vpcOf(place),
    cidr: `172.31.${at * 16}.0/20`,
    base: at * 16,
  }));

export const defaultGroupOf = (place: Place): SecurityGroup => ({
  account: place.account,
  region: place.region,
  id: stableId('sg', place.account, place.region),
  name: 'default',
  description: 'default VPC security group',
  vpcId: vpcOf(place),
});

export const groupsOf = (state: Ec2State, place: Place): SecurityGroup[] => [
  defaultGroupOf(place),
  ...[...state.groups.values()].filter((group) => isAt(group, place)),
];
