import { invalid } from './refusals.ts';

export interface MessageText {
  readonly message: string;
  readonly byProtocol?: Readonly<Record<string, string>>;
}

/** The message, or with `MessageStructure: json` the texts by protocol, which must have a default. */
export function readMessage(message: string | undefined, structure: string | undefined): MessageText {
  if (message === undefined || message === '') throw invalid('Empty message');
  if (structure === undefined || structure === '') return { message };
  if (structure !== 'json') throw invalid('MessageStructure');
  const byProtocol = textsOf(message);
  const fallback = byProtocol['default'];
  if (fallback === undefined) throw invalid('Message Structure - No default entry in JSON message body');
  return { message: fallback, byProtocol };
}

function textsOf(json: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (typeof parsed !== 'object' || parsed === null)
    throw invalid('Message Structure - JSON message body failed to parse');
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

/** A subject is up to 100 printable characters of ASCII. */
export function checkSubject(subject: string | undefined): void {
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) throw invalid('Subject');
}
