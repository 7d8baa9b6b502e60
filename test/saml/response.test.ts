// Responses: the good ones are believed, each broken one is refused for its own reason, and no wrapped one is.
import { constants, createCipheriv, createPrivateKey, createPublicKey, publicEncrypt } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { C14nCanonicalization, SignedXml } from 'xml-crypto';
import { buildIdpMetadata } from '../../src/saml/message/buildMetadata.ts';
import { buildResponse, type ResponseWish } from '../../src/saml/message/buildResponse.ts';
import { checkResponse, type CheckOptions } from '../../src/saml/message/checkResponse.ts';
import { decodeMessage } from '../../src/saml/message/decodeMessage.ts';
import { rolePairs } from '../../src/saml/message/awsAttributes.ts';
import { trustFromCertificates, trustFromMetadata } from '../../src/saml/message/trust.ts';
import { keyPair, now } from './keys.ts';

const issuer = 'https://idp.example.com/saml';
const recipient = 'https://eu-west-1.signin.aws.amazon.com/saml';
const aws = 'https://aws.amazon.com/SAML/Attributes/';
const key = keyPair();
const wish: ResponseWish = {
  issuer,
  destination: recipient,
  audience: 'urn:amazon:webservices',
  nameId: { value: 'ada@example.com' },
  attributes: {
    [`${aws}Role`]: ['arn:aws:iam::123456789012:role/Admin,arn:aws:iam::123456789012:saml-provider/Labs'],
    [`${aws}RoleSessionName`]: ['ada@example.com'],
    [`${aws}SessionDuration`]: ['3600'],
  },
  now,
  ids: { response: '_r1', assertion: '_a1' },
  key,
};
const metadata = buildIdpMetadata({
  entityID: issuer,
  signing: [key.certificate],
  signOn: { redirect: `${issuer}/sso` },
});
const trust = trustFromMetadata(metadata, now);
const options: CheckOptions = {
  trust,
  now,
  audience: ['urn:amazon:webservices'],
  recipient: [recipient],
  provider: 'iam',
};
const check = (xml: string, more: Partial<CheckOptions> = {}) => checkResponse(xml, { ...options, ...more });
const rulesIn = (xml: string, more: Partial<CheckOptions> = {}) =>
  check(xml, more)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);
const good = buildResponse(wish);

describe('what is believed', () => {
  test.each(['assertion', 'response', 'both'] as const)('signed: %s', (sign) => {
    const checked = check(buildResponse({ ...wish, sign }));
    expect(checked.findings).toEqual([]);
    expect(checked.trusted).toBe(true);
    expect(checked.assertion).toMatchObject({
      issuer,
      nameId: { value: 'ada@example.com' },
      audiences: ['urn:amazon:webservices'],
    });
    expect(checked.assertion && rolePairs(checked.assertion)).toMatchObject([
      { account: '123456789012', role: 'arn:aws:iam::123456789012:role/Admin' },
    ]);
  });
  test('against a certificate alone, of any issuer', () => {
    expect(check(good, { trust: trustFromCertificates([key.certificate]) }).trusted).toBe(true);
  });
  test('either certificate while keys roll over', () => {
    const next = keyPair({ name: 'next' });
    const both = buildIdpMetadata({
      entityID: issuer,
      signing: [next.certificate, key.certificate],
      signOn: { redirect: issuer },
    });
    expect(check(good, { trust: trustFromMetadata(both, now) }).trusted).toBe(true);
  });
  test('signed over canonical XML 1.1, which the second verifier does not know', () => {
    const signed = signCanonical11(buildResponse({ ...wish, sign: 'none' }));
    expect(check(signed)).toMatchObject({ trusted: true, findings: [] });
    expect(rulesIn(signed.replace('role/Admin', 'role/Root'))).toContain('R41');
  });
});

/** As some identity providers do. */
function signCanonical11(xml: string): string {
  const name = 'http://www.w3.org/2006/12/xml-c14n11';
  class Canonical11 extends C14nCanonicalization {
    override getAlgorithmName = () => name;
  }
  const signer = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: name,
  });
  signer.CanonicalizationAlgorithms = { ...signer.CanonicalizationAlgorithms, [name]: Canonical11 };
  signer.addReference({
    xpath: "//*[@ID='_r1']",
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', name],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' },
  });
  return signer.getSignedXml();
}

