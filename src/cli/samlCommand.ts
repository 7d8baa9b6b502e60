// `saml`: metadata and messages judged, for people, for scripts (--json) and for code scanning (--sarif). Out: 0, 1 or 2.
import { readFileSync } from 'node:fs';
import type { CheckedResponse, checkResponse } from '../saml/message/checkResponse.ts';
import type { decodeMessage } from '../saml/message/decodeMessage.ts';
import type { Trust } from '../saml/message/trust.ts';
import { findingsFor, hasErrors, type Finding } from '../saml/finding.ts';
import type { decodeBytes } from '../saml/readBytes.ts';
import type { startOfContent } from '../saml/rules/documentRules.ts';
import type { validate, Validation } from '../saml/validate.ts';
import type { CliContext, ExitCode } from './context.ts';
import { UsageError } from './options.ts';
import { findFiles, readSamlFile, type SamlFile } from './samlFiles.ts';
import { parseSamlOptions, samlUsage, type SamlOptions } from './samlOptions.ts';

export type Judged =
  | {
      readonly kind: 'metadata';
      readonly file: string;
      readonly validation: Validation;
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'response';
      readonly file: string;
      readonly checked: CheckedResponse;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'unread'; readonly file: string; readonly why: string };

/** What a file is judged with: loaded once for all files. */
interface Judges {
  readonly validate: typeof validate;
  readonly decode: typeof decodeMessage;
  readonly check: typeof checkResponse;
  readonly textOf: typeof decodeBytes;
  readonly rootAt: typeof startOfContent;
}

export async function samlCommand(context: CliContext): Promise<ExitCode> {
  const options = parseSamlOptions(context.options.rest);
  const { terminal } = context;
  if (options.help) {
    terminal.out(samlUsage);
    return 0;
  }
  const now = context.clock.now();
  const judges = await loadJudges();
  if (options.compare) return compareFiles(options, judges, now, context);
  const trust = await trustOf(options, now);
  const write = await writerFor(options.form, now);
  let code: ExitCode = 0;
  for (const name of findFiles(options.files)) {
    // One after the other, and each let go: hundreds together would need their memory all at once.
    const one = judge(readSamlFile(name), { options, judges, trust, now });
    code = worse(code, exitCode(one));
    write.one(one, terminal.out);
  }
  write.end(terminal.out);
  return code;
}

async function loadJudges(): Promise<Judges> {
  const [{ validate }, { decodeMessage }, { checkResponse }, { decodeBytes }, { startOfContent }] = await Promise.all([
    import('../saml/validate.ts'),
    import('../saml/message/decodeMessage.ts'),
    import('../saml/message/checkResponse.ts'),
    import('../saml/readBytes.ts'),
    import('../saml/rules/documentRules.ts'),
  ]);
  return {
    validate,
    decode: decodeMessage,
    check: checkResponse,
    textOf: decodeBytes,
    rootAt: startOfContent,
  };
}

interface Writer {
  one(judged: Judged, out: (text: string) => void): void;
  end(out: (text: string) => void): void;
}

async function writerFor(form: SamlOptions['form'], now: number): Promise<Writer> {
  if (form === 'text') {
    const { reportLines } = await import('./samlReport.ts');
    return { one: (one, out) => reportLines(one, now).forEach((line) => out(line)), end: () => undefined };
  }
  const { jsonOf, sarifOf, sarifResults } = await import('./samlJson.ts');
  const all: string[] = [];
  return form === 'json'
    ? {
        one: (one) => void all.push(JSON.stringify(jsonOf(one))),
        end: (out) => out(`[${all.join(',\n')}]`),
      }
    : {
        one: (one) => void all.push(...sarifResults(one).map((result) => JSON.stringify(result))),
        end: (out) => out(JSON.stringify(sarifOf(all.map((text): unknown => JSON.parse(text))), undefined, 1)),
      };
}

const worse = (one: ExitCode, other: ExitCode): ExitCode => (other > one ? other : one);

function exitCode(one: Judged): ExitCode {
  if (one.kind === 'unread') return 2;
  return hasErrors(one.findings) || (one.kind === 'response' && !one.checked.trusted) ? 1 : 0;
}

