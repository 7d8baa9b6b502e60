// Rules of entities: their names, how long the document holds, languages, asides inside values, how many there are.
import {
  attributeOf,
  elementsOf,
  textOf,
  walk,
  type Attribute,
  type Element,
  type Node,
  type Range,
} from '../xml/document.ts';
import { durationProblem, momentOf } from '../grammar/timeTypes.ts';
import { namespaces } from '../xml/namespaces.ts';
import type { RuleContext } from './ruleContext.ts';

const day = 24 * 3600 * 1000;

export function entityRules(context: RuleContext): void {
  const { metadata, document } = context;
  for (const { element, entityID } of metadata.entities) {
    if (entityID) entityIdRules(entityID, context);
    else context.findings.error('R7', element.nameRange, `${element.name} has no entityID.`);
  }
  validityRules(document.root, context);
  for (const element of walk(document.root)) {
    if (element !== document.root && element.local === 'EntityDescriptor') validityRules(element, context);
    languageRules(element, context);
    asideRules(element, context);
  }
  const count = metadata.entities.length;
  if (count > 1)
    context.findings.warn(
      'R31',
      document.root.nameRange,
      `The document describes ${count} entities; one is wanted. Take out the one you mean.`,
      {
        profiles: ['iam', 'cognito'],
      },
    );
}

function entityIdRules({ value, valueRange }: Attribute, { findings }: RuleContext): void {
  const trimmed = value.trim();
  if (trimmed === '') return findings.error('R7', valueRange, 'entityID is empty.');
  if (trimmed !== value)
    return findings.error(
      'R7',
      valueRange,
      'entityID has blanks at its beginning or end; they count when it is compared.',
      {
        fix: { title: 'Remove the blanks', edits: [{ ...valueRange, text: escaped(trimmed) }] },
      },
    );
  if (/\s/.test(value)) return findings.error('R7', valueRange, 'entityID has a blank inside.');
  if ([...value].length > 1024)
    return findings.error('R7', valueRange, `entityID has ${[...value].length} characters; 1,024 are allowed.`);
  if (!/^(?:https?:\/\/|urn:)/i.test(value))
    findings.warn('R8', valueRange, 'entityID begins neither with http:// or https:// nor with urn:.');
  if (value.length > 80)
    findings.warn('R8', valueRange, `entityID has ${value.length} characters; some products take 80.`);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(value))
    findings.warn('R8', valueRange, 'entityID has invisible characters, which can make one name look like another.');
  else if (/^https?:\/\/[^/]*[^\x20-\x7e]/.test(value))
    findings.warn('R8', valueRange, 'The host in entityID has letters that are not ASCII, which can look like others.');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function validityRules(element: Element, { findings, options, document }: RuleContext): void {
  const until = attributeOf(element, 'validUntil');
  const cache = attributeOf(element, 'cacheDuration');
  if (cache && durationProblem(cache.value.trim()) !== undefined)
    findings.error('R9', cache.valueRange, 'cacheDuration should be a duration such as PT6H or P1D.');
  if (!until && !cache && element === document.root)
    findings.inform(
      'R9',
      element.nameRange,
      'There is neither validUntil nor cacheDuration: readers decide themselves how long it holds.',
    );
  if (until) untilRules(until.valueRange, until.value, { findings, now: options.now });
}

function untilRules(
  range: Range,
  value: string,
  { findings, now }: Pick<RuleContext, 'findings'> & { now: number },
): void {
  const at = momentOf(value);
  if (at === undefined) return findings.error('R9', range, 'validUntil should be a time such as 2030-01-31T12:00:00Z.');
  const date = new Date(at).toISOString().slice(0, 10);
  if (at < now) findings.warn('R9', range, `The metadata was valid until ${date}, ${daysOf(now - at)} ago.`);
  else if (at - now < 14 * day)
    findings.warn('R9', range, `The metadata is valid until ${date}, for ${daysOf(at - now)} more.`);
}

export function daysOf(milliseconds: number): string {
  const days = Math.floor(milliseconds / day);
  return days === 1 ? '1 day' : days === 0 ? 'less than a day' : `${days} days`;
}

const withLanguage: ReadonlySet<string> = new Set([
  'OrganizationName',
  'OrganizationDisplayName',
  'OrganizationURL',
  'ServiceName',
  'ServiceDescription',
]);

function languageRules(element: Element, { findings }: RuleContext): void {
  if (element.namespace !== namespaces.md || !['Organization', 'AttributeConsumingService'].includes(element.local))
    return;
  const seen = new Set<string>();
  for (const child of elementsOf(element)) {
    if (!withLanguage.has(child.local)) continue;
    const language = attributeOf(child, 'lang', namespaces.xml);
    if (!language) continue;
    const key = `${child.local} ${language.value.toLowerCase()}`;
    if (language.value.trim() === '') findings.warn('R30', language, `${child.name} has an empty xml:lang.`);
    else if (seen.has(key))
      findings.warn('R30', language.valueRange, `${child.name} is there twice in ${language.value}.`);
    seen.add(key);
  }
}

const exactValues: ReadonlySet<string> = new Set([
  'X509Certificate',
  'NameID',
  'NameIDFormat',
  'Issuer',
  'Audience',
  'AffiliateMember',
]);

function asideRules(element: Element, { findings }: RuleContext): void {
  if (!exactValues.has(element.local) || elementsOf(element).length > 0) return;
  // The first speaks for all: a fix takes them all away.
  for (const child of element.children) {
    const kind = asideKind(child);
    if (kind === undefined) continue;
    const fix = {
      title: `Write ${element.name} without it`,
      edits: [{ ...element.contentRange, text: escaped(textOf(element)) }],
    };
    return findings.warn(
      'R29',
      child,
      `A ${kind} stands inside ${element.name}; some readers see only what is before it.`,
      { fix },
    );
  }
}

function asideKind(child: Node): string | undefined {
  if (child.kind === 'text') return child.cdata ? 'CDATA section' : undefined;
  return child.kind === 'comment' ? 'comment' : 'processing instruction';
}
