// Starting, stopping, rebooting, terminating. All instances of a request are looked at first: one that may not refuses them all.
import type { Ec2, Ec2Handlers } from './ec2.ts';
import { findNamed } from './findInstances.ts';
import { describeState, enter } from './lifecycle.ts';
import { isProtected, neverRan, wrongState } from './refusals.ts';
import type { Instance, StateName } from './state.ts';

export const changeHandlers = (ec2: Ec2): Ec2Handlers => ({
  StartInstances({ InstanceIds }, call) {
    const instances = findNamed(ec2, InstanceIds, call);
    const wrong = instances.find(({ state }) => !['stopped', 'pending', 'running'].includes(state));
    if (wrong !== undefined) throw wrongState(wrong.id, 'started');
    const StartingInstances = instances.map((instance) => change(ec2, instance, ['stopped'], 'pending'));
    return { StartingInstances };
  },
  StopInstances({ InstanceIds }, call) {
    const instances = findNamed(ec2, InstanceIds, call);
    for (const instance of instances) checkStop(instance);
    return { StoppingInstances: instances.map((instance) => change(ec2, instance, ['running'], 'stopping')) };
  },
  RebootInstances({ InstanceIds }, call) {
    const wrong = findNamed(ec2, InstanceIds, call).find(({ state }) => !['pending', 'running'].includes(state));
    if (wrong !== undefined) throw wrongState(wrong.id, 'rebooted');
  },
  TerminateInstances({ InstanceIds }, call) {
    const instances = findNamed(ec2, InstanceIds, call);
    const kept = instances.find((instance) => instance.protected);
    if (kept !== undefined) throw isProtected(kept.id, 'terminated', 'disableApiTermination');
    const from = ['pending', 'running', 'stopping', 'stopped'] as const;
    return { TerminatingInstances: instances.map((instance) => change(ec2, instance, from, 'shutting-down')) };
  },
});

function checkStop({ id, state, stopProtected }: Instance): void {
  if (state === 'pending') throw neverRan(id);
  if (state === 'shutting-down' || state === 'terminated') throw wrongState(id, 'stopped');
  if (stopProtected && state === 'running') throw isProtected(id, 'stopped', 'disableApiStop');
}

/** What is already there, or on its way, stays as it is. */
function change({ world }: Ec2, instance: Instance, from: readonly StateName[], to: StateName) {
  const before = instance.state;
  if (from.includes(before)) {
    enter(instance, to, world.clock.now());
    if (to === 'pending') instance.launched = Math.floor(world.clock.now() / 1000) * 1000;
    world.changed();
  }
  return {
    InstanceId: instance.id,
    CurrentState: describeState(instance.state),
    PreviousState: describeState(before),
  };
}
