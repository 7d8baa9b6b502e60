// The formatted view: the same document in lines, and each place of the original found again.
import { expect, test } from 'vitest';
import { formatXml, rangeThere } from '../../../src/host/saml/formatXml.ts';
import { walk } from '../../../src/saml/xml/document.ts';
import { parseXml } from '../../../src/saml/xml/parseXml.ts';
import { keyPair } from '../../saml/keys.ts';
import { adfs, keycloak, shibboleth } from '../../saml/samples.ts';

const signing = keyPair().certificate;
const parsed = (text: string) => {
  const result = parseXml(text);
  return result.ok ? result.document : expect.fail(result.problem.message);
};

test.each([adfs, keycloak, shibboleth])('%o: nothing is lost but white space', (sample) => {
  const text = sample({ signing });
  const formatted = formatXml(parsed(text)).text;
  expect(formatted.replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''));
  expect(Math.max(...formatted.split('\n').map((line) => line.length))).toBeLessThan(200);
  const names = (xml: string) => [...walk(parsed(xml).root)].map(({ name, attributes }) => [name, attributes.length]);
  expect(names(formatted)).toEqual(names(text));
  expect(formatXml(parsed(formatted)).text).toBe(formatted);
});

test.each([adfs, shibboleth])('%o: places are found again', (sample) => {
  const document = parsed(sample({ signing }).replaceAll('\n', '\r\n'));
  const { text, pieces } = formatXml(document);
  for (const { nameRange, attributes } of walk(document.root)) {
    for (const range of [nameRange, ...attributes.map(({ valueRange }) => valueRange)]) {
      const there = rangeThere(pieces, range);
      expect(text.slice(there.start, there.end)).toBe(document.text.slice(range.start, range.end));
    }
  }
});

test('a private key that strayed in is not shown', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----';
  const { text } = formatXml(parsed(`<a>${key}<b/></a>`));
  expect(text).not.toContain('MIIE');
  expect(text).toContain('<b/>');
});

test('comments, mixed content, empty elements', () => {
  const { text } = formatXml(
    parsed('<?xml version="1.0"?><!-- c --><a x="1"><b/><c></c>one<d>two</d><!-- e --></a><!-- f -->'),
  );
  expect(text).toBe(
    '<?xml version="1.0"?><!-- c -->\n<a x="1">\n  <b/>\n  <c></c>\n  one\n  <d>two</d>\n  <!-- e -->\n</a>\n<!-- f -->\n',
  );
});
