import type { Ec2State } from './state.ts';

/** What policies can ask of a resource that is there: its tags, an instance's type. */
export function conditionsOf(state: Ec2State, arn: string): Record<string, string> {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const tags = [...(state.tags.get(id) ?? [])].flatMap(([key, value]): [string, string][] => [
    [`ec2:ResourceTag/${key}`, value],
    [`aws:ResourceTag/${key}`, value],
  ]);
  const instance = state.instances.get(id);
  return {
    ...Object.fromEntries(tags),
    ...(instance !== undefined && {
      'ec2:InstanceType': instance.type,
      ...(instance.profile && { 'ec2:InstanceProfile': instance.profile.arn }),
    }),
  };
}
