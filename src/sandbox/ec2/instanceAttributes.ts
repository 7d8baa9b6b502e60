import type { Ec2, Ec2Handlers } from './ec2.ts';
import { findOne } from './findInstances.ts';
import { groupsOf } from './network.ts';
import { checkType, readUserData } from './launchWish.ts';
import { combination, invalid, notFound, notStopped } from './refusals.ts';
import type { Instance } from './state.ts';

export const attributeHandlers = (ec2: Ec2): Ec2Handlers => ({
  DescribeInstanceAttribute({ InstanceId, Attribute }, call) {
    const instance = findOne(ec2, InstanceId, call);
    const read = reads[Attribute];
    if (read === undefined)
      throw invalid(`Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`);
    return { InstanceId, ...read(instance) };
  },
  ModifyInstanceAttribute(input, call) {
    const instance = findOne(ec2, input.InstanceId, call);
    const { Attribute, Value, DisableApiTermination, DisableApiStop, InstanceType, UserData, Groups } = input;
    const said = (name: string, value: string | undefined) => (Attribute === name ? Value : value);
    const type = said('instanceType', InstanceType?.Value);
    const behavior = said('instanceInitiatedShutdownBehavior', input.InstanceInitiatedShutdownBehavior?.Value);
    const kept = said('disableApiTermination', DisableApiTermination?.Value?.toString());
    const running = said('disableApiStop', DisableApiStop?.Value?.toString());
    const userData =
      Attribute === 'userData' ? Value : UserData?.Value && Buffer.from(UserData.Value).toString('base64');
    const given = [type, behavior, kept, running, userData, Groups].filter((value) => value !== undefined);
    if (given.length > 1)
      throw combination('Fields for multiple attribute types specified, only one attribute may be modified at a time');
    if (given.length === 0) throw combination('No attributes specified.');
    if (Groups !== undefined) setGroups(ec2, instance, Groups);
    if (type !== undefined) setType(instance, type);
    if (userData !== undefined) setUserData(instance, userData);
    if (kept !== undefined) instance.protected = kept === 'true';
    if (running !== undefined) instance.stopProtected = running === 'true';
    if (behavior !== undefined) setBehavior(instance, behavior);
    ec2.world.changed();
  },
});

const reads: Readonly<Record<string, (instance: Instance) => object>> = {
  instanceType: ({ type }) => ({ InstanceType: { Value: type } }),
  disableApiTermination: (instance) => ({ DisableApiTermination: { Value: instance.protected } }),
  disableApiStop: ({ stopProtected }) => ({ DisableApiStop: { Value: stopProtected } }),
  userData: ({ userData }) => ({ UserData: userData === undefined ? {} : { Value: userData } }),
  instanceInitiatedShutdownBehavior: ({ shutdownBehavior }) => ({
    InstanceInitiatedShutdownBehavior: { Value: shutdownBehavior },
  }),
  groupSet: ({ groups }) => ({ Groups: groups.map((GroupId) => ({ GroupId })) }),
  rootDeviceName: () => ({ RootDeviceName: { Value: '/dev/xvda' } }),
  sourceDestCheck: () => ({ SourceDestCheck: { Value: true } }),
  ebsOptimized: () => ({ EbsOptimized: { Value: false } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
};

function setGroups({ state }: Ec2, instance: Instance, groups: readonly string[]): void {
  const all = groupsOf(state, instance);
  const unknown = groups.find((id) => !all.some((group) => group.id === id));
  if (unknown !== undefined) throw notFound('group', [unknown]);
  state.instances.set(instance.id, { ...instance, groups });
}

function setType(instance: Instance, type: string): void {
  if (instance.state !== 'stopped') throw notStopped(instance.id);
  checkType(type, instance.architecture);
  instance.type = type;
}

function setUserData(instance: Instance, userData: string): void {
  if (instance.state !== 'stopped') throw notStopped(instance.id);
  instance.userData = readUserData(userData);
}

function setBehavior(instance: Instance, behavior: string): void {
  if (behavior !== 'stop' && behavior !== 'terminate')
    throw invalid(`Value (${behavior}) for parameter instanceInitiatedShutdownBehavior is invalid.`);
  instance.shutdownBehavior = behavior;
}
