import type { Ec2, Ec2Handlers } from './ec2.ts';
import { ownWith } from './ec2.ts';
import { filtered, type Filterable } from './filters.ts';
import { findInstances } from './findInstances.ts';
import { groupsOf, subnetsOf, vpcOf } from './network.ts';
import { pageOf } from './pages.ts';
import { badTagged, missing, notFound } from './refusals.ts';
import { isAt, type Place } from './state.ts';
import { putTags, readTags } from './tagList.ts';

export const tagHandlers = (ec2: Ec2): Ec2Handlers => ({
  CreateTags({ Resources, Tags }, call) {
    if (Tags.length === 0) throw missing('Tag');
    const tags = readTags(Tags);
    for (const id of Resources) requireTaggable(ec2, id, call);
    for (const id of Resources) putTags(ec2.state, id, tags);
    ec2.world.changed();
  },
  DeleteTags({ Resources, Tags }, call) {
    for (const id of Resources) requireTaggable(ec2, id, call);
    for (const id of Resources) {
      if (Tags === undefined) ec2.state.tags.delete(id);
      const own = ec2.state.tags.get(id);
      // A tag without a value means any; with one, also an empty one, only a tag that has it.
      for (const { Key = '', Value } of Tags ?? [])
        if (Value === undefined || own?.get(Key) === Value) own?.delete(Key);
    }
    ec2.world.changed();
  },
  DescribeTags({ Filters, ...paging }, call) {
    const all = [...ec2.state.tags]
      .filter(([id]) => kindOf(ec2, id, call) !== undefined)
      .flatMap(([id, tags]) => [...tags].map(([key, value]) => ({ id, key, value, kind: kindOf(ec2, id, call) })));
    const { items, more } = pageOf(filtered(all, Filters, filterable), ({ id, key }) => `${id} ${key}`, paging);
    return {
      Tags: items.map(({ id, key, value, kind }) => ({
        ResourceId: id,
        ...(kind !== undefined && { ResourceType: kind }),
        Key: key,
        Value: value,
      })),
      ...more,
    };
  },
});

interface Tagged {
  readonly id: string;
  readonly key: string;
  readonly value: string;
  readonly kind: Taggable | undefined;
}

const filterable: Filterable<Tagged> = {
  facts: {
    key: ({ key }) => key,
    value: ({ value }) => value,
    'resource-id': ({ id }) => id,
    'resource-type': ({ kind }) => kind,
  },
  tagsOf: ({ key, value }) => new Map([[key, value]]),
};

type Taggable = 'instance' | 'volume' | 'vpc' | 'subnet' | 'security-group' | 'key-pair';

/** What it is that has this id here, if it is there. */
function kindOf({ state }: Ec2, id: string, place: Place): Taggable | undefined {
  if (ownWith(state.instances, id, place) !== undefined) return 'instance';
  if (id === vpcOf(place)) return 'vpc';
  if (subnetsOf(place).some((subnet) => subnet.id === id)) return 'subnet';
  if (groupsOf(state, place).some((group) => group.id === id)) return 'security-group';
  const isRoot = [...state.instances.values()].some((one) => one.volumeId === id && isAt(one, place));
  if (isRoot || ownWith(state.volumes, id, place) !== undefined) return 'volume';
  return [...state.keyPairs.values()].some((key) => key.id === id && isAt(key, place)) ? 'key-pair' : undefined;
}

function requireTaggable(ec2: Ec2, id: string, place: Place): void {
  if (kindOf(ec2, id, place) !== undefined) return;
  if (id.startsWith('i-')) findInstances(ec2, [id], place);
  if (id.startsWith('vol-')) throw notFound('volume', [id]);
  if (id.startsWith('sg-')) throw notFound('group', [id]);
  if (id.startsWith('vpc-')) throw notFound('vpc', [id]);
  if (id.startsWith('subnet-')) throw notFound('subnet', [id]);
  throw badTagged(id);
}
