import { insist, sized } from './constraints.ts';
import { invalid } from './refusals.ts';
import type { Stream } from './state.ts';

export const most = 50;
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

type Tagged = Pick<Stream, 'name' | 'account' | 'tags'>;

/** What is to be added; refused where it is no tag, or one too many. */
export function readTags(
  given: Readonly<Record<string, string>>,
  { name, account, tags }: Tagged,
): Map<string, string> {
  const read = new Map(Object.entries(given));
  const failed = `Failed to add tags to stream ${name} under account ${account} because`;
  for (const [key, value] of read) {
    insist(sized(key, 'tags', 1, 128), sized(value, 'tags', 0, 256));
    if (!allowed.test(key) || !allowed.test(value))
      throw invalid(
        'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.',
      );
    if (/^aws:/i.test(key)) throw invalid(`${failed} tag keys must not begin with 'aws:'.`);
  }
  if (new Set([...tags.keys(), ...read.keys()]).size > most)
    throw invalid(`${failed} a given stream cannot have more than ${most} tags associated with it.`);
  return read;
}
