// How an instance's states follow each other on the sandbox's clock. What an instance has become is worked out when somebody looks, so
// nothing has to happen in between, nor after a restart. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
import type { Ec2 } from './ec2.ts';
import type { Instance, StateName } from './state.ts';

const second = 1000;

/** Shorter than on AWS, long enough to be seen. */
const next: Readonly<Partial<Record<StateName, { readonly after: number; readonly state: StateName }>>> = {
  pending: { after: 4 * second, state: 'running' },
  stopping: { after: 6 * second, state: 'stopped' },
  'shutting-down': { after: 6 * second, state: 'terminated' },
};

/** How long a terminated instance can still be described. */
const remembered = 3600 * second;

const codes: Readonly<Record<StateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export const describeState = (state: StateName) => ({ Code: codes[state], Name: state });

/** What it is, or is getting to be: the same for as long as nobody acts. */
export const settled = (state: StateName): StateName => next[state]?.state ?? state;

export function enter(instance: Instance, state: StateName, now: number): void {
  instance.state = state;
  instance.since = now;
}

/** Brings all instances to where they are now; the long terminated ones are forgotten. Called before every operation. */
export function settleAll(ec2: Ec2): void {
  const now = ec2.world.clock.now();
  for (const instance of ec2.state.instances.values()) {
    const step = next[instance.state];
    if (step !== undefined && instance.since + step.after <= now)
      enter(instance, step.state, instance.since + step.after);
    if (instance.state === 'terminated' && instance.since + remembered <= now) forget(ec2, instance);
  }
}

/** With all that is known of it only; a client token counts for as long as one of its instances is remembered. */
function forget({ state, world }: Ec2, { id, volumeId, reservation }: Instance): void {
  state.instances.delete(id);
  state.tags.delete(id);
  state.tags.delete(volumeId);
  world.changed();
  if ([...state.instances.values()].some((other) => other.reservation === reservation)) return;
  for (const [token, launch] of state.launches) if (launch.reservation === reservation) state.launches.delete(token);
}
