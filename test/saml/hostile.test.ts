// Bad input of every kind: told in a sentence, never thrown, never slow, never followed.
import { describe, expect, test } from 'vitest';
import { describe as describeMetadata } from '../../src/saml/describe.ts';
import { decodeMessage } from '../../src/saml/message/decodeMessage.ts';
import { checkResponse } from '../../src/saml/message/checkResponse.ts';
import { trustFromCertificates } from '../../src/saml/message/trust.ts';
import { mutate, randomFrom } from './mutate.ts';
import { keyPair, now } from './keys.ts';
import { adfs, shibboleth } from './samples.ts';
import { found, idp, judge } from './spoil.ts';

describe('what is no metadata', () => {
  const message = (input: string | Uint8Array) =>
    judge(input)
      .findings.map(({ message: said }) => said)
      .join(' ');
  test.each([
    ['empty', '', 'empty'],
    ['blank', ' \n ', 'empty'],
    ['HTML', '<!DOCTYPE html><html><body>Sign in</body></html>', 'web page'],
    ['JSON', '{"issuer":"x"}', 'JSON'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMII', 'certificate'],
    ['words', 'hello', 'not XML'],
    ['a message', '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>', 'SAML message'],
  ])('%s', (_, text, words) => expect(message(text)).toContain(words));
  test.each([
    ['gzip', Buffer.from('1f8b0800', 'hex'), 'gzip'],
    ['bytes that are no UTF-8', Buffer.from('3c613ec3283c2f613e', 'hex'), 'UTF-8'],
    ['34 MB', Buffer.alloc(34 * 1024 * 1024, 0x20), '34 MB'],
  ])('%s', (_, bytes, words) => expect(message(bytes)).toContain(words));
  test('UTF-16 is read, and told to IAM', () => {
    const bytes = Buffer.from(`\uFEFF${idp()}`, 'utf16le');
    expect(judge(bytes)).toMatchObject({ wellFormed: true, schema: 'valid', accepts: { iam: false, cognito: true } });
  });
  test('Latin-1 is read where it says so', () => {
    const bytes = Buffer.from(
      idp().replace('UTF-8', 'ISO-8859-1').replace('<md:IDP', '<!-- \u00e9 --><md:IDP'),
      'latin1',
    );
    expect(judge(bytes)).toMatchObject({ wellFormed: true, schema: 'valid' });
  });
  test('a private key is never repeated', () => {
    const said = JSON.stringify(
      judge(`${idp()}<!-- -----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY----- -->`).findings,
    );
    expect(said).not.toContain('SECRET');
  });
});

describe('attack files', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 12 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]><a>&a11;</a>`;
  const outside = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`;
  test.each([
    ['bomb', bomb],
    ['external entity', outside],
    ['external subset', `<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>`],
  ])('%s', (_, text) => {
    const { findings, accepts } = judge(text);
    expect(findings.some(({ rule, severity }) => rule === 'R2' && severity === 'error')).toBe(true);
    expect(accepts).toEqual({ iam: false, cognito: false });
  });
  test('10,000 deep', () => {
    const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
    expect(judge(deep).findings[0]?.message).toContain('deep');
    expect(checkResponse(deep, { trust: trustFromCertificates([]), now }).trusted).toBe(false);
    expect(decodeMessage(deep).ok).toBe(true);
  });
  test.each(['javascript:alert(1)', 'command:workbench.action.quit', 'data:text/html,x', 'JaVaScRiPt:x', 'vbscript:x'])(
    '%s as an address',
    (address) => {
      expect(found(idp().replace(/Location="[^"]*"/, `Location="${address}"`), 'R20')[0]?.severity).toBe('error');
    },
  );
  test('Markdown and HTML in names stay as they are, for who shows them to escape', () => {
    const name = '[click](command:x) &lt;script&gt;';
    const text = shibboleth({ signing: keyPair().certificate }).replace(
      '<OrganizationDisplayName xml:lang="en">Example University',
      `<OrganizationDisplayName xml:lang="en">${name}`,
    );
    expect(describeMetadata(judge(text))?.entities[0]?.name).toBe('[click](command:x) <script>');
  });
  test('__proto__ and constructor are names like others', () => {
    const text = idp().replace(
      '<md:IDPSSODescriptor',
      '<md:Extensions><__proto__ xmlns="urn:x" constructor="y" __proto__="z"/></md:Extensions><md:IDPSSODescriptor',
    );
    expect(judge(text)).toMatchObject({ wellFormed: true, schema: 'valid' });
  });
});

describe('anything', () => {
  const base = [adfs({ signing: keyPair().certificate }), shibboleth({ signing: keyPair().certificate })];
  test('cut off anywhere, it is told and not thrown', () => {
    const [text = ''] = base;
    for (let at = 0; at < text.length; at += 173) expect(judge(text.slice(0, at)).wellFormed).toBe(false);
  });
  test('spoilt at random, it is told and not thrown', () => {
    const random = randomFrom(7);
    for (let n = 0; n < 150; n += 1) {
      let text = base[n % 2] ?? '';
      for (let k = 0; k < 3; k += 1) text = mutate(text, random);
      const bytes = Buffer.from(text);
      for (let k = 0; k < n % 5; k += 1) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const { findings } = judge(bytes);
      expect(findings.every(({ range, line, column }) => range.start <= range.end && line >= 1 && column >= 1)).toBe(
        true,
      );
    }
  });
});
