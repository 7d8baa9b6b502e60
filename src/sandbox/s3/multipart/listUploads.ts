// Uploads under way, and the parts of one.
import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsOutput,
  ListPartsCommandInput,
  ListPartsOutput,
} from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import { checksumValue } from '../checksum/shown.ts';
import { invalidArgument } from '../errors.ts';
import { compareKeys } from '../keyOrder.ts';
import { encoder, pageSize } from '../listing/pageInput.ts';
import { canonicalId } from '../names.ts';
import { seconds } from '../objects/version.ts';
import { openBucket, type S3 } from '../s3.ts';
import type { Upload } from './upload.ts';
import { openUpload } from './uploadPart.ts';

export function listUploads(s3: S3, input: ListMultipartUploadsCommandInput, call: Call): ListMultipartUploadsOutput {
  const bucket = openBucket(s3, input, call, 'ListBucketMultipartUploads');
  const {
    Prefix: prefix = '',
    Delimiter: delimiter = '',
    KeyMarker: marker = '',
    UploadIdMarker: idMarker = '',
  } = input;
  const encode = encoder(input.EncodingType);
  const most = pageSize(input.MaxUploads, 'max-uploads');
  const all = [...bucket.uploads.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .toSorted((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated);
  const from = startOf(all, marker, idMarker);
  const uploads: Upload[] = [];
  const prefixes: string[] = [];
  let last: Upload | undefined;
  let truncated = false;
  for (const upload of all.slice(from)) {
    const end = delimiter === '' ? -1 : upload.key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : upload.key.slice(0, end + delimiter.length);
    if (common !== undefined && (prefixes.at(-1) === common || marker.startsWith(common))) continue;
    if (uploads.length + prefixes.length >= most) {
      truncated = true;
      break;
    }
    if (common === undefined) uploads.push(upload);
    else prefixes.push(common);
    last = upload;
  }
  const lastPrefix = prefixes.at(-1);
  const ended = last && lastPrefix !== undefined && last.key.startsWith(lastPrefix) ? lastPrefix : last?.key;
  return {
    Bucket: bucket.name,
    KeyMarker: encode(marker),
    UploadIdMarker: marker === '' ? '' : idMarker,
    ...(input.Prefix !== undefined && { Prefix: encode(prefix) }),
    ...(input.Delimiter && { Delimiter: encode(delimiter) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    // A page that ends with a common prefix does not say how to go on.
    NextKeyMarker: last && ended === last.key ? encode(ended) : '',
    NextUploadIdMarker: last && ended === last.key ? last.id : '',
    MaxUploads: most,
    IsTruncated: truncated,
    ...(uploads.length > 0 && { Uploads: uploads.map((upload) => shownUpload(upload, encode)) }),
    ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((one) => ({ Prefix: encode(one) })) }),
  };
}

/** The first upload after the markers: without an upload's id, after all uploads of the key. */
function startOf(all: readonly Upload[], marker: string, idMarker: string): number {
  if (marker === '') return 0;
  if (idMarker === '') {
    const at = all.findIndex(({ key }) => compareKeys(key, marker) > 0);
    return at < 0 ? all.length : at;
  }
  const at = all.findIndex(({ key, id }) => key === marker && id === idMarker);
  if (at < 0) throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker);
  return at + 1;
}

const shownUpload = (upload: Upload, encode: (text: string) => string) => ({
  UploadId: upload.id,
  Key: encode(upload.key),
  Initiated: seconds(upload.initiated),
  StorageClass: upload.storageClass,
  ...people(upload),
  ...checksumKind(upload),
});

const people = ({ initiator }: Upload) => ({
  Owner: { ID: canonicalId(initiator) },
  Initiator: { ID: canonicalId(initiator), DisplayName: initiator },
});

const checksumKind = ({ algorithm, checksumType }: Upload) => ({
  ...(algorithm && { ChecksumAlgorithm: algorithm }),
  ...(checksumType && { ChecksumType: checksumType }),
});

export function listParts(s3: S3, input: ListPartsCommandInput, call: Call): ListPartsOutput {
  const { bucket, upload } = openUpload(s3, input, call, 'ListMultipartUploadParts');
  const marker = Number(input.PartNumberMarker ?? 0);
  const most = pageSize(input.MaxParts, 'max-parts');
  const after = [...upload.parts.values()]
    .filter(({ number }) => number > marker)
    .toSorted((a, b) => a.number - b.number);
  const page = after.slice(0, most);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: most,
    IsTruncated: page.length < after.length,
    StorageClass: upload.storageClass,
    ...people(upload),
    ...checksumKind(upload),
    ...(page.length > 0 && {
      Parts: page.map(({ number, body, etag, modified, checksum }) => ({
        PartNumber: number,
        LastModified: seconds(modified),
        ETag: `"${etag}"`,
        Size: body.size,
        ...(upload.algorithm && checksumValue(checksum)),
      })),
    }),
  };
}
