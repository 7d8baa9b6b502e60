import type { ResourceKey } from '../../aws/resources/kind.ts';
import type { GroupName } from './aim.ts';

const services: Readonly<Record<GroupName, string>> = {
  topic: 'sns',
  queue: 'sqs',
  bucket: 's3',
  stream: 'kinesis',
  instance: 'ec2',
};

type Read =
  | { readonly key: ResourceKey; readonly mistake: undefined }
  /** A sentence. */
  | { readonly key: undefined; readonly mistake: string };

/** A name, an id, a queue's URL or an ARN, as somebody types or pastes it. */
export function keyInArn(
  group: GroupName,
  typed: string,
  { account, region }: { readonly account: string; readonly region: string },
): Read {
  if (!typed.startsWith('arn:')) return keyed(group, group === 'queue' ? (typed.split('/').at(-1) ?? typed) : typed);
  const [, , service, arnRegion = '', arnAccount = '', ...rest] = typed.split(':');
  if (service !== services[group])
    return wrong(`That ARN is of ${service ?? 'another service'}, not of ${services[group]}.`);
  if (arnRegion !== '' && arnRegion !== region) return wrong(`That is in ${arnRegion}. Switch the region first.`);
  if (arnAccount !== '' && arnAccount !== account)
    return wrong(`That belongs to account ${arnAccount}, not to ${account}.`);
  const name = rest.join(':').split('/').at(-1) ?? '';
  return name === '' ? wrong('That ARN has no name.') : keyed(group, name);
}

const keyed = (group: GroupName, name: string): Read => ({
  key: group === 'instance' ? { id: name } : { name },
  mistake: undefined,
});

const wrong = (mistake: string): Read => ({ key: undefined, mistake });
