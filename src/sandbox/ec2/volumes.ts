// Volumes by themselves, and the root devices of instances, which come and go with them. Attaching others is deliberately absent.
import type { VolumeType } from '@aws-sdk/client-ec2';
import { ownOf, type Ec2, type Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { freshId } from './ids.ts';
import { pick } from './networkHandlers.ts';
import { pageOf } from './pages.ts';
import { invalid, missing, volumeInUse } from './refusals.ts';
import { zonesOf } from './regions.ts';
import { AwsError } from '../service.ts';
import { zoneOf } from './describeInstance.ts';
import type { Ec2State, Place, Volume } from './state.ts';
import { putTags, readSpecifications, tagsOf } from './tagList.ts';

const types = ['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'standard'];

export const volumeHandlers = (ec2: Ec2): Ec2Handlers => ({
  CreateVolume({ AvailabilityZone: zone, Size, SnapshotId, VolumeType = 'gp2', Encrypted, TagSpecifications }, call) {
    if (zone === undefined) throw missing('AvailabilityZone');
    if (Size === undefined && SnapshotId === undefined) throw missing('size/snapshot');
    if (!zonesOf(call.region).some(({ name }) => name === zone))
      throw new AwsError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`, { status: 400 });
    if (SnapshotId !== undefined)
      throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${SnapshotId}' does not exist.`, { status: 400 });
    if (!types.includes(VolumeType)) throw invalid(`Invalid value '${VolumeType}' for VolumeType.`);
    const tags = readSpecifications(TagSpecifications, ['volume'])('volume');
    const { account, region } = call;
    const volume: Volume = {
      account,
      region,
      id: freshId(ec2.world, 'vol'),
      zone,
      size: Size ?? 8,
      type: VolumeType,
      encrypted: Encrypted === true,
      created: ec2.world.clock.now(),
    };
    ec2.state.volumes.set(volume.id, volume);
    putTags(ec2.state, volume.id, tags);
    ec2.world.changed();
    return { ...describeVolume(ec2.state, volume), State: 'creating' };
  },
  DeleteVolume({ VolumeId }, call) {
    const { instance } = pick('volume', volumesOf(ec2.state, call), [VolumeId])[0] ?? {};
    if (instance !== undefined) throw volumeInUse(VolumeId, instance);
    ec2.state.volumes.delete(VolumeId);
    ec2.state.tags.delete(VolumeId);
    ec2.world.changed();
  },
  DescribeVolumes({ VolumeIds, Filters, ...paging }, call) {
    const asked = pick('volume', volumesOf(ec2.state, call), VolumeIds);
    const found = filtered(asked, Filters, { facts, tagsOf: ({ id }) => ec2.state.tags.get(id) });
    const { items, more } = pageOf(found, ({ id }) => id, paging);
    return { Volumes: items.map((volume) => describeVolume(ec2.state, volume)), ...more };
  },
});

const volumesOf = (state: Ec2State, place: Place): Volume[] => [
  ...ownOf(state.volumes, place),
  ...ownOf(state.instances, place)
    .filter((instance) => instance.state !== 'terminated')
    .map((instance) => ({
      account: instance.account,
      region: instance.region,
      id: instance.volumeId,
      zone: zoneOf(instance),
      size: 8,
      type: 'gp3',
      encrypted: false,
      created: instance.created,
      instance: instance.id,
    })),
];

const facts = {
  'volume-id': ({ id }: Volume) => id,
  'availability-zone': ({ zone }: Volume) => zone,
  size: ({ size }: Volume) => size,
  status: statusOf,
  'attachment.instance-id': ({ instance }: Volume) => instance,
  'volume-type': ({ type }: Volume) => type,
  encrypted: ({ encrypted }: Volume) => encrypted,
};

function statusOf({ instance }: Volume): 'available' | 'in-use' {
  return instance === undefined ? 'available' : 'in-use';
}

const attachmentOf = (VolumeId: string, InstanceId: string, attached: number) => ({
  VolumeId,
  InstanceId,
  Device: '/dev/xvda',
  State: 'attached' as const,
  AttachTime: new Date(attached),
  DeleteOnTermination: true,
});

const describeVolume = (state: Ec2State, volume: Volume) => {
  const { id, zone, size, type, encrypted, created, instance } = volume;
  return {
    VolumeId: id,
    AvailabilityZone: zone,
    Size: size,
    VolumeType: type as VolumeType, // checked when it was made
    Encrypted: encrypted,
    SnapshotId: '',
    State: statusOf(volume),
    CreateTime: new Date(created),
    Attachments: instance === undefined ? [] : [attachmentOf(id, instance, created)],
    Tags: tagsOf(state, id),
  };
};
