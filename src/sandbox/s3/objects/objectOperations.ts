import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import type { S3 } from '../s3.ts';
import { getObjectAttributes } from './attributes.ts';
import { copyObject } from './copyObject.ts';
import { deleteObject, deleteObjects } from './deleteObject.ts';
import { getObject, headObject } from './getObject.ts';
import { putObject } from './putObject.ts';
import { restoreObject } from './restoreObject.ts';

export const objectHandlers = (s3: S3) =>
  ({
    PutObject: (input, call) => putObject(s3, input, call),
    GetObject: (input, call) => getObject(s3, input, call),
    HeadObject: (input, call) => headObject(s3, input, call),
    DeleteObject: (input, call) => deleteObject(s3, input, call),
    DeleteObjects: (input, call) => deleteObjects(s3, input, call),
    CopyObject: (input, call) => copyObject(s3, input, call),
    GetObjectAttributes: (input, call) => getObjectAttributes(s3, input, call),
    RestoreObject: (input, call) => restoreObject(s3, input, call),
  }) satisfies Handlers<typeof client>;
