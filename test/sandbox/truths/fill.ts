// Fills the variables and makers ({name}, $json, $repeat, $ago, $md5, $zip) of a truth's inputs and expectations.
import { createHash } from 'node:crypto';
import { isObject, type Json } from './truth.ts';
import { zip } from './zip.ts';

export type Variables = ReadonlyMap<string, unknown>;

export function fill(value: Json, variables: Variables, now: () => number): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item: Json) => fill(item, variables, now));
  if (!isObject(value)) return value;
  const entries = Object.entries(value as { [key: string]: Json });
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && Object.hasOwn(makers, only[0])) {
    return makers[only[0]]?.(fill(only[1], variables, now), now);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [asText(fillText(key, variables)), fill(item, variables, now)]),
  );
}

/** A text that is one variable has that variable's value, of whatever type. Braces that name no variable stay as they are. */
function fillText(text: string, variables: Variables): unknown {
  const whole = /^\{(\w+)\}$/.exec(text)?.[1];
  if (whole !== undefined && variables.has(whole)) return variables.get(whole);
  return text.replaceAll(/\{(\w+)\}/g, (braces, name: string) =>
    variables.has(name) ? asText(variables.get(name)) : braces,
  );
}

const makers: Readonly<Record<string, (value: unknown, now: () => number) => unknown>> = {
  $json: spacedJson,
  $repeat: (value) => {
    const [text, times]: unknown[] = Array.isArray(value) ? value : [];
    return asText(text).repeat(Number(times));
  },
  $ago: (seconds, now) => new Date(now() - Number(seconds) * 1000),
  $md5: (text) => createHash('md5').update(asText(text)).digest('base64'),
  $zip: (files) =>
    zip(isObject(files) ? Object.fromEntries(Object.entries(files).map(([k, v]) => [k, asText(v)])) : {}),
};

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** JSON with a space after each comma and colon and nothing but ASCII: the form the truths were recorded in. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${spacedJson(key)}: ${spacedJson(item)}`);
    return `{${members.join(', ')}}`;
  }
  const text = JSON.stringify(value) ?? 'null';
  return text.replaceAll(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
