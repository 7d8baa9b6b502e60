// What the grammar found, as findings: most as rule 5, damage to the key's namespace as rule 6; with fixes where one is sure.
import type { Fix } from '../finding.ts';
import type { SchemaProblem } from '../grammar/schemaProblem.ts';
import { resolvePrefix, walk, type Attribute, type Element } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import type { RuleContext } from './ruleContext.ts';

export function grammarRules(problems: readonly SchemaProblem[], context: RuleContext): void {
  const { document, findings } = context;
  const damaged = new Set<Element>();
  for (const attribute of damagedDeclarations(document.root)) {
    const right = attribute.value.replace('https://', 'http://');
    findings.error(
      'R6',
      attribute.valueRange,
      `The namespace should begin with http://, not https://: it is a name and no address.`,
      {
        fix: { title: `Use ${right}`, edits: [{ ...attribute.valueRange, text: right }] },
      },
    );
  }
  for (const element of walk(document.root)) {
    if (element.local !== 'KeyInfo' || element.namespace === namespaces.ds) continue;
    if (element.parent?.local !== 'KeyDescriptor' && element.parent?.local !== 'Signature') continue;
    damaged.add(element);
    if (/^https:\/\/www\.w3\.org\/2000\/09\/xmldsig#?$/.test(element.namespace)) continue;
    findings.error(
      'R6',
      element.nameRange,
      `${element.name} is in the namespace ${element.namespace || '(none)'}; it must be in ${namespaces.ds}.`,
      {
        fix: keyInfoFix(element),
      },
    );
  }
  for (const problem of problems) {
    if (damaged.has(problem.element)) continue;
    findings.error('R5', problem.range, problem.message, { fix: fixOf(problem, document.text) });
  }
}

function damagedDeclarations(root: Element): Attribute[] {
  const right: readonly string[] = Object.values(namespaces);
  return [...walk(root)].flatMap(({ attributes }) =>
    attributes.filter(
      ({ namespace, value }) =>
        namespace === namespaces.xmlns &&
        value.startsWith('https://') &&
        right.includes(value.replace('https://', 'http://')),
    ),
  );
}

function keyInfoFix(element: Element): Fix | undefined {
  if (element.prefix === '' && !Object.hasOwn(element.declared, '')) {
    const at = element.nameRange.end;
    return {
      title: 'Put KeyInfo into the namespace of XML signatures',
      edits: [{ start: at, end: at, text: ` xmlns="${namespaces.ds}"` }],
    };
  }
  if (resolvePrefix(element, 'ds') !== namespaces.ds || element.end === element.tagRange.end) return undefined;
  const close = element.contentRange.end + 2;
  return {
    title: 'Write ds:KeyInfo',
    edits: [
      { ...element.nameRange, text: 'ds:KeyInfo' },
      { start: close, end: close + element.name.length, text: 'ds:KeyInfo' },
    ],
  };
}

/** What a missing attribute is likely to be. */
const likely: Readonly<Record<string, string>> = {
  protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
  'xml:lang': 'en',
  contactType: 'technical',
};

/** Nobody wants to see more of it moved at one press; and each fix carries its text along. */
const longMove = 20_000;

function fixOf({ kind, element, attribute, expected, before }: SchemaProblem, text: string): Fix | undefined {
  if (kind === 'order' && before)
    return element.end - element.start > longMove ? undefined : moveFix(element, before, text);
  if (kind === 'unknown-attribute' && attribute)
    return { title: `Remove ${attribute.name}`, edits: [{ start: attribute.start - 1, end: attribute.end, text: '' }] };
  const [name] = expected;
  if (kind !== 'missing-attribute' || name === undefined) return undefined;
  const at = element.nameRange.end;
  const value = name === 'index' ? String(nextIndex(element)) : likely[name];
  return value === undefined
    ? undefined
    : { title: `Add ${name}="${value}"`, edits: [{ start: at, end: at, text: ` ${name}="${value}"` }] };
}

function nextIndex(element: Element): number {
  const siblings = element.parent?.children ?? [];
  let highest = -1;
  for (const one of siblings.slice(0, 1000)) {
    if (one.kind !== 'element' || one.name !== element.name) continue;
    const index = Number(one.attributes.find(({ name }) => name === 'index')?.value ?? -1);
    if (index > highest) highest = index;
  }
  return highest + 1;
}

function moveFix(element: Element, before: Element, text: string): Fix {
  return {
    title: `Move ${element.name} before ${before.name}`,
    edits: [
      { start: before.start, end: before.start, text: text.slice(element.start, element.end) },
      { start: element.start, end: element.end, text: '' },
    ],
  };
}
