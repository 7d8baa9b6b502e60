// Amazon EC2's instances from their launch to their end, and what they need around them: images, types, a default network, tags.
// In: requests of the SDK's shapes. Out: answers of its shapes. Nothing really runs, and no time passes but the sandbox's clock.
import type { Call, Handler, Service, World } from '../service.ts';
import { changeHandlers } from './changeInstances.ts';
import { conditionsOf } from './conditions.ts';
import { describeHandlers } from './describeInstances.ts';
import type { Ec2 } from './ec2.ts';
import { imageHandlers } from './images.ts';
import { attributeHandlers } from './instanceAttributes.ts';
import { typeHandlers } from './instanceTypes.ts';
import { keyPairHandlers } from './keyPairs.ts';
import { settleAll } from './lifecycle.ts';
import { networkHandlers } from './networkHandlers.ts';
import { dryRun } from './refusals.ts';
import { regionHandlers } from './regions.ts';
import { resourcesOf } from './resources.ts';
import { runHandlers } from './runInstances.ts';
import { ruleHandlers } from './ruleHandlers.ts';
import { groupHandlers } from './securityGroups.ts';
import { emptyState, type Ec2State } from './state.ts';
import { tagHandlers } from './tags.ts';
import { volumeHandlers } from './volumes.ts';

export function createEc2(world: World): Service {
  const ec2: Ec2 = { world, state: emptyState() };
  const handlers = {
    ...runHandlers(ec2),
    ...describeHandlers(ec2),
    ...changeHandlers(ec2),
    ...attributeHandlers(ec2),
    ...tagHandlers(ec2),
    ...regionHandlers(),
    ...imageHandlers(),
    ...typeHandlers(),
    ...networkHandlers(ec2),
    ...groupHandlers(ec2),
    ...ruleHandlers(ec2),
    ...keyPairHandlers(ec2),
    ...volumeHandlers(ec2),
  };
  return {
    name: 'ec2',
    handlers: Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [name, settling(ec2, name, handler as Handler)]),
    ),
    snapshot: () => ec2.state,
    restore(data) {
      ec2.state = { ...emptyState(), ...(data as Ec2State) }; // what snapshot gave, by an older sandbox perhaps
    },
    reset() {
      ec2.state = emptyState();
    },
    resources() {
      settleAll(ec2);
      return resourcesOf(ec2.state);
    },
    conditionsOf: (arn) => conditionsOf(ec2.state, arn),
  };
}

/** Every operation sees instances as they are by now. Launching checks its input before it says that it would have succeeded. */
const settling =
  (ec2: Ec2, name: string, handler: Handler): Handler =>
  (input: { readonly DryRun?: boolean }, call: Call) => {
    settleAll(ec2);
    if (input.DryRun === true && name !== 'RunInstances') throw dryRun();
    return handler(input as never, call); // the operation's own input, as the wire has read it
  };
