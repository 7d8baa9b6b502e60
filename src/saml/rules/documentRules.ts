// Rules of the document as a whole: what it is at all, its encoding, document types, its root, unique IDs.
import type { Fix, Findings } from '../finding.ts';
import type { ValidateOptions } from '../validateOptions.ts';
import { is, walk, type Attribute, type Element } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import type { RuleContext } from './ruleContext.ts';

/** Before parsing. False: it is no XML at all, and that has been said. */
export function textRules(text: string, { bom = false }: ValidateOptions, findings: Findings): boolean {
  const start = { start: 0, end: Math.min(1, text.length) };
  if (bom || text.startsWith('\uFEFF')) tellBom(findings, text.startsWith('\uFEFF'));
  privateKeyRule(text, findings);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    findings.error('R1', { start: nul, end: nul + 1 }, 'There is a NUL character; no XML may have one.');
    return false;
  }
  const otherwise = otherThanXml(text.replace(/^\uFEFF/, ''));
  if (otherwise !== undefined) findings.error('R1', start, otherwise);
  return otherwise === undefined;
}

function otherThanXml(text: string): string | undefined {
  const head = text.trimStart().slice(0, 400);
  if (head === '') return 'The file is empty.';
  if (/^(?:<!--[^]*?-->\s*)?<!doctype\s+html|^<html[\s>]/i.test(head))
    return 'This is a web page (HTML) and no metadata: probably an error or sign-in page that was saved. Fetch the address again, signed in, and look at what comes.';
  if (/^[[{]/.test(head)) return 'This is JSON and no metadata. For OpenID Connect there is another kind of provider.';
  if (head.startsWith('-----BEGIN')) return 'This is a certificate or key and no metadata.';
  if (!head.startsWith('<')) return 'This is not XML: it does not begin with "<".';
  return undefined;
}

function tellBom(findings: Findings, inText: boolean): void {
  const range = { start: 0, end: inText ? 1 : 0 };
  const fix: Fix = { title: 'Save without byte order mark', edits: inText ? [{ ...range, text: '' }] : [] };
  const message = 'The file begins with a byte order mark (BOM).';
  findings.error('R3', range, message, { profiles: ['iam'], fix });
  findings.inform('R3', range, message, { fix });
}

/** Said, and never shown. */
function privateKeyRule(text: string, findings: Findings): void {
  const found = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:[^-]*-----END (?:[A-Z]+ )?PRIVATE KEY-----)?/.exec(text);
  if (!found) return;
  const range = { start: found.index, end: found.index + found[0].length };
  const message =
    'A private key stands in this file. Metadata is public: whoever has seen it can sign in your name. Remove it and make a new key.';
  findings.error('R12', range, message, { fix: { title: 'Remove the private key', edits: [{ ...range, text: '' }] } });
}

/** 'entities': it declares things, and so nothing behind it is believed. */
export function doctypeRule(text: string, findings: Findings): 'none' | 'plain' | 'entities' {
  const start = startOfContent(text);
  if (!/^<!DOCTYPE\b/i.test(text.slice(start, start + 20))) return 'none';
  const declares = /^[^>[]*\[/.test(text.slice(start, start + 10_000));
  const close = declares ? text.indexOf(']>', start) + 1 : text.indexOf('>', start);
  const end = close > start ? close + 1 : text.length;
  const message = declares
    ? 'The document declares a DOCTYPE with entities. It is refused; nothing was expanded or fetched.'
    : 'The document has a DOCTYPE. SAML forbids it; nothing was fetched.';
  findings.error('R2', { start, end }, message, {
    ...(!declares && { fix: { title: 'Remove the DOCTYPE', edits: [{ start, end, text: '' }] } }),
  });
  return declares ? 'entities' : 'plain';
}

/** Behind white space, comments and processing instructions. */
export function startOfContent(text: string): number {
  let at = 0;
  for (;;) {
    while (/[\s\uFEFF]/.test(text[at] ?? 'x')) at += 1;
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    const close = end === undefined ? -1 : text.indexOf(end, at + 2);
    if (end === undefined || close < 0) return at;
    at = close + end.length;
  }
}

export function documentRules(context: RuleContext): void {
  const { document, findings } = context;
  rootRule(context);
  for (const element of walk(document.root)) {
    if (element.namespace === 'http://www.w3.org/2001/XInclude')
      findings.warn('R2', element.nameRange, 'XInclude is not followed: what it would include is not here.');
  }
  duplicateIds(context);
}

function rootRule({ document: { root }, findings }: RuleContext): void {
  const name = ['EntityDescriptor', 'EntitiesDescriptor'].find((one) => root.local.toLowerCase() === one.toLowerCase());
  if (name !== undefined && is(root, namespaces.md, name)) return;
  if (root.namespace === namespaces.samlp || (root.namespace === namespaces.saml && root.local === 'Assertion')) {
    findings.error('R4', root.nameRange, `This is a SAML message (${root.local}), not metadata. Decode it instead.`);
  } else if (name === undefined) {
    findings.error(
      'R4',
      root.nameRange,
      `The document begins with ${root.name}; metadata begins with EntityDescriptor.`,
    );
  } else if (root.namespace === '') {
    findings.error('R4', root.nameRange, `${root.name} has no namespace.`, { fix: addNamespace(root) });
  } else if (root.local !== name) {
    findings.error('R4', root.nameRange, `${root.name} should be spelled ${name}.`);
  } else {
    findings.error(
      'R4',
      declarationOf(root)?.valueRange ?? root.nameRange,
      `${root.name} is in the wrong namespace, ${root.namespace}.`,
      {
        fix: replaceNamespace(root),
      },
    );
  }
}

function declarationOf(root: Element): Attribute | undefined {
  return root.attributes.find(({ name }) => name === (root.prefix === '' ? 'xmlns' : `xmlns:${root.prefix}`));
}

function addNamespace(root: Element): Fix | undefined {
  if (root.prefix !== '') return undefined;
  const at = root.nameRange.end;
  return {
    title: 'Add the namespace of SAML 2.0 metadata',
    edits: [{ start: at, end: at, text: ` xmlns="${namespaces.md}"` }],
  };
}

function replaceNamespace(root: Element): Fix | undefined {
  const declared = declarationOf(root);
  return (
    declared && {
      title: 'Use the namespace of SAML 2.0 metadata',
      edits: [{ ...declared.valueRange, text: namespaces.md }],
    }
  );
}

function duplicateIds({ document: { root }, findings }: RuleContext): void {
  const seen = new Map<string, Attribute>();
  for (const element of walk(root)) {
    const id = element.attributes.find(({ name }) => name === 'ID' || name === 'Id');
    if (!id) continue;
    if (seen.has(id.value))
      findings.error('R28', id.valueRange, `The ID ${id.value.slice(0, 100)} is on another element too.`);
    else seen.set(id.value, id);
  }
}
