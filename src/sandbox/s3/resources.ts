import type { ResourceFact } from '../service.ts';
import { bucketArn } from './names.ts';
import type { S3 } from './s3.ts';

/** Buckets with their settings and how much they hold; times are left out. */
export function listResources({ buckets }: S3): ResourceFact[] {
  return [...buckets.values()].map((bucket) => {
    const { account, region, name, settings, objects, uploads } = bucket;
    const { named: _named, tags = [], ...kept } = settings;
    return {
      service: 's3',
      type: 'bucket',
      arn: bucketArn(bucket),
      account,
      region,
      name,
      settings: kept,
      tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      objects: objects.size,
      uploads: uploads.size,
    };
  });
}
