// Ids of versions: 32 characters that hold their place in time (so that a listing goes on behind a version that is gone) and a seal
// (so that an id of other making is told from one that is no longer there, as on AWS).
import { hash } from 'node:crypto';
import { freshId, type S3 } from '../s3.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

export function newVersionId(s3: S3): string {
  const start = freshId(s3, 18) + encode(s3.sequence++);
  return start + sealOf(start);
}

/** Whether S3 gave this id out. */
export const isVersionId = (text: string): boolean =>
  text === 'null' || (text.length === 32 && sealOf(text.slice(0, 26)) === text.slice(26));

/** Greater for what was written later; undefined for 'null', which does not say. */
export const placeOf = (id: string): number | undefined => (id === 'null' ? undefined : decode(id.slice(18, 26)));

const sealOf = (start: string): string =>
  hash('sha256', `version ${start}`, 'base64url').slice(0, 6).replaceAll('-', '.');

function encode(number: number): string {
  let text = '';
  for (let left = number, index = 0; index < 8; index++, left = Math.floor(left / 64))
    text = `${digits[left % 64] ?? 'A'}${text}`;
  return text;
}

const decode = (text: string): number =>
  [...text].reduce((number, digit) => number * 64 + Math.max(0, digits.indexOf(digit)), 0);
