// Makes the metadata files of the lab `saml`: what an AD FS of nobody's would issue, in one line and signed; and the same after an editor has
// reformatted it. Run with `node test/labs/adfsMetadata.ts` where they are to be made anew; the keys are thrown away.
import { writeFileSync } from 'node:fs';
import { makeKeyPair, type KeyPair } from '../../src/saml/certificate/makeCertificate.ts';
import { buildIdpMetadata, buildSpMetadata } from '../../src/saml/message/buildMetadata.ts';
import { signXml } from '../../src/saml/message/signXml.ts';

const host = 'sts.example.com';
const entityID = `http://${host}/adfs/services/trust`;
const endpoint = `https://${host}/adfs/ls/`;
const id = '_5e1c0a52-7a0b-4f1f-9a8e-0d5c3f2b9a61';
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

const offered = [
  [`${claims}/emailaddress`, 'E-Mail Address'],
  [`${claims}/givenname`, 'Given Name'],
  [`${claims}/name`, 'Name'],
  [`${claims}/upn`, 'UPN'],
  ['http://schemas.xmlsoap.org/claims/Group', 'Group'],
  [`${claims}/surname`, 'Surname'],
  [`${claims}/nameidentifier`, 'Name ID'],
  ['http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname', 'Windows account name'],
];

function keyOf(title: string, serial: number): KeyPair {
  return makeKeyPair({
    commonName: `ADFS ${title} - ${host}`,
    validFrom: Date.UTC(2026, 0, 1),
    validTo: Date.UTC(2046, 0, 1),
    serial: Buffer.from([0x10, serial, 0x52, 0x7a, 0x0b, 0x4f, 0x1f, 0x9a]),
  });
}

const between = (text: string, tag: string): string =>
  text.slice(text.indexOf(`<md:${tag}`), text.indexOf(`</md:${tag}>`) + `</md:${tag}>`.length);

/** Without the white space between tags, and inside certificates. */
const oneLine = (text: string): string => text.replaceAll(/>\s+/g, '>').replaceAll(/\s+</g, '<').replaceAll(/\n/g, '');

const at = (element: string, address: string): string =>
  `<fed:${element}><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${address}</wsa:Address></wsa:EndpointReference></fed:${element}>`;

function serviceType(type: string, certificate: string): string {
  const isApplication = type === 'ApplicationServiceType';
  const names = offered
    .map(([uri, name]) => `<auth:ClaimType Uri="${uri}" Optional="true" xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706"><auth:DisplayName>${name}</auth:DisplayName></auth:ClaimType>`)
    .join('');
  return (
    `<md:RoleDescriptor xsi:type="fed:${type}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" protocolSupportEnumeration="http://docs.oasis-open.org/ws-sx/ws-trust/200512 http://schemas.xmlsoap.org/ws/2005/02/trust http://docs.oasis-open.org/wsfed/federation/200706" ServiceDisplayName="Example Corp">` +
    `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>` +
    (isApplication ? `<fed:ClaimTypesRequested>${names}</fed:ClaimTypesRequested>` : `<fed:ClaimTypesOffered>${names}</fed:ClaimTypesOffered>`) +
    (isApplication ? at('TargetScopes', entityID) + at('ApplicationServiceEndpoint', endpoint) : at('SecurityTokenServiceEndpoint', `https://${host}/adfs/services/trust/2005/certificatemixed`)) +
    at('PassiveRequestorEndpoint', endpoint) +
    '</md:RoleDescriptor>'
  );
}

function adfsMetadata(): string {
  const signing = keyOf('Signing', 1);
  const encryption = keyOf('Encryption', 2);
  const formats = ['emailAddress', 'persistent', 'transient'].map((each) =>
    each === 'emailAddress' ? `urn:oasis:names:tc:SAML:1.1:nameid-format:${each}` : `urn:oasis:names:tc:SAML:2.0:nameid-format:${each}`,
  );
  const provider = buildIdpMetadata({
    entityID,
    signing: [signing.certificate],
    signOn: { redirect: endpoint, post: endpoint },
    logout: { redirect: endpoint, post: endpoint },
    nameIdFormats: formats,
  });
  const service = buildSpMetadata({
    entityID,
    consumers: [endpoint],
    logout: endpoint,
    signing: signing.certificate,
    encryption: encryption.certificate,
    nameIdFormats: formats,
  });
  // The encryption certificate comes first, as in every file of AD FS.
  const encrypting = between(service, 'KeyDescriptor').includes('use="encryption"')
    ? between(service, 'KeyDescriptor')
    : between(service.slice(service.indexOf('</md:KeyDescriptor>') + 1), 'KeyDescriptor');
  const attributes = offered
    .map(
      ([uri, name]) =>
        `<saml:Attribute Name="${uri}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" FriendlyName="${name}" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>`,
    )
    .join('');
  const own = between(provider, 'IDPSSODescriptor')
    .replace('<md:KeyDescriptor', `${encrypting}<md:KeyDescriptor`)
    .replace('</md:IDPSSODescriptor>', `${attributes}</md:IDPSSODescriptor>`);
  const roles =
    serviceType('ApplicationServiceType', signing.certificate) +
    serviceType('SecurityTokenServiceType', signing.certificate) +
    between(service, 'SPSSODescriptor') +
    own;
  const head = provider.slice(provider.indexOf('<md:EntityDescriptor'), provider.indexOf('>', provider.indexOf('<md:EntityDescriptor')));
  const plain = oneLine(`${head} ID="${id}">${roles}</md:EntityDescriptor>`);
  return oneLine(signXml(plain, { id, key: signing }).replaceAll(/(<ds:(?:X509Certificate|SignatureValue)>)([^<]*)/g, (_all, tag: string, value: string) => tag + value.replaceAll(/\s/g, '')));
}

/** What "Format Document" makes of it. */
function reformatted(text: string): string {
  let depth = 0;
  return (
    text
      .replaceAll('><', '>\n<')
      .split('\n')
      .map((line) => {
        if (line.startsWith('</')) depth--;
        const indented = '  '.repeat(depth) + line;
        if (/^<[^/!?]/.test(line) && !line.endsWith('/>') && !line.includes('</')) depth++;
        return indented;
      })
      .join('\n') + '\n'
  );
}

const made = adfsMetadata();
writeFileSync('labs/saml/files/adfs-metadata.xml', made);
writeFileSync('labs/saml/files/adfs-reformatted.xml', reformatted(made));
