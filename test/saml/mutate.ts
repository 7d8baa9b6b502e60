// Spoils a document at random, the way people and programs do: order, names, attributes, values, text.
import { elementsOf, walk, type Element } from '../../src/saml/xml/document.ts';
import { parseXml } from '../../src/saml/xml/parseXml.ts';
import { escapeXml } from '../../src/saml/xml/escapeXml.ts';

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const values =
  '||  |true|1|TRUE| true |-1|+1|65535|65536|007|1.0|abc|a b|_x|1x|x:y|é|2020-01-01T00:00:00Z|2020-01-01|2020-13-01T00:00:00Z|2020-02-30T00:00:00Z|2020-01-01T24:00:00Z|2020-01-01T00:00:60Z|2020-01-01T00:00:00.5Z|2020-01-01T00:00:00+14:01|02020-01-01T00:00:00Z|0000-01-01T00:00:00Z|P1D|PT1H|P|PT|P1.5D|PT1.5S|P1H|-P1D|http://a b|http://[x|http://a:80/|http://a:/|%41|%zz|http://ä/|http://a/<b>|http://a/[b]|http://a/#[b]|#a#b|:b|//|http://u@v@w/|mailto:a@b|en|de-AT|en_US|english|abcdefghi|QQ==|QQ|QUI=|Q U J D|QR==|QUJD=|signing|technical|xs:string|md:EndpointType|foo:bar'.split(
    '|',
  );
const attributes =
  'xml:lang xml:base xml:space foo ID use index isDefault Binding Location entityID validUntil cacheDuration protocolSupportEnumeration errorURL contactType Name Algorithm NameFormat isRequired height'.split(
    ' ',
  );
const elements =
  'Extensions KeyDescriptor Organization ContactPerson NameIDFormat SingleSignOnService RoleDescriptor EntityDescriptor EmailAddress EncryptionMethod Unknown'.split(
    ' ',
  );
const junk = [' ', '\n', 'x', '<![CDATA[ ]]>', '<![CDATA[x]]>', '<!-- c -->', '<?pi x?>', '&#32;', '&#160;'];

export function mutate(text: string, random: () => number): string {
  const parsed = parseXml(text);
  if (!parsed.ok) return text;
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  const element = pick([...walk(parsed.document.root)]);
  return element ? spoil(text, element, pick, Math.floor(random() * 9)) : text;
}

function spoil(text: string, element: Element, pick: <T>(all: readonly T[]) => T | undefined, way: number): string {
  const cut = (start: number, end: number, by = '') => text.slice(0, start) + by + text.slice(end);
  const own = element.attributes.filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns');
  const attribute = pick(own);
  const value = escapeXml(pick(values) ?? '');
  const inside = (piece: string) =>
    element.end === element.tagRange.end
      ? cut(element.end - 2, element.end, `>${piece}</${element.name}>`)
      : cut(element.contentRange.end, element.contentRange.end, piece);
  if (way === 0) return element.parent ? cut(element.start, element.end) : text;
  if (way === 1) return element.parent ? cut(element.end, element.end, text.slice(element.start, element.end)) : text;
  if (way === 2) return swapped(text, element);
  if (way === 3) return attribute ? cut(attribute.start, attribute.end) : text;
  if (way === 4) return attribute ? cut(attribute.valueRange.start, attribute.valueRange.end, value) : text;
  if (way === 5) {
    const name = pick(attributes) ?? 'foo';
    return own.some((one) => one.name === name)
      ? text
      : cut(element.nameRange.end, element.nameRange.end, ` ${name}="${value}"`);
  }
  if (way === 6) return elementsOf(element).length > 0 ? text : inside(value);
  if (way === 7) return inside(pick(junk) ?? '');
  const prefix = element.prefix === '' ? '' : `${element.prefix}:`;
  return inside(`<${prefix}${pick(elements) ?? 'x'}/>`);
}

function swapped(text: string, element: Element): string {
  const [first, second] = elementsOf(element);
  if (!first || !second) return text;
  return (
    text.slice(0, first.start) +
    text.slice(second.start, second.end) +
    text.slice(first.end, second.start) +
    text.slice(first.start, first.end) +
    text.slice(second.end)
  );
}
