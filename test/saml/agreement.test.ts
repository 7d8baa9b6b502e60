// What xmllint and xmlsec1 were found to say where we once said otherwise, and what a reader could be kept busy with.
import { describe, expect, test } from 'vitest';
import { builtinProblem } from '../../src/saml/grammar/builtinTypes.ts';
import { checkGrammar } from '../../src/saml/grammar/checkGrammar.ts';
import { signXml } from '../../src/saml/message/signXml.ts';
import { trustFromMetadata } from '../../src/saml/message/trust.ts';
import { mostOfOne } from '../../src/saml/finding.ts';
import { parseXml } from '../../src/saml/xml/parseXml.ts';
import { keyPair, now } from './keys.ts';
import { adfs, aggregate, okta } from './samples.ts';
import { found, idp, judge } from './spoil.ts';

const key = keyPair();
const signing = key.certificate;
const id = '_5c6f2b7e-0d5a-4f0c-9a44-0d5e5fb4f1a7';
const signed = signXml(adfs({ signing }), { id, key });
const repeat = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join('');

describe('simple types', () => {
  test.each([
    ['unsignedShort', ['1', '007', '65535'], ['+1', '-0', ' 1', '1 ', '65536']],
    ['short', ['+1', '-0'], [' 1']],
    ['positiveInteger', [' 1 ', '+1', '9'.repeat(24)], ['0', '9'.repeat(25)]],
    ['dateTime', ['2030-01-01T00:00:00Z', '2030-01-01T00:00:00Z '], [' 2030-01-01T00:00:00Z']],
    ['duration', ['PT1H', ' PT1H', 'PT.5S', 'PT5.S'], ['PT1H ', 'PT.S', `P${'9'.repeat(19)}D`]],
  ])('%s', (type, good, bad) => {
    expect(good.filter((value) => builtinProblem(type, value) !== undefined)).toEqual([]);
    expect(bad.filter((value) => builtinProblem(type, value) === undefined)).toEqual([]);
  });
});

describe('elements', () => {
  const role = (type: string, inner = '') =>
    idp().replace(
      '</md:IDPSSODescriptor>',
      `</md:IDPSSODescriptor><md:RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:query="urn:oasis:names:tc:SAML:metadata:ext:query" xmlns:x="urn:x" xsi:type="${type}" protocolSupportEnumeration="a">${inner}</md:RoleDescriptor>`,
    );
  const extended = (inner: string) =>
    idp().replace('<md:IDPSSODescriptor', `<md:Extensions>${inner}</md:Extensions><md:IDPSSODescriptor`);
  test.each([
    ['a role of another protocol', role('x:Role', '<x:y/>'), 'valid'],
    ['a role that asks for attributes', role('query:AttributeQueryDescriptorType'), 'valid'],
    ['a type that its schema does not have', role('query:Nothing'), 'invalid'],
    ['a type without prefix', role('Role'), 'invalid'],
    [
      'nil on what no schema knows',
      extended('<x:y xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'),
      'valid',
    ],
    [
      'a source ID',
      extended('<s:SourceID xmlns:s="urn:oasis:names:tc:SAML:profiles:v1metadata">x</s:SourceID>'),
      'invalid',
    ],
    ['257 deep', extended('<x:y xmlns:x="urn:x">'.repeat(255) + '</x:y>'.repeat(255)), 'valid'],
  ])('%s', (_, text, schema) => expect(judge(text).schema).toBe(schema));
  test('XML 1.1 is read as 1.0', () =>
    expect(judge(extended('<x:y xmlns:x="urn:x">&#1;</x:y>').replace('1.0', '1.1')).wellFormed).toBe(false));
});

describe('encodings', () => {
  const declared = (name: string, letter = 'x') =>
    idp().replace('UTF-8', name).replace('<md:IDP', `<!-- ${letter} --><md:IDP`);
  test.each([
    ['a mark counts more than the declaration', Buffer.from(`\uFEFF${declared('ISO-8859-1', 'é')}`), true],
    ['UTF-16 that is none', Buffer.from(declared('UTF-16')), false],
    ['ASCII with other letters', Buffer.from(declared('us-ascii', 'é')), false],
    ['ASCII', Buffer.from(declared('us-ascii')), true],
  ])('%s', (_, bytes, wellFormed) => expect(judge(bytes).wellFormed).toBe(wellFormed));
});