describe('what is refused, and why', () => {
  const refused: readonly (readonly [string, string, string, Partial<CheckOptions>?])[] = [
    ['not signed', 'R41', buildResponse({ ...wish, sign: 'none' })],
    ['another key', 'R41', buildResponse({ ...wish, key: keyPair({ name: 'other' }) })],
    ['no certificate', 'R41', good, { trust: trustFromCertificates([]) }],
    ['altered', 'R41', good.replace('role/Admin', 'role/Root')],
    ['status', 'R40', good.replace('status:Success', 'status:Responder')],
    ['version', 'R40', good.replace('Version="2.0"', 'Version="1.1"')],
    ['another issuer', 'R42', buildResponse({ ...wish, issuer: 'https://other.example' })],
    ['recipient', 'R43', buildResponse({ ...wish, recipient: 'https://other.example' })],
    ['audience', 'R44', buildResponse({ ...wish, audience: 'urn:other' })],
    ['too late', 'R45', good, { now: now + 600_000 }],
    ['too early', 'R45', good, { now: now - 600_000 }],
    ['no role', 'R46', buildResponse({ ...wish, attributes: { [`${aws}RoleSessionName`]: ['ada'] } })],
    [
      'role in lower case',
      'R46',
      buildResponse({ ...wish, attributes: { ...wish.attributes, [`${aws}Role`]: [], [`${aws}role`]: ['x'] } }),
    ],
    [
      'two accounts',
      'R46',
      buildResponse({
        ...wish,
        attributes: {
          ...wish.attributes,
          [`${aws}Role`]: ['arn:aws:iam::123456789012:role/A,arn:aws:iam::999999999999:saml-provider/L'],
        },
      }),
    ],
    [
      'session name',
      'R47',
      buildResponse({ ...wish, attributes: { ...wish.attributes, [`${aws}RoleSessionName`]: ['Ada Lovelace'] } }),
    ],
    [
      'duration',
      'R48',
      buildResponse({ ...wish, attributes: { ...wish.attributes, [`${aws}SessionDuration`]: ['60'] } }),
    ],
    [
      'source identity',
      'R49',
      buildResponse({ ...wish, attributes: { ...wish.attributes, [`${aws}SourceIdentity`]: ['aws:x'] } }),
    ],
    ['replayed', 'R51', good, { seen: () => true }],
    ['answers nothing', 'R51', good, { inResponseTo: '_q1' }],
    ['nobody asked', 'R51', buildResponse({ ...wish, inResponseTo: '_q1' }), { inResponseTo: null }],
    ['encrypted', 'R41', good.replace(/<saml:Assertion[^]*<\/saml:Assertion>/, '<saml:EncryptedAssertion/>')],
    ['DOCTYPE', 'R2', `<!DOCTYPE x [<!ENTITY a "b">]>${good}`],
    ['not XML', 'R40', '<samlp:Response>'],
    ['metadata', 'R40', metadata],
  ];
  const cases = refused.map(([name, rule, xml, more]) => ({ name, rule, xml, more }));
  test.each(cases)('$name: $rule', ({ rule, xml, more }) => {
    expect(rulesIn(xml, more)).toContain(rule);
    expect(check(xml, more).trusted).toBe(false);
  });
  test('the answer to the request that was sent is taken', () => {
    expect(check(buildResponse({ ...wish, inResponseTo: '_q1' }), { inResponseTo: '_q1' }).trusted).toBe(true);
  });
});

