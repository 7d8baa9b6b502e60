// Where a page ended, as the opaque text that the next request brings back. A token of other making is refused.
import { hash } from 'node:crypto';
import { invalidArgument } from '../errors.ts';

const seal = (text: string): string => hash('sha256', `page after ${text}`, 'base64').slice(0, 12);

export const writeToken = (key: string): string => `1${Buffer.from(`${seal(key)}${key}`, 'utf8').toString('base64')}`;

/** @throws InvalidArgument */
export function readToken(token: string): string {
  const text = Buffer.from(token.slice(1), 'base64').toString('utf8');
  const key = text.slice(12);
  if (!token.startsWith('1') || text.slice(0, 12) !== seal(key)) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  }
  return key;
}
