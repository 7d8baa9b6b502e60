import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import type { S3 } from '../s3.ts';
import { completeUpload } from './completeUpload.ts';
import { createUpload } from './createUpload.ts';
import { listParts, listUploads } from './listUploads.ts';
import { openUpload, uploadPart, uploadPartCopy } from './uploadPart.ts';

export const multipartHandlers = (s3: S3) =>
  ({
    CreateMultipartUpload: (input, call) => createUpload(s3, input, call),
    UploadPart: (input, call) => uploadPart(s3, input, call),
    UploadPartCopy: (input, call) => uploadPartCopy(s3, input, call),
    CompleteMultipartUpload: (input, call) => completeUpload(s3, input, call),
    AbortMultipartUpload(input, call) {
      const { bucket, upload } = openUpload(s3, input, call, 'AbortMultipartUpload');
      for (const part of upload.parts.values()) s3.store.release(part.body);
      bucket.uploads.delete(upload.id);
      s3.world.changed();
    },
    ListMultipartUploads: (input, call) => listUploads(s3, input, call),
    ListParts: (input, call) => listParts(s3, input, call),
  }) satisfies Handlers<typeof client>;