describe('attacks', () => {
  const assertion = /<saml:Assertion[^]*<\/saml:Assertion>/.exec(good)?.[0] ?? '';
  const signature = /<ds:Signature[^]*<\/ds:Signature>/.exec(assertion)?.[0] ?? '';
  const bare = assertion.replace(signature, '');
  const evil = bare.replace('ada@example.com', 'root@example.com').replace('ID="_a1"', 'ID="_evil"');
  const evilWith = (inner: string) => evil.replace('</saml:Issuer>', `</saml:Issuer>${inner}`);
  const inObject = (inner: string) =>
    signature.replace('</ds:Signature>', `<ds:Object>${inner}</ds:Object></ds:Signature>`);
  const swap = (replacement: string) => good.replace(assertion, replacement);
  const responseSigned = buildResponse({ ...wish, sign: 'response' });
  const outer = /<ds:Signature[^]*?<\/ds:Signature>/.exec(responseSigned)?.[0] ?? '';
  const copy = responseSigned.replace(outer, '');
  const wrapResponse = (place: (original: string) => string) => place(copy).replace('role/Admin', 'role/Root');
  const wrapped: readonly (readonly [string, string])[] = [
    [
      'XSW1: the signed response inside its signature',
      wrapResponse((original) =>
        original
          .replace('ID="_r1"', 'ID="_evil"')
          .replace(
            '<samlp:Status>',
            `${outer.replace('</ds:Signature>', `<ds:Object>${copy}</ds:Object></ds:Signature>`)}<samlp:Status>`,
          ),
      ),
    ],
    [
      'XSW2: the signed response before the forged one',
      wrapResponse((original) =>
        original.replace('ID="_r1"', 'ID="_evil"').replace('<samlp:Status>', `${outer}${copy}<samlp:Status>`),
      ),
    ],
    ['XSW3: the forged assertion before the signed one', swap(evil + assertion)],
    [
      'XSW4: the signed assertion inside the forged one',
      swap(evil.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`)),
    ],
    ['XSW5: the forged assertion with the signature, the signed one behind', swap(evilWith(signature) + bare)],
    [
      'XSW6: the signed assertion inside the signature of the forged one',
      swap(evilWith(signature.replace('</ds:Signature>', `${bare}</ds:Signature>`))),
    ],
    [
      'XSW7: the forged assertion in Extensions',
      good.replace('<samlp:Status>', `<samlp:Extensions>${evil}</samlp:Extensions><samlp:Status>`),
    ],
    ['XSW8: the signed assertion in an Object', swap(evilWith(inObject(bare)))],
    ['the same ID twice', swap(evil.replace('_evil', '_a1') + assertion)],
    [
      'the signature moved to the response',
      good.replace(signature, '').replace('<samlp:Status>', `${signature}<samlp:Status>`),
    ],
    ['an Object in the signature', good.replace(signature, inObject('<x/>'))],
    ['two signatures', good.replace(signature, signature + signature)],
  ];
  test.each(wrapped)('%s', (_, xml) => {
    expect(xml).not.toBe(good);
    const { trusted, findings } = check(xml);
    expect(trusted).toBe(false);
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  });
  test('a comment in NameID does not cut the name short', () => {
    const long = buildResponse({ ...wish, nameId: { value: 'admin@example.com.evil.example' } });
    const cut = long.replace('admin@example.com.evil', 'admin@example.com<!-- x -->.evil');
    const { trusted, assertion: read, findings } = check(cut);
    expect(read?.nameId?.value).toBe('admin@example.com.evil.example');
    expect(trusted).toBe(true);
    expect(findings.map(({ rule }) => rule)).toEqual(['R29']);
  });
  test('HMAC with the public certificate as its key', () => {
    const hmac = good.replace(
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
    );
    expect(rulesIn(hmac)).toContain('R26');
    expect(check(hmac).trusted).toBe(false);
  });
  test('an XSLT transform is not run', () => {
    const xslt = good.replace(
      '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/></ds:Transform>',
    );
    expect(rulesIn(xslt)).toContain('R26');
  });
  test('a certificate in the message is not believed', () => {
    const own = keyPair({ name: 'attacker' });
    expect(check(buildResponse({ ...wish, key: own })).trusted).toBe(false);
  });
});

describe('encrypted assertions', () => {
  const assertion = /<saml:Assertion[^]*<\/saml:Assertion>/.exec(good)?.[0] ?? '';
  const service = keyPair({ name: 'service' });
  const encrypt = (way: 'gcm' | 'cbc') => {
    const secret = Buffer.alloc(32, 7);
    const iv = Buffer.alloc(way === 'gcm' ? 12 : 16, 9);
    const gcm = createCipheriv('aes-256-gcm', secret, iv.subarray(0, 12));
    const cbc = createCipheriv('aes-256-cbc', secret, Buffer.alloc(16, 9));
    const body =
      way === 'gcm'
        ? Buffer.concat([iv, gcm.update(assertion), gcm.final(), gcm.getAuthTag()])
        : Buffer.concat([iv, cbc.update(assertion), cbc.final()]);
    const wrapped = publicEncrypt(
      { key: createPublicKey(service.privateKey), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      secret,
    );
    const algorithm =
      way === 'gcm' ? 'http://www.w3.org/2009/xmlenc11#aes256-gcm' : 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';
    const xenc = 'http://www.w3.org/2001/04/xmlenc#';
    const value = (bytes: Buffer) =>
      `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;
    return good.replace(
      assertion,
      `<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="${xenc}"><xenc:EncryptionMethod Algorithm="${algorithm}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"/>${value(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>${value(body)}</xenc:EncryptedData></saml:EncryptedAssertion>`,
    );
  };
  test.each(['gcm', 'cbc'] as const)('%s is opened with the key of the service', (way) => {
    const xml = encrypt(way);
    expect(check(xml, { decryptionKey: createPrivateKey(service.privateKey) }).trusted).toBe(true);
    expect(check(xml).findings[0]?.message).toContain('encrypted');
    expect(check(xml, { decryptionKey: createPrivateKey(key.privateKey) }).trusted).toBe(false);
  });
});

describe('decoding', () => {
  const base64 = Buffer.from(good).toString('base64');
  test.each([
    ['XML', good, []],
    ['base64', base64, ['base64']],
    ['base64 in lines', base64.replace(/.{76}/g, '$&\n'), ['base64']],
    ['a form', `SAMLResponse=${encodeURIComponent(base64)}&RelayState=x`, ['URL-encoded', 'base64']],
    ['URL-encoded', encodeURIComponent(base64), ['URL-encoded', 'base64']],
    [
      'an address',
      `https://x.example/?SAMLResponse=${encodeURIComponent(deflateRawSync(good).toString('base64'))}`,
      ['URL-encoded', 'base64', 'DEFLATE'],
    ],
  ])('%s', (_, text, steps) => {
    expect(decodeMessage(text)).toMatchObject({ ok: true, kind: 'response', xml: good, steps });
  });
  test('what swells without end is not inflated', () => {
    const bomb = deflateRawSync(Buffer.concat([Buffer.from('<a>'), Buffer.alloc(50_000_000, 0x20)])).toString('base64');
    expect(decodeMessage(bomb)).toMatchObject({ ok: false });
  });
  test.each(['', 'hello world', '%%%', '{}'])('%j is told to be nothing', (text) => {
    expect(decodeMessage(text).ok).toBe(false);
  });
});
