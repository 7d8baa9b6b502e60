// Tags of buckets and objects: what AWS accepts as such.
import type { Tag } from '@aws-sdk/client-s3';
import { invalidArgument, malformedXml, refuse } from '../errors.ts';

const text = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const invalidTag = (message: string, fields: Readonly<Record<string, string>>) =>
  refuse('InvalidTag', message, 400, fields);

const reservedText = {
  bucket: 'System tags cannot be added/updated by requester',
  object: 'Your TagKey cannot be prefixed with aws:',
  creation:
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
};

/** @throws InvalidTag, BadRequest, MalformedXML */
export function checkTags(tags: readonly Tag[], of: keyof typeof reservedText): void {
  if (of === 'object' && tags.length > 10) throw refuse('BadRequest', 'Object tags cannot be greater than 10');
  if (tags.length > 50) throw refuse('BadRequest', 'Bucket tag count cannot be greater than 50');
  const seen = new Set<string>();
  for (const { Key: key, Value: value } of tags) {
    if (key === undefined || value === undefined) throw malformedXml();
    if (seen.has(key) && of === 'creation') {
      // What AWS really answers.
      throw refuse('InternalError', 'We encountered an internal error. Please try again.', 500);
    }
    if (seen.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: key });
    seen.add(key);
    if (key.startsWith('aws:')) throw invalidTag(reservedText[of], of === 'creation' ? {} : { TagKey: key });
    if (key === '' || key.length > 128 || !text.test(key)) {
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: key });
    }
    if (value.length > 256 || !text.test(value)) {
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value });
    }
  }
}

export const tagMap = (tags: readonly Tag[]): Map<string, string> =>
  new Map(tags.map(({ Key: key = '', Value: value = '' }) => [key, value]));

export const tagList = (tags: ReadonlyMap<string, string>): Tag[] => [...tags].map(([Key, Value]) => ({ Key, Value }));

/** `x-amz-tagging: a=1&b=2`. @throws InvalidArgument, InvalidTag */
export function headerTags(header: string | undefined): Map<string, string> {
  if (header === undefined || header === '') return new Map();
  const pairs = [...new URLSearchParams(header)];
  const names = new Set(pairs.map(([name]) => name));
  if (names.size < pairs.length || header.split('&').some((pair) => /^[^=]*=[^=]*=/.test(pair))) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    );
  }
  checkTags(
    pairs.map(([Key, Value]) => ({ Key, Value })),
    'object',
  );
  return new Map(pairs);
}
