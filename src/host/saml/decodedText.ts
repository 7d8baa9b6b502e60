// A pasted message -> the document that shows it. Nothing of it is kept, sent or logged.
import type { Finding } from '../../saml/finding.ts';
import { checkResponse, type CheckedResponse } from '../../saml/message/checkResponse.ts';
import { decodeMessage, type DecodedMessage, type MessageKind } from '../../saml/message/decodeMessage.ts';
import type { DecodedJwt } from '../../saml/message/jwt.ts';
import type { Trust } from '../../saml/message/trust.ts';
import type { Range } from '../../saml/xml/document.ts';
import { formatXml, rangeThere } from './formatXml.ts';

export type DecodedText =
  | {
      readonly ok: true;
      readonly language: 'xml' | 'json';
      /** For people: "SAML response". */
      readonly title: string;
      readonly text: string;
      /** The message as it was sent; undefined for tokens. */
      readonly xml: string | undefined;
      /** It can be checked against metadata. */
      readonly response: boolean;
      /** From a place in `xml` to the one in `text`. */
      readonly rangeThere: (range: Range) => Range;
    }
  | { readonly ok: false; readonly message: string };

const titles: Readonly<Record<MessageKind, string>> = {
  response: 'SAML response',
  request: 'SAML request',
  'logout-request': 'SAML logout request',
  'logout-response': 'SAML logout response',
  assertion: 'SAML assertion',
  metadata: 'SAML metadata',
  other: 'XML',
};

/** Never throws. */
export function decodedText(input: string, now: number): DecodedText {
  const decoded = decodeMessage(input);
  if (!decoded.ok) return decoded;
  return decoded.kind === 'jwt' ? token(decoded.jwt, now) : xmlText(decoded);
}

type DecodedXml = Exclude<DecodedMessage, { ok: false } | { kind: 'jwt' }>;

function xmlText({ kind, xml, steps, parameters, document }: DecodedXml): DecodedText {
  const head = headOf(steps, parameters);
  const formatted = document && formatXml(document);
  const moved = ({ start, end }: Range) => ({ start: start + head.length, end: end + head.length });
  return {
    ok: true,
    language: 'xml',
    title: titles[kind],
    text: head + (formatted?.text ?? xml),
    xml,
    response: kind === 'response',
    rangeThere: (range) => moved(formatted ? rangeThere(formatted.pieces, range) : range),
  };
}

function headOf(steps: readonly string[], parameters: Readonly<Record<string, string>>): string {
  const undone = steps.length === 0 ? [] : [`Undone: ${steps.join(', ')}.`];
  const along = Object.entries(parameters).map(([name, value]) => `${name}: ${value}`);
  const lines = [...undone, 'Decoded on this machine; shown in lines, not kept anywhere.', ...along];
  return `<!--\n${lines.map((line) => `  ${inComment(line)}`).join('\n')}\n-->\n`;
}

/** Two hyphens would end the comment. */
const inComment = (line: string): string => line.replaceAll(/[\r\n]+/g, ' ').replaceAll('-', '\u2010');

function token({ header, claims, expires, notBefore, issued, signature }: DecodedJwt, now: number): DecodedText {
  const moment = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toJSON());
  const times = { issued: moment(issued), notBefore: moment(notBefore), expires: moment(expires) };
  const state = expires === undefined ? 'does not expire' : expires < now ? 'expired' : 'not expired';
  const verdict = signature === '' ? 'none: anybody can have written this' : 'there is one, which was not verified';
  const shown = { header, claims, times, state, signature: verdict };
  return {
    ok: true,
    language: 'json',
    title: 'Token (JWT)',
    text: `${JSON.stringify(shown, undefined, 2)}\n`,
    xml: undefined,
    response: false,
    rangeThere: (range) => range,
  };
}

export interface Check {
  readonly trust: Trust;
  readonly now: number;
  readonly provider: 'iam' | 'cognito' | undefined;
}

/** What is wrong with a response, or that it can be believed, in a sentence. */
export function checkText(xml: string, { trust, now, provider }: Check): { checked: CheckedResponse; verdict: string } {
  const checked = checkResponse(xml, { trust, now, ...(provider && { provider }) });
  return { checked, verdict: verdictOf(checked) };
}

function verdictOf({ trusted, findings, assertion }: CheckedResponse): string {
  if (trusted) return 'The response can be believed: a certificate of the metadata verifies its signature.';
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const rest = errors.length > 1 ? ` And ${errors.length - 1} more, in the Problems view.` : '';
  const signed = assertion ? 'The signature holds, but the response is refused' : 'The response cannot be believed';
  return `${signed}: ${sentence(first)}${rest}`;
}

const sentence = (finding: Finding | undefined): string => finding?.message ?? 'nothing in it is signed.';
