// A few images of Amazon Linux, the same in every account; their ids differ from region to region, as AWS's do.
import { stableId, isId } from './ids.ts';
import type { Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';
import { invalid, malformedImage, noSuchImages } from './refusals.ts';

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly created: string;
  /** What the public parameters of SSM that mean it end with. */
  readonly parameters: readonly string[];
}

/** Amazon's own account for images. */
const owner = '137112412989';
const folder = '/aws/service/ami-amazon-linux-latest/';

const rows: readonly Omit<Image, 'id'>[] = (['x86_64', 'arm64'] as const).flatMap((architecture) => [
  {
    name: `al2023-ami-2023.7.20250512.0-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 AMI 2023.7.20250512.0 ${architecture} HVM kernel-6.1`,
    architecture,
    created: '2025-05-12T20:15:04.000Z',
    parameters: [`al2023-ami-kernel-default-${architecture}`, `al2023-ami-kernel-6.1-${architecture}`],
  },
  {
    name: `al2023-ami-minimal-2023.7.20250512.0-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 AMI 2023.7.20250512.0 ${architecture} Minimal HVM kernel-6.1`,
    architecture,
    created: '2025-05-12T20:17:46.000Z',
    parameters: [`al2023-ami-minimal-kernel-default-${architecture}`, `al2023-ami-minimal-kernel-6.1-${architecture}`],
  },
  {
    name: `amzn2-ami-hvm-2.0.20250512.0-${architecture}-gp2`,
    description: `Amazon Linux 2 AMI 2.0.20250512.0 ${architecture} HVM gp2`,
    architecture,
    created: '2025-05-12T22:40:31.000Z',
    parameters: [`amzn2-ami-hvm-${architecture}-gp2`],
  },
]);

const imagesOf = (region: string): Image[] => rows.map((row) => ({ ...row, id: stableId('ami', region, row.name) }));

/** The value of a public parameter of SSM, for images. */
export const imageOfParameter = (name: string, region: string): string | undefined =>
  imagesOf(region).find(({ parameters }) => parameters.some((end) => folder + end === name))?.id;

/** The public parameters of SSM that name images. */
export const imageParameters: readonly string[] = rows.flatMap((row) => row.parameters.map((end) => folder + end));

/** What ImageId says: an id, or where the newest one's id is kept. */
export function imageFor(said: string, region: string): Image {
  const parameter = /^resolve:ssm:(.+)$/.exec(said)?.[1];
  const id = parameter === undefined ? said : imageOfParameter(parameter, region);
  if (id === undefined) throw invalid(`Parameter ${parameter ?? ''} not found.`);
  if (!isId('ami', id)) throw malformedImage(id);
  const image = imagesOf(region).find((one) => one.id === id);
  if (image === undefined) throw noSuchImages([id]);
  return image;
}

export const imageHandlers = (): Ec2Handlers => ({
  DescribeImages({ ImageIds = [], Owners = [], Filters, ...paging }, { region }) {
    const bad = ImageIds.find((id) => !isId('ami', id));
    if (bad !== undefined) throw malformedImage(bad);
    const all = imagesOf(region);
    const unknown = ImageIds.filter((id) => !all.some((image) => image.id === id));
    if (unknown.length > 0) throw noSuchImages(unknown);
    const byOwner = Owners.length === 0 || Owners.some((one) => one === 'amazon' || one === owner);
    const asked = byOwner ? all : [];
    const listed = asked.filter(({ id }) => ImageIds.length === 0 || ImageIds.includes(id));
    const { items, more } = pageOf(filtered(listed, Filters, { facts }), ({ id }) => id, paging, {
      least: 1,
      most: 1000,
    });
    return { Images: items.map(describeImage), ...more };
  },
});

const facts = {
  architecture: ({ architecture }: Image) => architecture,
  'creation-date': ({ created }: Image) => created,
  description: ({ description }: Image) => description,
  hypervisor: () => 'xen',
  'image-id': ({ id }: Image) => id,
  'image-type': () => 'machine',
  'is-public': () => true,
  name: ({ name }: Image) => name,
  'owner-alias': () => 'amazon',
  'owner-id': () => owner,
  'root-device-name': () => '/dev/xvda',
  'root-device-type': () => 'ebs',
  state: () => 'available',
  'virtualization-type': () => 'hvm',
};

const describeImage = ({ id, name, description, architecture, created }: Image) => ({
  ImageId: id,
  Name: name,
  Description: description,
  Architecture: architecture,
  CreationDate: created,
  OwnerId: owner,
  ImageOwnerAlias: 'amazon',
  ImageLocation: `amazon/${name}`,
  ImageType: 'machine' as const,
  Public: true,
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  State: 'available' as const,
  EnaSupport: true,
  Hypervisor: 'xen' as const,
  VirtualizationType: 'hvm' as const,
  RootDeviceName: '/dev/xvda',
  RootDeviceType: 'ebs' as const,
  BlockDeviceMappings: [
    {
      DeviceName: '/dev/xvda',
      Ebs: { VolumeSize: 8, VolumeType: 'gp3' as const, DeleteOnTermination: true, Encrypted: false },
    },
  ],
});
