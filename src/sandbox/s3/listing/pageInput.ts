// What all listings are asked: how many, and in which encoding names are to be said.
import { invalidArgument } from '../errors.ts';

const most = 1000;

/** @throws InvalidArgument */
export function pageSize(wanted: number | undefined, name: string): number {
  if (wanted === undefined) return most;
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 2_147_483_647) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, String(wanted));
  }
  return Math.min(wanted, most);
}

/** XML cannot say every character a key may have; `url` can. @throws InvalidArgument */
export function encoder(type: string | undefined): (text: string) => string {
  if (type === undefined) return (text) => text;
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type);
  return (text) =>
    encodeURIComponent(text)
      .replaceAll('%2F', '/')
      .replaceAll('%20', '+')
      .replace(/[!'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
