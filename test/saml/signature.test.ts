// Signatures of metadata: what holds, what is broken, what was formatted, what is refused; and xmlsec1's word on the same files.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { signXml } from '../../src/saml/message/signXml.ts';
import { keyPair } from './keys.ts';
import { adfs, entra, shibboleth } from './samples.ts';
import { found, judge } from './spoil.ts';

const key = keyPair();
const id = '_5c6f2b7e-0d5a-4f0c-9a44-0d5e5fb4f1a7';
const signedAdfs = signXml(adfs({ signing: key.certificate }), { id, key });
const verdict = (text: string) => judge(text).signature;

describe('verdicts', () => {
  test('none where there is no signature', () => expect(verdict(adfs({ signing: key.certificate }))).toBe('none'));
  test('valid as issued, and that is integrity only', () => {
    expect(verdict(signedAdfs)).toBe('valid');
    expect(found(signedAdfs, 'R27').map(({ severity, at }) => [severity, at])).toEqual([['info', 'ds:Signature']]);
  });
  test('a pinned thumbprint makes it trust', () => {
    const other = found(signedAdfs, 'R27', 'any', { pinned: ['00'.repeat(20)] });
    expect(other[0]?.severity).toBe('warning');
    const sha1 = judge(signedAdfs).metadata?.entities[0]?.roles[0]?.keys[0]?.certificates[0]?.read;
    const thumbprint = sha1?.ok ? sha1.certificate.sha1.toLowerCase().replace(/..(?=.)/g, '$&:') : '';
    expect(found(signedAdfs, 'R27', 'any', { pinned: [thumbprint] })).toEqual([]);
  });
  test('invalid once a letter has changed', () => {
    const changed = signedAdfs.replace(
      'Location="https://sts.example.com/adfs/ls/"',
      'Location="https://sts.evil.example/adfs/ls/"',
    );
    expect(verdict(changed)).toBe('invalid');
    expect(found(changed, 'R25')[0]?.finding.message).toContain('changed since');
  });
  test('broken by reformatting is told apart', () => {
    const pretty = signedAdfs.replace(/></g, '>\n  <');
    expect(verdict(pretty)).toBe('invalid');
    expect(found(pretty, 'R25')[0]?.finding.message).toContain('broken by reformatting');
    const trimmed = signedAdfs.replace(/>([^<]+)</g, '>\n    $1\n  <');
    expect(found(trimmed, 'R25')[0]?.finding.message).toContain('broken by reformatting');
  });
  test('unverifiable without a key', () => {
    expect(verdict(signedAdfs.replace(/<ds:KeyInfo>.*?<\/ds:KeyInfo>/, ''))).toBe('unverifiable');
  });
  test('the bare key counts too', () => {
    const { n = '', e = '' } = createPublicKey(key.privateKey).export({ format: 'jwk' });
    const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64');
    const value = `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
    const bare = signedAdfs.replace(/<ds:X509Data>.*?<\/ds:X509Data>(?=<\/ds:KeyInfo>)/, value);
    expect(verdict(bare)).toBe('valid');
    expect(found(bare, 'R27')[0]?.finding.message).toContain('bare key');
  });
});

describe('forms that are refused (R26)', () => {
  const spoil = (from: string | RegExp, to: string) => signedAdfs.replace(from, to);
  const reference = /<ds:Reference[^]*?<\/ds:Reference>/.exec(signedAdfs)?.[0] ?? '';
  test.each([
    [
      'HMAC',
      spoil('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
      'unverifiable',
    ],
    [
      'XSLT',
      spoil(
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
      ),
      'unverifiable',
    ],
    [
      'XPath',
      spoil(
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>',
      ),
      'unverifiable',
    ],
    ['a remote reference', spoil(`URI="#${id}"`, 'URI="https://evil.example/x"'), 'unverifiable'],
    ['two references', spoil(reference, reference + reference), 'invalid'],
    ['two SignedInfo', spoil('<ds:SignedInfo>', '<ds:SignedInfo/><ds:SignedInfo>'), 'unverifiable'],
    ['a comment in DigestValue', spoil('<ds:DigestValue>', '<ds:DigestValue><!--x-->'), 'unverifiable'],
    ['a reference to another element', spoil(`URI="#${id}"`, 'URI="#elsewhere"'), 'invalid'],
  ])('%s', (_, text, expected) => {
    expect(found(text, 'R26')[0]?.severity).toBe('error');
    expect(verdict(text)).toBe(expected);
  });
});

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'saml-signature-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
if (!hasXmlsec) console.warn('SKIPPED: xmlsec1 is not installed, so signatures are not compared with its verdicts.');

describe.runIf(hasXmlsec)('as xmlsec1 says', () => {
  const md = 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor';
  const file = join(folder, 'x.xml');
  const keyFile = join(folder, 'key.pem');
  writeFileSync(keyFile, key.privateKey);
  const theirs = (text: string) => {
    writeFileSync(file, text);
    return spawnSync('xmlsec1', ['--verify', '--insecure', '--id-attr:ID', md, file]).status === 0
      ? 'valid'
      : 'invalid';
  };
  const sign = (text: string, c14n: string, transform: string, hash: string) => {
    const more = 'http://www.w3.org/2001/04/xmldsig-more#';
    const digest = hash === 'sha384' ? `${more}sha384` : `http://www.w3.org/2001/04/xmlenc#${hash}`;
    const empty = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${c14n}"/><ds:SignatureMethod Algorithm="${more}rsa-${hash}"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="${transform}"/></ds:Transforms><ds:DigestMethod Algorithm="${digest}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${key.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;
    writeFileSync(
      file,
      text.replace(/<EntityDescriptor[^>]*>/, (tag) => tag + empty),
    );
    return execFileSync('xmlsec1', ['--sign', '--privkey-pem', keyFile, '--id-attr:ID', md, file], {
      encoding: 'utf8',
    });
  };
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
  const ways = [
    [exclusive, exclusive, 'sha256'],
    [inclusive, inclusive, 'sha512'],
    [inclusive, `${exclusive}WithComments`, 'sha384'],
  ] as const;
  const changes: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => text.replace('</IDPSSODescriptor>', ' </IDPSSODescriptor>'),
    (text) => text.replace('SingleSignOnService Binding', 'SingleSignOnService  Binding'),
    (text) => text.replace('<IDPSSODescriptor', '<!-- y --><IDPSSODescriptor'),
    (text) => text.replace('<IDPSSODescriptor', '<?x y?><IDPSSODescriptor'),
    (text) => text.replace('<IDPSSODescriptor', '<IDPSSODescriptor xmlns:unused="urn:u"'),
    (text) => text.replace(/\n/g, '\r\n'),
    (text) => text.replace(/<\?xml[^>]*\?>/, '<?xml version="1.0"?>\n<?pi x?>\n'),
    (text) => text.replace('<ds:SignedInfo>', '<ds:SignedInfo> '),
    (text) => text.replace(/example/, 'exemple'),
  ];
  test.each(ways)(
    '%s, %s, %s',
    (c14n, transform, hash) => {
      for (const base of [
        adfs({ signing: key.certificate }),
        entra({ signing: key.certificate }),
        shibboleth({ signing: key.certificate }),
      ]) {
        const signed = sign(base, c14n, transform, hash);
        const ours = changes.map((change) => verdict(change(signed)));
        expect(ours).toEqual(changes.map((change) => theirs(change(signed))));
        expect(ours[0]).toBe('valid');
      }
    },
    60_000,
  );
});
