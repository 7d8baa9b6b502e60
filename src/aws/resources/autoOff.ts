// Which instances are meant to be switched off at night: those tagged `AutoOff=yes`, letter for letter.
// Tags are case-sensitive, so one that nearly matches is never switched off, and nobody sees why. Here the reason is said.
import type { Tags } from './kind.ts';

export const autoOffTag = { key: 'AutoOff', value: 'yes' } as const;

export type AutoOff =
  | { readonly is: 'yes' }
  /** `why` is a sentence. */
  | { readonly is: 'nearly'; readonly why: string }
  | { readonly is: 'no' };

const meansYes = new Set(['yes', 'y', 'true', 'on', '1']);

export function autoOffOf(tags: Tags): AutoOff {
  if (tags[autoOffTag.key] === autoOffTag.value) return { is: 'yes' };
  const near = Object.entries(tags).find(([key, value]) => isNearKey(key) && meansYes.has(value.trim().toLowerCase()));
  return near ? { is: 'nearly', why: reason(near[0], near[1]) } : { is: 'no' };
}

const isNearKey = (key: string): boolean => key.replaceAll(/[\s_-]/g, '').toLowerCase() === 'autooff';

function reason(key: string, value: string): string {
  const wrong = [
    key === autoOffTag.key ? '' : `its key is “${key}”, not “${autoOffTag.key}”`,
    value === autoOffTag.value ? '' : `its value is “${value}”, not “${autoOffTag.value}”`,
  ].filter((part) => part !== '');
  const sentence = wrong.join(', and ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. Tags are case-sensitive.`;
}
