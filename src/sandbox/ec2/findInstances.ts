import { ownWith, type Ec2 } from './ec2.ts';
import { isId } from './ids.ts';
import { malformed, missing, notFound } from './refusals.ts';
import type { Instance, Place } from './state.ts';

/** All of them, in the order asked, or none: an id that is wrong refuses the whole request. */
export function findInstances({ state }: Ec2, ids: readonly string[], place: Place): Instance[] {
  const bad = ids.find((id) => !isId('i', id));
  if (bad !== undefined) throw malformed('instance', bad);
  const asked = [...new Set(ids)];
  const found = asked.flatMap((id) => ownWith(state.instances, id, place) ?? []);
  const unknown = asked.filter((id) => !found.some((instance) => instance.id === id));
  if (unknown.length > 0) throw notFound('instance', unknown);
  return found;
}

export function findNamed(ec2: Ec2, ids: readonly string[] | undefined, place: Place): Instance[] {
  if (ids === undefined || ids.length === 0) throw missing('InstanceId');
  return findInstances(ec2, ids, place);
}

export function findOne(ec2: Ec2, id: string, place: Place): Instance {
  const [instance] = findInstances(ec2, [id], place);
  if (instance === undefined) throw notFound('instance', [id]);
  return instance;
}
