// What a row is called elsewhere: its name, ARN, URL, and its page in AWS's console. Knows no editor.
import { isRealAccount } from '../../../aws/realAccount.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { partitionOf } from '../../../aws/resources/lookup.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import { webAddress } from '../../webAddress.ts';
import type { Aim } from '../aim.ts';

export function nameOf(aim: Aim): string {
  if (aim.kind === 'group') throw noneOf('name');
  return aim.kind === 'resource' ? aim.found.name : aim.key;
}

export function arnOf(aim: Aim, { region }: Pick<Target, 'region'>): string {
  if (aim.kind === 'object' || aim.kind === 'folder')
    return `arn:${partitionOf(region).name}:s3:::${aim.bucket.name}/${aim.key}`;
  const arn = aim.kind === 'resource' ? aim.found.arn : undefined;
  if (arn !== undefined) return arn;
  throw aim.kind === 'resource' && aim.found.kind === 'subscription'
    ? new Refusal({ what: 'A subscription has an ARN once it is confirmed.', advice: 'Confirm it first.' })
    : noneOf('ARN');
}

/** A queue's URL, as SQS takes it; a bucket's or object's address. */
export function urlOf(aim: Aim, target: Pick<Target, 'region' | 'endpoint'>): string {
  if (aim.kind === 'group') throw noneOf('URL');
  if (aim.kind === 'resource' && aim.found.kind === 'queue') return aim.found.ref;
  const bucket = aim.kind === 'resource' ? aim.found : aim.bucket;
  if (bucket.kind !== 'bucket') throw noneOf('URL');
  const key = aim.kind === 'resource' ? '' : aim.key.split('/').map(encodeURIComponent).join('/');
  const { suffix } = partitionOf(target.region);
  return target.endpoint === undefined
    ? `https://${bucket.name}.s3.${target.region}.${suffix}/${key}`
    : `${target.endpoint}/${bucket.name}/${key}`;
}

export function consoleUrl(aim: Aim, target: Pick<Target, 'region' | 'endpoint' | 'kind' | 'label'>): string {
  if (!isRealAccount(target))
    throw new Refusal({
      severity: 'info',
      what: `${target.label} has no AWS console.`,
      advice: 'Show it as JSON instead, or switch to a real account.',
    });
  const url = webAddress(addressIn(aim, target.region) ?? '');
  if (url === undefined) throw noneOf('page in the console');
  return url;
}

function addressIn(aim: Aim, region: string): string | undefined {
  switch (aim.kind) {
    case 'group':
      return undefined;
    case 'resource':
      return kinds[aim.found.kind].consoleUrl(aim.found, region);
    case 'folder':
    case 'object': {
      const place = aim.kind === 'folder' ? 'buckets' : 'object';
      const query = `region=${region}&prefix=${encodeURIComponent(aim.key)}`;
      return `https://${partitionOf(region).console}/s3/${place}/${encodeURIComponent(aim.bucket.name)}?${query}`;
    }
  }
}

function noneOf(what: string): Refusal {
  return new Refusal({ what: `This has no ${what}.`, advice: 'Choose another row.' });
}