describe('signatures', () => {
  test('a value that has lost its end does not hold', () => {
    const cut = signed.replace(/=+(?=\s*<\/ds:SignatureValue>)/, '');
    expect([judge(signed).signature, judge(cut).signature]).toEqual(['valid', 'invalid']);
  });
  test.each(['&amp;', '-_-_', '%0A'])('nor one with %s among its base64', (more) => {
    const among = (text: string) => signed.replace(/(<ds:SignatureValue>)/, `$1${text}`);
    expect([judge(among('\n ')).signature, judge(among(more)).signature]).toEqual(['valid', 'invalid']);
  });
  test('of a federation one provider cannot speak for another', () => {
    const other = keyPair({ name: 'other.example' }).certificate;
    const trust = trustFromMetadata(aggregate([okta({ signing }), adfs({ signing: other })]), now);
    expect(trust.entityID).toBe('http://www.okta.com/exk1a2b3c4d5e6f7g8h9');
    expect(trust.keys.map(({ certificate }) => certificate)).toEqual([signing]);
  });
});

test('a private key without its lines is known for what it is', () => {
  const body = key.privateKey.replace(/-----[^-]+-----|\s/g, '');
  expect(found(idp().replace(/(<ds:X509Certificate>)[^<]*/, `$1${body}`), 'R12')[0]?.finding.message).toContain(
    'private key',
  );
});

describe('what AWS wants of several', () => {
  const second = (protocol: string) =>
    idp().replace(
      /<md:IDPSSODescriptor.*<\/md:IDPSSODescriptor>/s,
      (role) => role + role.replace('urn:oasis:names:tc:SAML:2.0:protocol', protocol),
    );
  test('a second role for SAML 1.1 is none of its business', () => {
    expect(found(second('urn:oasis:names:tc:SAML:1.1:protocol'), 'R10', 'iam')).toEqual([]);
    expect(found(second('urn:oasis:names:tc:SAML:2.0:protocol'), 'R10', 'iam')).toHaveLength(1);
    const old = idp().replace('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:1.1:protocol');
    expect(found(old, 'R10', 'iam')[0]?.finding.message).toContain('does not speak SAML 2.0');
  });
});

test('of a thousand findings of one kind the first are listed, and the count', () => {
  const text = aggregate(Array.from({ length: 1000 }, () => okta({ signing })));
  const listed = judge(text).findings.filter(({ rule }) => rule === 'R37');
  expect(listed).toHaveLength(mostOfOne + 1);
  expect(listed.at(-1)?.message).toContain('1000 of these');
});

/** Each took seconds to hours for some 100 KB once: twice the text may take about twice the time. */
describe('what keeps readers busy takes no longer than its length', () => {
  const reference = /<ds:Reference[^]*?<\/ds:Reference>/.exec(signed)?.[0] ?? '';
  const contact = (inner: string) => signed.replace('<ContactPerson', `${inner}<ContactPerson`);
  const declaring = (count: number, text: string) =>
    text.replace('<EntityDescriptor ', `<EntityDescriptor ${repeat(count, (at) => `xmlns:p${at}="urn:${at}" `)}`);
  const inclusive = (text: string) =>
    text.replaceAll('http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315');
  const attacks: readonly (readonly [string, (count: number) => string])[] = [
    ['references', (count) => signed.replace(reference, reference.repeat(count / 20))],
    ['namespaces, declared once', (count) => inclusive(declaring(count, contact(repeat(count, (at) => `<a${at}/>`))))],
    [
      'namespaces, declared everywhere',
      (count) => declaring(count, contact(repeat(count, (at) => `<a${at} xmlns:q="u"/>`))),
    ],
    [
      'a long list of prefixes',
      (count) =>
        contact(repeat(count, (at) => `<a${at}/>`)).replace(
          '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
          `<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><i:InclusiveNamespaces xmlns:i="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${repeat(count, (at) => `p${at} `)}"/></ds:Transform>`,
        ),
    ],
    [
      'comments in a value',
      (count) => idp().replace('<md:NameIDFormat>', `<md:NameIDFormat>${'aaaaaaaaaaaaaaaa<!---->'.repeat(count)}`),
    ],
    ['duplicate IDs', (count) => contact(repeat(count, () => '<x ID="a"/>'))],
  ];
  test.each(attacks)(
    '%s',
    (_, attack) => {
      const time = (count: number) => {
        const text = attack(count);
        const began = performance.now();
        judge(text);
        return performance.now() - began;
      };
      time(1000);
      const [small, large] = [Math.min(time(4000), time(4000)), Math.min(time(16_000), time(16_000))];
      // Four times the text: some noise of a busy machine is granted, sixteen times the time is not.
      expect(large).toBeLessThan(Math.max(10 * small, 1500));
    },
    120_000,
  );
});

test('a deep document is checked without a deep stack', () => {
  const parsed = parseXml('<a>'.repeat(200) + '</a>'.repeat(200));
  expect(parsed.ok && checkGrammar(parsed.document.root).length).toBe(1);
});
