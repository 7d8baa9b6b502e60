import type { RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { Ec2, Ec2Handlers } from './ec2.ts';
import { ownOf } from './ec2.ts';
import { freshId } from './ids.ts';
import { describeInstance } from './describeInstance.ts';
import { readLaunch, type LaunchWish } from './launchWish.ts';
import { dryRun, otherArguments } from './refusals.ts';
import { keyOf, type Instance, type Place } from './state.ts';
import { putTags } from './tagList.ts';

export const runHandlers = (ec2: Ec2): Ec2Handlers => ({
  async RunInstances(input, call) {
    const wish = await readLaunch(ec2, input, call);
    if (input.DryRun === true) throw dryRun();
    const reservation = repeated(ec2, input, call) ?? launch(ec2, wish, input, call);
    const instances = ownOf(ec2.state.instances, call).filter((one) => one.reservation === reservation);
    return {
      ReservationId: reservation,
      OwnerId: call.account,
      Groups: [],
      Instances: instances.map((instance) => describeInstance(ec2.state, instance)),
    };
  },
});

/** The reservation that came of the same request before. */
function repeated({ state }: Ec2, input: RunInstancesCommandInput, place: Place): string | undefined {
  const known = input.ClientToken === undefined ? undefined : state.launches.get(keyOf(place, input.ClientToken));
  if (known !== undefined && known.asked !== textOf(input)) throw otherArguments();
  return known?.reservation;
}

const textOf = (input: RunInstancesCommandInput): string =>
  JSON.stringify(Object.entries(input).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function launch(ec2: Ec2, wish: LaunchWish, input: RunInstancesCommandInput, place: Place): string {
  const { state, world } = ec2;
  const reservation = freshId(world, 'r');
  for (let at = 0; at < wish.count; at++) {
    const instance = makeInstance(ec2, wish, input, { account: place.account, region: place.region }, reservation, at);
    state.instances.set(instance.id, instance);
    putTags(state, instance.id, wish.tags('instance'));
    putTags(state, instance.volumeId, wish.tags('volume'));
  }
  if (input.ClientToken !== undefined)
    state.launches.set(keyOf(place, input.ClientToken), { asked: textOf(input), reservation });
  world.changed();
  return reservation;
}

function makeInstance(
  ec2: Ec2,
  wish: LaunchWish,
  input: RunInstancesCommandInput,
  place: Place,
  reservation: string,
  launchIndex: number,
): Instance {
  const { world } = ec2;
  const now = Math.floor(world.clock.now() / 1000) * 1000;
  return {
    ...place,
    id: freshId(world, 'i'),
    reservation,
    launchIndex,
    clientToken: input.ClientToken ?? '',
    imageId: wish.image.id,
    architecture: wish.image.architecture,
    keyName: wish.keyName,
    subnetId: wish.subnet.id,
    groups: wish.groups,
    privateIp: freeAddress(ec2, wish, place),
    volumeId: freshId(world, 'vol'),
    interfaceId: freshId(world, 'eni'),
    profile: wish.profile,
    monitored: input.Monitoring?.Enabled === true,
    type: wish.type.name,
    userData: wish.userData,
    protected: input.DisableApiTermination === true,
    stopProtected: input.DisableApiStop === true,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? 'stop',
    launched: now,
    created: now,
    state: 'pending',
    since: world.clock.now(),
  };
}

/** The first free one; AWS keeps the first four of a subnet for itself. */
function freeAddress({ state }: Ec2, { subnet }: LaunchWish, place: Place): string {
  const taken = new Set(ownOf(state.instances, place).map(({ privateIp }) => privateIp));
  for (let at = 10; ; at++) {
    const address = `172.31.${subnet.base + (at >> 8)}.${at & 255}`;
    if (!taken.has(address)) return address;
  }
}
