// Conditions on what is there: of reads (RFC 9110), of copies' sources, and of writes and deletions.
import { refuse, noSuchKey, notImplementedHeader, preconditionFailed } from '../errors.ts';
import type { Bucket } from '../bucket.ts';
import { current, isMarker, quoted, seconds, type Version } from './version.ts';

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** @throws PreconditionFailed (412), NotModified (304) */
export function checkRead(version: Version, conditions: ReadConditions, now: number): void {
  const modified = seconds(version.modified);
  const { IfMatch: match, IfNoneMatch: noneMatch } = conditions;
  const { IfModifiedSince: since, IfUnmodifiedSince: unmodifiedSince } = conditions;
  if (match !== undefined && !fits(match, version)) throw preconditionFailed('If-Match');
  if (match === undefined && unmodifiedSince && modified > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const unchanged =
    noneMatch === undefined
      ? since !== undefined && modified <= since && since.getTime() <= now
      : fits(noneMatch, version);
  if (unchanged) throw notModified(version);
}

const notModified = (version: Version) =>
  refuse(
    'NotModified',
    'Not Modified',
    304,
    {},
    {
      ETag: quoted(version.etag),
      'Last-Modified': seconds(version.modified).toUTCString(),
    },
  );

export interface CopyConditions {
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/** @throws PreconditionFailed */
export function checkCopySource(version: Version, conditions: CopyConditions, now: number): void {
  const modified = seconds(version.modified);
  const { CopySourceIfMatch: match, CopySourceIfNoneMatch: noneMatch } = conditions;
  const { CopySourceIfModifiedSince: since, CopySourceIfUnmodifiedSince: unmodifiedSince } = conditions;
  const failed = (header: string) => preconditionFailed(`x-amz-copy-source-${header}`);
  if (match !== undefined && !fits(match, version)) throw failed('If-Match');
  if (match === undefined && unmodifiedSince && modified > unmodifiedSince) throw failed('If-Unmodified-Since');
  if (noneMatch !== undefined && fits(noneMatch, version)) throw failed('If-None-Match');
  if (noneMatch === undefined && since && modified <= since && since.getTime() <= now)
    throw failed('If-Modified-Since');
}

export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** @throws PreconditionFailed, NoSuchKey, NotImplemented */
export function checkWrite(
  bucket: Bucket,
  key: string,
  { IfMatch: match, IfNoneMatch: noneMatch }: WriteConditions,
): void {
  if (match === undefined && noneMatch === undefined) return;
  if (match !== undefined && noneMatch !== undefined) {
    throw notImplementedHeader('If-Match,If-None-Match', 'Multiple conditional request headers present in the request');
  }
  const refusedValue = (header: string) =>
    notImplementedHeader(header, `We don't accept the provided value of ${header} header for this API`);
  if (noneMatch !== undefined && noneMatch !== '*') throw refusedValue('If-None-Match');
  if (match === '*') throw refusedValue('If-Match');
  const there = current(bucket.objects.get(key));
  const exists = there !== undefined && !isMarker(there);
  if (noneMatch !== undefined && exists) throw preconditionFailed('If-None-Match');
  if (match === undefined) return;
  if (!exists) throw noSuchKey(key);
  if (!fits(match, there)) throw preconditionFailed('If-Match');
}

/** A list of entity tags, quoted or not, weak ones too, or '*' for any. */
export const fits = (list: string, { etag }: Version): boolean =>
  list.split(',').some((item) => {
    const tag = item.trim();
    return tag === '*' || tag.replace(/^W\//, '').replace(/^"(.*)"$/, '$1') === etag;
  });
