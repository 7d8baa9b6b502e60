// `saml`: metadata and messages judged, for people, for scripts (--json) and for code scanning (--sarif). Out: 0, 1 or 2.
import { readFileSync } from 'node:fs';
import type { CheckedResponse, checkResponse } from '../saml/message/checkResponse.ts';
import type { decodeMessage } from '../saml/message/decodeMessage.ts';
import type { Trust } from '../saml/message/trust.ts';
import { findingsFor, hasErrors, type Finding } from '../saml/finding.ts';
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
  const all = findFiles(options.files).map((name) => judge(readSamlFile(name), { options, judges, trust, now }));
  if (options.form === 'json') {
    const { jsonOf } = await import('./samlJson.ts');
    terminal.out(`[${all.map((one) => JSON.stringify(jsonOf(one))).join(',\n')}]`);
  } else if (options.form === 'sarif') {
    const { sarifOf } = await import('./samlJson.ts');
    terminal.out(JSON.stringify(sarifOf(all), undefined, 1));
  } else {
    const { reportLines } = await import('./samlReport.ts');
    for (const one of all) for (const line of reportLines(one, now)) terminal.out(line);
  }
  return exitCode(all);
}

async function loadJudges(): Promise<Judges> {
  const [metadata, decoder, checker] = await Promise.all([
    import('../saml/validate.ts'),
    import('../saml/message/decodeMessage.ts'),
    import('../saml/message/checkResponse.ts'),
  ]);
  return { validate: metadata.validate, decode: decoder.decodeMessage, check: checker.checkResponse };
}

function exitCode(all: readonly Judged[]): ExitCode {
  if (all.some(({ kind }) => kind === 'unread')) return 2;
  const bad = (one: Judged) =>
    one.kind !== 'unread' && (hasErrors(one.findings) || (one.kind === 'response' && !one.checked.trusted));
  return all.some(bad) ? 1 : 0;
}

async function trustOf({ metadata, certificate }: SamlOptions, now: number): Promise<Trust> {
  const { trustFromCertificates, trustFromMetadata } = await import('../saml/message/trust.ts');
  if (metadata !== undefined) return trustFromMetadata(given(metadata, '--metadata'), now);
  if (certificate !== undefined) return trustFromCertificates([given(certificate, '--certificate').toString('utf8')]);
  return { entityID: undefined, keys: [] };
}

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
function messageIn(bytes: Buffer, { decode }: Judges): string | undefined {
  const head = bytes
    .toString('latin1', 0, 4000)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (head.startsWith('<')) {
    const isMessage = /<(?:[\w.-]+:)?(?:Response|Assertion|AuthnRequest|LogoutRequest|LogoutResponse)[\s>]/.exec(head);
    if (!isMessage || /<(?:[\w.-]+:)?Entit(?:y|ies)Descriptor[\s>]/.test(head.slice(0, isMessage.index)))
      return undefined;
    return bytes.toString('utf8');
  }
  if (bytes.length > 2_000_000 || !/^[A-Za-z0-9+/=%&\s_.-]+$/.test(head)) return undefined;
  const decoded = decode(bytes.toString('utf8'));
  return decoded.ok && decoded.kind !== 'jwt' && decoded.kind !== 'metadata' ? decoded.xml : undefined;
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
