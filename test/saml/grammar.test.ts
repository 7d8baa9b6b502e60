// The grammar's verdict held to that of xmllint with Debian's schemas of SAML, over many spoilt documents.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkGrammar } from '../../src/saml/grammar/checkGrammar.ts';
import { durationProblem, momentOf } from '../../src/saml/grammar/timeTypes.ts';
import { isBase64 } from '../../src/saml/grammar/builtinTypes.ts';
import { isUri } from '../../src/saml/grammar/uriType.ts';
import { parseXml } from '../../src/saml/xml/parseXml.ts';
import { mutate, randomFrom } from './mutate.ts';
import { adfs, aggregate, awsSignIn, entra, keycloak, okta, rareRoles, shibboleth, shibbolethSp } from './samples.ts';

const certificate = { signing: Buffer.from('certificate '.repeat(4)).toString('base64') };

function verdict(text: string): 'valid' | 'invalid' {
  const parsed = parseXml(text);
  return parsed.ok && checkGrammar(parsed.document.root).length === 0 ? 'valid' : 'invalid';
}

function messages(text: string): string[] {
  const parsed = parseXml(text);
  return parsed.ok ? checkGrammar(parsed.document.root).map(({ message }) => message) : [];
}

test.each([adfs, entra, okta, keycloak, shibboleth, awsSignIn, shibbolethSp, rareRoles])(
  '%o writes valid metadata',
  (sample) => {
    expect(messages(sample(certificate))).toEqual([]);
  },
);

describe('messages say what was expected', () => {
  const good = keycloak(certificate);
  test.each([
    [
      good.replace(/<md:SingleSignOnService[^>]*><\/md:SingleSignOnService>/g, ''),
      'md:IDPSSODescriptor is not complete; missing is md:NameIDFormat, md:SingleSignOnService.',
    ],
    [
      good.replace('<md:KeyDescriptor use="signing">', '<md:Key/><md:KeyDescriptor use="signing">'),
      'md:Key may not stand here in md:IDPSSODescriptor; expected is ds:Signature, md:Extensions, md:KeyDescriptor, md:Organization, md:ContactPerson, md:ArtifactResolutionService or 4 others.',
    ],
    [good.replace('index="0"', 'index="70000"'), 'index should be a whole number from 0 to 65535. It is "70000".'],
    [good.replace('index="0"', ''), 'md:ArtifactResolutionService needs the attribute index.'],
    [
      adfs(certificate).replace('fed:SecurityTokenServiceType', 'fed:OtherType'),
      'The type fed:OtherType is not known to any schema.',
    ],
    [
      adfs(certificate).replace('fed:SecurityTokenServiceType', 'lost:SecurityTokenServiceType'),
      'The type lost:SecurityTokenServiceType cannot be known: xmlns:lost is missing.',
    ],
    [
      good.replace('<md:NameIDFormat>', 'text<md:NameIDFormat>'),
      'md:IDPSSODescriptor holds elements, and no text of its own.',
    ],
  ])('%#', (text, message) => {
    expect(messages(text)).toContain(message);
  });
});

test('times, durations, addresses, base64', () => {
  expect(momentOf('2026-01-01T01:00:00+01:00')).toBe(Date.parse('2026-01-01T00:00:00Z'));
  expect(momentOf('2026-02-30T00:00:00Z')).toBeUndefined();
  expect(['PT1H', 'P1Y2M3DT4H5M6.7S', '-P1D'].map(durationProblem)).toEqual([undefined, undefined, undefined]);
  expect(['P', 'PT', 'P1H', '1D', 'P1D '].filter((one) => durationProblem(one) === undefined)).toEqual([]);
  expect(['http://a/', 'urn:x', '', 'a/b', 'http://ä/'].every(isUri)).toBe(true);
  expect(['http://[x', '%zz', '#a#b', ':b'].some(isUri)).toBe(false);
  expect(['', 'QQ==', 'QUI=', 'Q U J D'].every(isBase64)).toBe(true);
  expect(['Q', 'QQ=', 'QR==', '='].some(isBase64)).toBe(false);
});

const opensaml = '/usr/share/xml/opensaml';
const xmltooling = '/usr/share/xml/xmltooling';
const judges = existsSync(opensaml) && existsSync(xmltooling) && spawnSync('xmllint', ['--version']).status === 0;
if (!judges)
  console.warn(
    'SKIPPED: xmllint, opensaml-schemas or xmltooling-schemas are not installed, so the grammar is not compared with them.',
  );