async function trustOf({ metadata, certificate }: SamlOptions, now: number): Promise<Trust> {
  const { trustFromCertificates, trustFromMetadata } = await import('../saml/message/trust.ts');
  const trust =
    metadata !== undefined
      ? trustFromMetadata(given(metadata, '--metadata'), now)
      : certificate !== undefined
        ? trustFromCertificates([certificateText(given(certificate, '--certificate'))])
        : undefined;
  if (trust?.keys.length === 0)
    throw new UsageError(
      metadata === undefined
        ? `--certificate ${certificate} holds no certificate that can be read.`
        : `--metadata ${metadata} holds no identity provider with a signing certificate.`,
    );
  return trust ?? { entityID: undefined, keys: [] };
}

/** PEM and base64 are text; DER begins with the number of a sequence. */
const certificateText = (bytes: Buffer): string =>
  bytes.toString(bytes[0] === 0x30 && bytes[1] === 0x82 ? 'base64' : 'utf8');

function given(file: string, option: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`${option} ${file} could not be read.`);
  }
}

interface JudgeWith {
  readonly options: SamlOptions;
  readonly judges: Judges;
  readonly trust: Trust;
  readonly now: number;
}

function judge(file: SamlFile, given: JudgeWith): Judged {
  if (!file.ok) return { kind: 'unread', file: file.name, why: file.why };
  const { options, judges, trust, now } = given;
  const xml = messageIn(file.bytes, judges);
  if (xml === undefined) {
    const validation = judges.validate(file.bytes, { now, pinned: options.pinned });
    return {
      kind: 'metadata',
      file: file.name,
      validation,
      findings: findingsFor(validation.findings, options.profile),
    };
  }
  const checked = judges.check(xml, {
    trust,
    now,
    ...(options.audience !== undefined && { audience: [options.audience] }),
    ...(options.recipient !== undefined && { recipient: [options.recipient] }),
    ...((options.profile === 'iam' || options.profile === 'cognito') && { provider: options.profile }),
  });
  return { kind: 'response', file: file.name, checked, findings: checked.findings };
}

/** The XML of a message, whether it stands in the file as XML or packed; undefined: it is something else. */
function messageIn(bytes: Buffer, { decode, textOf, rootAt }: Judges): string | undefined {
  const head = bytes
    .toString('latin1', 0, 4000)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (head.startsWith('<') || /^(?:\xff\xfe|\xfe\xff)/.test(head)) {
    const { text } = textOf(bytes);
    const at = rootAt(text);
    return isMessage.test(text.slice(at, at + 200)) || /^<!DOCTYPE/i.test(text.slice(at, at + 20))
      ? messageBehind(text, at)
      : undefined;
  }
  if (bytes.length > 2_000_000 || !/^[A-Za-z0-9+/=%&\s_.-]+$/.test(head)) return undefined;
  const decoded = decode(bytes.toString('utf8'));
  return decoded.ok && decoded.kind !== 'jwt' && decoded.kind !== 'metadata' ? decoded.xml : undefined;
}

const isMessage = /^<(?:[\w.-]+:)?(?:Response|Assertion|AuthnRequest|LogoutRequest|LogoutResponse)[\s/>]/;

/** A document type may stand before a message too; it is refused with it. */
function messageBehind(text: string, at: number): string | undefined {
  if (!/^<!DOCTYPE/i.test(text.slice(at, at + 20))) return text.replace(/^\uFEFF/, '');
  const found = /<(?:[\w.-]+:)?(Response|Assertion|EntityDescriptor|EntitiesDescriptor)[\s/>]/.exec(
    text.slice(at, at + 20_000),
  );
  return found?.[1] === 'Response' || found?.[1] === 'Assertion' ? text.replace(/^\uFEFF/, '') : undefined;
}

async function compareFiles(
  options: SamlOptions,
  judges: Judges,
  now: number,
  { terminal }: CliContext,
): Promise<ExitCode> {
  const { compareMetadata, describe } = await import('../saml/describe.ts');
  const descriptions = options.files.map((name) => {
    const file = readSamlFile(name);
    if (!file.ok) throw new UsageError(`${name}: ${file.why}`);
    const description = describe(judges.validate(file.bytes, { now }));
    if (!description) throw new UsageError(`${name} is no metadata that can be read.`);
    return description;
  });
  const [before, after] = descriptions;
  if (!before || !after) throw new UsageError('--compare takes two metadata files: the old one and the new one.');
  const comparison = compareMetadata(before, after);
  if (options.form === 'json') terminal.out(JSON.stringify(comparison));
  else {
    const { comparisonLines } = await import('./samlReport.ts');
    for (const line of comparisonLines(comparison)) terminal.out(line);
  }
  return 0;
}
