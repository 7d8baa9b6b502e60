import type { Ec2, Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { isId } from './ids.ts';
import { subnetsOf, vpcOf, type Subnet } from './network.ts';
import { pageOf } from './pages.ts';
import { malformed, notFound, prefixOf, type Kind } from './refusals.ts';
import { isAt } from './state.ts';
import { tagsOf } from './tagList.ts';

export const networkHandlers = (ec2: Ec2): Ec2Handlers => ({
  DescribeVpcs({ VpcIds, Filters, ...paging }, call) {
    const asked = pick('vpc', [{ id: vpcOf(call) }], VpcIds);
    const facts = {
      'vpc-id': ({ id }: { id: string }) => id,
      cidr: () => '172.31.0.0/16',
      'cidr-block-association.cidr-block': () => '172.31.0.0/16',
      'is-default': () => true,
      isDefault: () => true,
      'owner-id': () => call.account,
      state: () => 'available',
    };
    const found = filtered(asked, Filters, { facts, tagsOf: ({ id }) => ec2.state.tags.get(id) });
    const { items, more } = pageOf(found, ({ id }) => id, paging);
    const Vpcs = items.map(({ id }) => ({
      VpcId: id,
      CidrBlock: '172.31.0.0/16',
      IsDefault: true,
      InstanceTenancy: 'default' as const,
      OwnerId: call.account,
      State: 'available' as const,
      Tags: tagsOf(ec2.state, id),
    }));
    return { Vpcs, ...more };
  },
  DescribeSubnets({ SubnetIds, Filters, ...paging }, call) {
    const facts = {
      'subnet-id': ({ id }: Subnet) => id,
      'vpc-id': ({ vpcId }: Subnet) => vpcId,
      'availability-zone': ({ zone }: Subnet) => zone.name,
      'availability-zone-id': ({ zone }: Subnet) => zone.id,
      'cidr-block': ({ cidr }: Subnet) => cidr,
      'default-for-az': () => true,
      'map-public-ip-on-launch': () => true,
      'owner-id': () => call.account,
      state: () => 'available',
    };
    const asked = pick('subnet', subnetsOf(call), SubnetIds);
    const found = filtered(asked, Filters, { facts, tagsOf: ({ id }) => ec2.state.tags.get(id) });
    const { items, more } = pageOf(found, ({ id }) => id, paging);
    const used = (id: string) =>
      [...ec2.state.instances.values()].filter(
        (one) => one.subnetId === id && isAt(one, call) && one.state !== 'terminated',
      ).length;
    const Subnets = items.map(({ id, vpcId, zone, cidr }) => ({
      SubnetId: id,
      SubnetArn: `arn:aws:ec2:${call.region}:${call.account}:subnet/${id}`,
      VpcId: vpcId,
      AvailabilityZone: zone.name,
      AvailabilityZoneId: zone.id,
      CidrBlock: cidr,
      AvailableIpAddressCount: 4091 - used(id),
      DefaultForAz: true,
      MapPublicIpOnLaunch: true,
      OwnerId: call.account,
      State: 'available' as const,
      Tags: tagsOf(ec2.state, id),
    }));
    return { Subnets, ...more };
  },
});

/** Those with these ids, or all; an id that is not there refuses the request. */
export function pick<Item extends { readonly id: string }>(
  kind: Kind,
  all: readonly Item[],
  ids: readonly string[] = [],
): readonly Item[] {
  if (ids.length === 0) return all;
  const bad = ids.find((id) => !isId(prefixOf(kind), id));
  if (bad !== undefined) throw malformed(kind, bad);
  const unknown = ids.filter((id) => !all.some((item) => item.id === id));
  if (unknown.length > 0) throw notFound(kind, unknown);
  return all.filter(({ id }) => ids.includes(id));
}
