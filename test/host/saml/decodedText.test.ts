// What is pasted, as the document that shows it.
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodedText } from '../../../src/host/saml/decodedText.ts';
import { parseXml } from '../../../src/saml/xml/parseXml.ts';
import { now } from '../../saml/keys.ts';

const shown = (input: string) => {
  const decoded = decodedText(input, now);
  return decoded.ok ? decoded : expect.fail(decoded.message);
};
const request =
  '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"><a/></samlp:AuthnRequest>';

test('a request in an address: undone step by step, what came along is told', () => {
  const packed = encodeURIComponent(deflateRawSync(request).toString('base64'));
  const { text, title, response, language } = shown(`https://idp/sso?SAMLRequest=${packed}&RelayState=a--%3E%3Cb`);
  expect([title, response, language]).toEqual(['SAML request', false, 'xml']);
  expect(text).toContain('Undone: URL‐encoded, base64, DEFLATE.');
  expect(text).toContain('RelayState: a‐‐><b');
  expect(parseXml(text).ok).toBe(true);
});

test('places of the message are found in what is shown', () => {
  const decoded = shown(Buffer.from(request).toString('base64'));
  const start = request.indexOf('_1');
  const there = decoded.rangeThere({ start, end: start + 2 });
  expect(decoded.text.slice(there.start, there.end)).toBe('_1');
});

test('a token is JSON with its times; none of it is believed', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { text, language } = shown(`${part({ alg: 'none' })}.${part({ sub: 'a', exp: now / 1000 - 1 })}.`);
  expect(language).toBe('json');
  expect(JSON.parse(text)).toMatchObject({
    header: { alg: 'none' },
    state: 'expired',
    signature: expect.stringContaining('anybody'),
  });
});

test('what is no message is said, and not repeated', () => {
  const decoded = decodedText('s3cret words!', now);
  expect(decoded.ok).toBe(false);
  expect(JSON.stringify(decoded)).not.toContain('s3cret');
});
