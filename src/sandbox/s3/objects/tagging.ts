// Tags of objects.
import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { notify } from '../notify/notify.ts';
import { openBucket, touched, type S3 } from '../s3.ts';
import { checkTags, tagList, tagMap } from '../settings/tags.ts';
import { findVersion } from './findVersion.ts';
import { shownId } from './versions.ts';

export const objectTaggingHandlers = (s3: S3) =>
  ({
    GetObjectTagging(input, call) {
      const bucket = openBucket(s3, input, call, 'GetObjectTagging', input.Key);
      const { version } = findVersion(bucket, input.Key ?? '', input.VersionId, 'GET', true);
      return { ...shownId(bucket, version), TagSet: tagList(version.tags) };
    },
    async PutObjectTagging(input, call) {
      const key = input.Key ?? '';
      const bucket = openBucket(s3, input, call, 'PutObjectTagging', key);
      const { version } = findVersion(bucket, key, input.VersionId, 'PUT');
      const tags = input.Tagging?.TagSet ?? [];
      checkTags(tags, 'object');
      version.tags = tagMap(tags);
      touched(s3, bucket, key);
      await notify(s3, bucket, call, { name: 'ObjectTagging:Put', key, version });
      return shownId(bucket, version);
    },
    async DeleteObjectTagging(input, call) {
      const key = input.Key ?? '';
      const bucket = openBucket(s3, input, call, 'DeleteObjectTagging', key);
      const { version } = findVersion(bucket, key, input.VersionId, 'DELETE');
      version.tags = new Map();
      touched(s3, bucket, key);
      await notify(s3, bucket, call, { name: 'ObjectTagging:Delete', key, version });
      return shownId(bucket, version);
    },
  }) satisfies Handlers<typeof client>;