const folder = mkdtempSync(join(tmpdir(), 'saml-grammar-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Schemas that Debian has: WS-Federation, the scopes of Shibboleth and holder-of-key are not among them. */
const schemas = [
  ['urn:oasis:names:tc:SAML:2.0:metadata', `${opensaml}/saml-schema-metadata-2.0.xsd`],
  ['urn:oasis:names:tc:SAML:2.0:assertion', `${opensaml}/saml-schema-assertion-2.0.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:ui', `${opensaml}/sstc-saml-metadata-ui-v1.0.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:attribute', `${opensaml}/sstc-metadata-attr.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:rpi', `${opensaml}/saml-metadata-rpi-v1.0.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:algsupport', `${opensaml}/sstc-saml-metadata-algsupport-v1.0.xsd`],
  ['urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol', `${opensaml}/sstc-saml-idp-discovery.xsd`],
  ['urn:oasis:names:tc:SAML:profiles:SSO:request-init', `${opensaml}/sstc-request-initiation.xsd`],
  ['http://www.w3.org/2009/xmldsig11#', `${xmltooling}/xmldsig11-schema.xsd`],
  ['http://www.w3.org/2009/xmlenc11#', `${xmltooling}/xenc11-schema.xsd`],
];

/** The schemas import one another by addresses; a catalog leads those to the files. */
const catalog = `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<uri name="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd" uri="file://${xmltooling}/xmldsig-core-schema.xsd"/>
<uri name="http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd" uri="file://${xmltooling}/xenc-schema.xsd"/>
<uri name="http://www.w3.org/2001/xml.xsd" uri="file://${xmltooling}/xml.xsd"/>
</catalog>`;

describe.runIf(judges)('as xmllint says', () => {
  const driver = join(folder, 'driver.xsd');
  const env = { ...process.env, XML_CATALOG_FILES: join(folder, 'catalog.xml') };
  writeFileSync(join(folder, 'catalog.xml'), catalog);
  writeFileSync(
    driver,
    `<schema xmlns="http://www.w3.org/2001/XMLSchema">${schemas.map(([namespace, file]) => `<import namespace="${namespace}" schemaLocation="file://${file}"/>`).join('')}</schema>`,
  );
  const theirs = (texts: readonly string[]): Map<number, string> => {
    const files = texts.map((text, at) => {
      const file = join(folder, `${at}.xml`);
      writeFileSync(file, text);
      return file;
    });
    const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', driver, ...files], {
      encoding: 'utf8',
      env,
      maxBuffer: 2 ** 28,
    });
    expect(stderr).not.toContain('Schemas parser error');
    return new Map(
      [...stderr.matchAll(/\/(\d+)\.xml (validates|fails to validate)$/gm)].map(([, at, said]) => [
        Number(at),
        said === 'validates' ? 'valid' : 'invalid',
      ]),
    );
  };
  test('on 2,000 spoilt documents, 99.5 % at least', () => {
    const random = randomFrom(20_260_601);
    const bases = [okta, keycloak, awsSignIn, rareRoles].map((sample) => sample(certificate));
    const scopes = /<shibmd:Scope.*?<\/shibmd:Scope>|xmlns:hoksso="[^"]*"|hoksso:ProtocolBinding="[^"]*"/g;
    const all = [
      ...bases,
      shibboleth(certificate).replace(scopes, '<x:y xmlns:x="urn:x"/>'),
      shibbolethSp(certificate).replace(scopes, ''),
      aggregate(bases.slice(0, 1)),
    ];
    const texts = Array.from({ length: 2000 }, () => mutate(all[Math.floor(random() * all.length)] ?? '', random));
    const said = theirs(texts);
    const differing = texts.filter((text, at) => verdict(text) !== (said.get(at) ?? 'invalid'));
    const agreement = 1 - differing.length / texts.length;
    console.info(
      `grammar and xmllint agree on ${(agreement * 100).toFixed(2)} % of ${texts.length}; ${[...said.values()].filter((one) => one === 'valid').length} are valid`,
    );
    expect(agreement).toBeGreaterThan(0.995);
  }, 60_000);
});
