import { describeInstance, privateNameOf, publicIpOf, zoneOf } from './describeInstance.ts';
import { ownOf, type Ec2, type Ec2Handlers } from './ec2.ts';
import { filtered, type Filterable } from './filters.ts';
import { findInstances } from './findInstances.ts';
import { describeState } from './lifecycle.ts';
import { vpcOf } from './network.ts';
import { pageOf } from './pages.ts';
import { combination } from './refusals.ts';
import type { Ec2State, Instance, Place } from './state.ts';

export const describeHandlers = (ec2: Ec2): Ec2Handlers => ({
  DescribeInstances({ InstanceIds, Filters, ...paging }, call) {
    const asked = ask(ec2, InstanceIds, paging.MaxResults, call);
    const found = filtered(asked, Filters, filterable(ec2.state));
    const { items, more } = pageOf(found, orderOf, paging);
    const reservations = [...new Set(items.map(({ reservation }) => reservation))];
    const Reservations = reservations.map((ReservationId) => ({
      ReservationId,
      OwnerId: call.account,
      Groups: [],
      Instances: items
        .filter(({ reservation }) => reservation === ReservationId)
        .map((instance) => describeInstance(ec2.state, instance)),
    }));
    return { Reservations, ...more };
  },
  DescribeInstanceStatus({ InstanceIds, Filters, IncludeAllInstances = false, ...paging }, call) {
    const asked = ask(ec2, InstanceIds, paging.MaxResults, call).filter(
      ({ state }) => IncludeAllInstances || state === 'running',
    );
    const { items, more } = pageOf(filtered(asked, Filters, filterable(ec2.state)), orderOf, paging);
    return { InstanceStatuses: items.map((instance) => statusOf(instance, ec2.world.clock.now())), ...more };
  },
});

function ask(ec2: Ec2, ids: readonly string[] | undefined, most: number | undefined, place: Place): Instance[] {
  if (ids === undefined || ids.length === 0) return ownOf(ec2.state.instances, place);
  if (most !== undefined) throw combination('The parameter instancesSet cannot be used with the parameter maxResults');
  return findInstances(ec2, ids, place);
}

const orderOf = ({ launched, reservation, launchIndex }: Instance): string =>
  `${String(launched).padStart(16, '0')} ${reservation} ${String(launchIndex).padStart(4, '0')}`;

const filterable = (state: Ec2State): Filterable<Instance> => ({ facts, tagsOf: ({ id }) => state.tags.get(id) });

const stateOf = (instance: Instance) => describeState(instance.state);
const facts: Filterable<Instance>['facts'] = {
  architecture: ({ architecture }) => architecture,
  'availability-zone': zoneOf,
  'client-token': ({ clientToken }) => clientToken,
  hypervisor: () => 'xen',
  'iam-instance-profile.arn': ({ profile }) => profile?.arn,
  'iam-instance-profile.id': ({ profile }) => profile?.id,
  'image-id': ({ imageId }) => imageId,
  'instance-id': ({ id }) => id,
  'instance-state-code': (instance) => stateOf(instance).Code,
  'instance-state-name': ({ state }) => state,
  'instance-type': ({ type }) => type,
  'instance.group-id': ({ groups }) => groups,
  'ip-address': publicIpOf,
  'key-name': ({ keyName }) => keyName,
  'launch-index': ({ launchIndex }) => launchIndex,
  'launch-time': ({ launched }) => new Date(launched).toISOString(),
  'monitoring-state': ({ monitored }) => (monitored ? 'enabled' : 'disabled'),
  'owner-id': ({ account }) => account,
  'placement-group-name': () => undefined,
  'private-dns-name': privateNameOf,
  'private-ip-address': ({ privateIp }) => privateIp,
  'reservation-id': ({ reservation }) => reservation,
  'root-device-name': () => '/dev/xvda',
  'root-device-type': () => 'ebs',
  'subnet-id': ({ subnetId }) => subnetId,
  tenancy: () => 'default',
  'virtualization-type': () => 'hvm',
  'vpc-id': (instance) => vpcOf(instance),
};

/** Checks take a little while after an instance has got to running. */
const checking = 30_000;

function statusOf(instance: Instance, now: number) {
  const summary = summaryOf(instance, now);
  return {
    InstanceId: instance.id,
    AvailabilityZone: zoneOf(instance),
    InstanceState: stateOf(instance),
    InstanceStatus: summary,
    SystemStatus: summary,
  };
}

function summaryOf({ state, since }: Instance, now: number) {
  if (state !== 'running') return { Status: 'not-applicable' as const };
  const [Status, detail] =
    since + checking <= now ? (['ok', 'passed'] as const) : (['initializing', 'initializing'] as const);
  return { Status, Details: [{ Name: 'reachability' as const, Status: detail }] };
}
