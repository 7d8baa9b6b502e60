import type { ResourceFact } from '../service.ts';
import { settled } from './lifecycle.ts';
import type { Ec2State, Place } from './state.ts';

/** What there is, for comparing before and after. Instances that are terminated, or will be soon, are nothing any more. */
export function resourcesOf(state: Ec2State): readonly ResourceFact[] {
  const tags = (id: string) => Object.fromEntries(state.tags.get(id) ?? []);
  const instances = [...state.instances.values()]
    .filter((instance) => settled(instance.state) !== 'terminated')
    .map((instance) => ({
      ...place('instance', instance),
      state: settled(instance.state),
      instanceType: instance.type,
      imageId: instance.imageId,
      tags: tags(instance.id),
    }));
  const groups = [...state.groups.values()].map((group) => ({
    ...place('security-group', group),
    name: group.name,
    tags: tags(group.id),
  }));
  const keyPairs = [...state.keyPairs.values()].map((pair) => ({
    ...place('key-pair', pair),
    name: pair.name,
    tags: tags(pair.id),
  }));
  const volumes = [...state.volumes.values()].map((volume) => ({
    ...place('volume', volume),
    size: volume.size,
    tags: tags(volume.id),
  }));
  return [...instances, ...groups, ...keyPairs, ...volumes];
}

function place(type: string, { id, account, region }: Place & { readonly id: string }) {
  return { service: 'ec2', type, arn: `arn:aws:ec2:${region}:${account}:${type}/${id}`, account, region };
}
