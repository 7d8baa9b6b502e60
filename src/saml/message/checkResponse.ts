// A samlp:Response -> whether it may be believed, every reason why not, and the assertion, read from the element whose
// signature was verified and from nothing else. Wrapped, doubled, commented and encrypted ones are told apart.
import type { KeyObject } from 'node:crypto';
import { Findings, hasErrors, Lines, type Finding } from '../finding.ts';
import { doctypeRule, textRules } from '../rules/documentRules.ts';
import {
  childOf,
  childrenOf,
  is,
  valueOf,
  walk,
  attributeOf,
  type Element,
  type XmlDocument,
} from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { parseXml } from '../xml/parseXml.ts';
import { readAssertion, type AssertionFacts } from './assertion.ts';
import { checkAssertion } from './checkAssertion.ts';
import { decryptAssertion } from './decryptAssertion.ts';
import { findVerified, type Verified } from './findVerified.ts';
import type { Trust } from './trust.ts';

export interface CheckOptions {
  /** Whose signatures count: see `trustFromMetadata` and `trustFromCertificates`. */
  readonly trust: Trust;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How far clocks may differ; 60 unless told. */
  readonly skewSeconds?: number;
  /** One of these must be named as audience; not looked at where it is left out. */
  readonly audience?: readonly string[];
  /** One of these must be the recipient. */
  readonly recipient?: readonly string[];
  /** What AWS demands of assertions for it: attributes Role and RoleSessionName for IAM. */
  readonly provider?: 'iam' | 'cognito';
  /** The ID of the request this answers; null: nobody asked. Left out: not looked at. */
  readonly inResponseTo?: string | null;
  /** True where an assertion of this ID has been taken before. */
  readonly seen?: (id: string) => boolean;
  /** For encrypted assertions. */
  readonly decryptionKey?: KeyObject;
}

export interface CheckedResponse {
  readonly trusted: boolean;
  readonly findings: readonly Finding[];
  /** Only what a verified signature covers; undefined where none does. */
  readonly assertion?: AssertionFacts;
  /** The unverified text of the status, to be shown and not to be believed. */
  readonly status?: string;
}

const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** Never throws. */
export function checkResponse(xml: string, options: CheckOptions): CheckedResponse {
  const findings = new Findings(new Lines(xml));
  const document = readMessage(xml, options, findings);
  if (!document) return { trusted: false, findings: findings.all };
  const status = responseRules(document.root, findings);
  const encrypted = childrenOf(document.root, namespaces.saml, 'EncryptedAssertion');
  const verified = uniqueIds(document.root, findings)
    ? chooseVerified(document, encrypted, options, findings)
    : undefined;
  const assertion = verified && readAssertion(verified.assertion, verified.certificate);
  if (assertion && verified) checkAssertion(assertion, verified.assertion, options, findings);
  if (
    assertion &&
    assertion.inResponseTo === undefined &&
    valueOf(document.root, 'InResponseTo') !== undefined &&
    options.inResponseTo === null
  )
    findings.error('R51', document.root.nameRange, 'The response says it answers a request, but none was sent.', {
      profiles: ['assertion'],
    });
  return {
    trusted: assertion !== undefined && !hasErrors(findings.all),
    findings: findings.all,
    ...(assertion && { assertion }),
    ...(status !== undefined && { status }),
  };
}

function readMessage(xml: string, { now }: CheckOptions, findings: Findings): XmlDocument | undefined {
  if (xml.length > 1_000_000) {
    findings.error(
      'R40',
      { start: 0, end: 0 },
      'The message is longer than a million characters; AWS takes 100,000 of base64.',
    );
    return undefined;
  }
  if (!textRules(xml, { now }, findings)) return undefined;
  if (doctypeRule(xml, findings) !== 'none') return undefined;
  const parsed = parseXml(xml);
  if (parsed.ok) return parsed.document;
  findings.error('R40', parsed.problem, `This is not well-formed XML: ${parsed.problem.message}`);
  return undefined;
}

function responseRules(root: Element, findings: Findings): string | undefined {
  if (!is(root, namespaces.samlp, 'Response'))
    findings.error('R40', root.nameRange, `The message is ${root.name.slice(0, 60)}, not a samlp:Response.`);
  if (valueOf(root, 'Version') !== '2.0')
    findings.error('R40', attributeOf(root, 'Version')?.valueRange ?? root.nameRange, 'The version is not 2.0.');
  const length = Math.ceil((root.end - root.start) / 3) * 4;
  if (length > 100_000)
    findings.error('R40', root.nameRange, `In base64 the message has about ${length} characters; AWS takes 100,000.`);
  const status = childOf(root, namespaces.samlp, 'Status');
  const code = status && childOf(status, namespaces.samlp, 'StatusCode');
  const value = code && valueOf(code, 'Value');
  if (value === success) return value;
  const inner = code && childOf(code, namespaces.samlp, 'StatusCode');
  const words = [value, inner && valueOf(inner, 'Value')]
    .map((one) => one?.split(':').at(-1))
    .filter(Boolean)
    .join(', ');
  findings.error(
    'R40',
    (code ?? status ?? root).nameRange,
    `The identity provider did not sign the user in: ${words || 'there is no status'}.`,
  );
  return value;
}

function uniqueIds(root: Element, findings: Findings): boolean {
  const seen = new Set<string>();
  let unique = true;
  for (const element of walk(root)) {
    for (const { local, namespace, value, valueRange } of element.attributes) {
      if (namespace !== '' || local.toLowerCase() !== 'id') continue;
      if (seen.has(value)) {
        findings.error(
          'R41',
          valueRange,
          'Two elements have the same ID: a signature over one could be shown for the other.',
        );
        unique = false;
      }
      seen.add(value);
    }
  }
  return unique;
}

function chooseVerified(
  document: XmlDocument,
  encrypted: readonly Element[],
  options: CheckOptions,
  findings: Findings,
): Verified | undefined {
  if (encrypted.length === 0) return findVerified(document.root, options.trust, findings);
  const [first, second] = encrypted;
  if (!first || second || [...walk(document.root)].some((one) => is(one, namespaces.saml, 'Assertion'))) {
    findings.error(
      'R41',
      (second ?? document.root).nameRange,
      'There is more than one assertion; exactly one may count.',
    );
    return undefined;
  }
  return decryptAssertion(document.root, first, options, findings);
}
