import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import type { S3 } from '../s3.ts';
import { listObjects, listObjectsV2 } from './listObjects.ts';
import { listVersions } from './listVersions.ts';

export const listingHandlers = (s3: S3) =>
  ({
    ListObjects: (input, call) => listObjects(s3, input, call),
    ListObjectsV2: (input, call) => listObjectsV2(s3, input, call),
    ListObjectVersions: (input, call) => listVersions(s3, input, call),
  }) satisfies Handlers<typeof client>;
