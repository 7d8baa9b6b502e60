// Metadata as the well-known makers write it, with certificates given: what tests start from and spoil.

const md = 'urn:oasis:names:tc:SAML:2.0:metadata';
const ds = 'http://www.w3.org/2000/09/xmldsig#';
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const binding = 'urn:oasis:names:tc:SAML:2.0:bindings';

const key = (certificate: string, use?: string) =>
  `<KeyDescriptor${use === undefined ? '' : ` use="${use}"`}><KeyInfo xmlns="${ds}"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;

const claims = (kind: 'Offered' | 'Requested') =>
  `<fed:ClaimTypes${kind}>${['emailaddress', 'givenname', 'name', 'upn']
    .map(
      (name) =>
        `<auth:ClaimType Uri="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}" Optional="true" xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706"><auth:DisplayName>${name}</auth:DisplayName><auth:Description>The ${name} of the user</auth:Description></auth:ClaimType>`,
    )
    .join('')}</fed:ClaimTypes${kind}>`;

const reference = (address: string) =>
  `<EndpointReference xmlns="http://www.w3.org/2005/08/addressing"><Address>${address}</Address></EndpointReference>`;

const attributes = ['emailaddress', 'givenname', 'name', 'upn', 'role']
  .map(
    (name) =>
      `<Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" FriendlyName="${name}" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>`,
  )
  .join('');

export interface SampleKeys {
  readonly signing: string;
  readonly encryption?: string;
  /** A second signing certificate: rollover. */
  readonly next?: string;
}

/** One line, as AD FS issues it; unsigned. */
export function adfs({ signing, encryption = signing, next }: SampleKeys, host = 'sts.example.com'): string {
  const role = (type: string, claimsKind: 'Offered' | 'Requested', inner: string, use: string) =>
    `<RoleDescriptor xsi:type="fed:${type}" protocolSupportEnumeration="http://docs.oasis-open.org/ws-sx/ws-trust/200512 http://schemas.xmlsoap.org/ws/2005/02/trust http://docs.oasis-open.org/wsfed/federation/200706" ServiceDisplayName="Example" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706">${key(use === 'signing' ? signing : encryption, use)}${claims(claimsKind)}${inner}</RoleDescriptor>`;
  const nameIds = ['1.1:nameid-format:emailAddress', '2.0:nameid-format:persistent', '2.0:nameid-format:transient']
    .map((format) => `<NameIDFormat>urn:oasis:names:tc:SAML:${format}</NameIDFormat>`)
    .join('');
  const keys = `${key(encryption, 'encryption')}${key(signing, 'signing')}${next === undefined ? '' : key(next, 'signing')}`;
  const at = (element: string, way: string, more = '') =>
    `<${element} Binding="${binding}:${way}" Location="https://${host}/adfs/ls/"${more}/>`;
  return `<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_5c6f2b7e-0d5a-4f0c-9a44-0d5e5fb4f1a7" entityID="http://${host}/adfs/services/trust" xmlns="${md}">${role('ApplicationServiceType', 'Requested', `<fed:TargetScopes>${reference(`https://${host}/adfs/services/trust/2005/issuedtokenmixedasymmetricbasic256`)}${reference(`http://${host}/adfs/services/trust`)}</fed:TargetScopes><fed:ApplicationServiceEndpoint>${reference(`https://${host}/adfs/services/trust/2005/issuedtokenmixedasymmetricbasic256`)}</fed:ApplicationServiceEndpoint><fed:PassiveRequestorEndpoint>${reference(`https://${host}/adfs/ls/`)}</fed:PassiveRequestorEndpoint>`, 'encryption')}${role('SecurityTokenServiceType', 'Offered', `<fed:SecurityTokenServiceEndpoint>${'<EndpointReference xmlns="http://www.w3.org/2005/08/addressing"><Address>https://' + host + '/adfs/services/trust/2005/certificatemixed</Address><Metadata><Metadata xmlns="http://schemas.xmlsoap.org/ws/2004/09/mex" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:wsx="http://schemas.xmlsoap.org/ws/2004/09/mex"><wsx:MetadataSection Dialect="http://schemas.xmlsoap.org/ws/2004/09/mex" xmlns=""><wsx:MetadataReference><Address xmlns="http://www.w3.org/2005/08/addressing">https://' + host + '/adfs/services/trust/mex</Address></wsx:MetadataReference></wsx:MetadataSection></Metadata></Metadata></EndpointReference>'}</fed:SecurityTokenServiceEndpoint><fed:PassiveRequestorEndpoint>${reference(`https://${host}/adfs/ls/`)}</fed:PassiveRequestorEndpoint>`, 'signing')}<SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="${protocol}">${keys}${at('SingleLogoutService', 'HTTP-Redirect')}${at('SingleLogoutService', 'HTTP-POST')}${nameIds}${at('AssertionConsumerService', 'HTTP-POST', ' index="0" isDefault="true"')}${at('AssertionConsumerService', 'HTTP-Artifact', ' index="1"')}${at('AssertionConsumerService', 'HTTP-Redirect', ' index="2"')}</SPSSODescriptor><IDPSSODescriptor protocolSupportEnumeration="${protocol}">${keys}${at('SingleLogoutService', 'HTTP-Redirect')}${at('SingleLogoutService', 'HTTP-POST')}${nameIds}${at('SingleSignOnService', 'HTTP-Redirect')}${at('SingleSignOnService', 'HTTP-POST')}${attributes}</IDPSSODescriptor><ContactPerson contactType="support"><GivenName/><EmailAddress/><TelephoneNumber/></ContactPerson></EntityDescriptor>`;
}

/** One line, no NameIDFormat, no SP role; unsigned, without its byte order mark. */
export function entra({ signing }: SampleKeys, tenant = '6a8f2e0e-6f6a-4a4e-9d39-7d1a3f1b8a55'): string {
  const login = `https://login.microsoftonline.com/${tenant}`;
  const service = (element: string, way: string) =>
    `<${element} Binding="${binding}:${way}" Location="${login}/saml2" />`;
  return `<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_0f8c5d6a-0e4c-44b7-bf3b-8f5f2f1a6d11" entityID="https://sts.windows.net/${tenant}/" xmlns="${md}"><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706">${key(signing, 'signing')}${claims('Offered')}<fed:SecurityTokenServiceEndpoint><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${login}/wsfed</wsa:Address></wsa:EndpointReference></fed:SecurityTokenServiceEndpoint><fed:PassiveRequestorEndpoint><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${login}/wsfed</wsa:Address></wsa:EndpointReference></fed:PassiveRequestorEndpoint></RoleDescriptor><IDPSSODescriptor protocolSupportEnumeration="${protocol}">${key(signing, 'signing')}${service('SingleLogoutService', 'HTTP-Redirect')}${service('SingleSignOnService', 'HTTP-Redirect')}${service('SingleSignOnService', 'HTTP-POST')}</IDPSSODescriptor></EntityDescriptor>`;
}

export function okta({ signing }: SampleKeys): string {
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk1a2b3c4d5e6f7g8h9" xmlns:md="${md}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${protocol}"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${ds}"><ds:X509Data><ds:X509Certificate>${wrap(signing)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat><md:SingleSignOnService Binding="${binding}:HTTP-POST" Location="https://dev-1.okta.example/app/amazon/exk1a2b3c4d5e6f7g8h9/sso/saml"/><md:SingleSignOnService Binding="${binding}:HTTP-Redirect" Location="https://dev-1.okta.example/app/amazon/exk1a2b3c4d5e6f7g8h9/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
}

export function keycloak({ signing }: SampleKeys): string {
  const at = (element: string, way: string, more = '') =>
    `    <md:${element} Binding="${binding}:${way}" Location="https://id.example.org/realms/labs/protocol/saml${more}"></md:${element}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns="${md}" xmlns:md="${md}" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="${ds}" entityID="https://id.example.org/realms/labs">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${protocol}">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo>
        <ds:KeyName>Zx8mX3Qq</ds:KeyName>
        <ds:X509Data>
          <ds:X509Certificate>${signing}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:ArtifactResolutionService Binding="${binding}:SOAP" Location="https://id.example.org/realms/labs/protocol/saml/resolve" index="0"></md:ArtifactResolutionService>
${['HTTP-POST', 'HTTP-Redirect', 'SOAP'].map((way) => at('SingleLogoutService', way)).join('\n')}
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>
${['HTTP-POST', 'HTTP-Redirect', 'SOAP'].map((way) => at('SingleSignOnService', way)).join('\n')}
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
}

/** With user interface, scopes, registration, algorithms, organisation, contacts, attribute authority. */
export function shibboleth({ signing, encryption = signing }: SampleKeys): string {
  const use = (one: string, which: string) => `
    <KeyDescriptor use="${which}">
      <ds:KeyInfo>
        <ds:X509Data>
          <ds:X509Certificate>
${wrap(one)}
          </ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>${which === 'encryption' ? '\n      <EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>\n      <EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#rsa-oaep"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/></EncryptionMethod>' : ''}
    </KeyDescriptor>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- An identity provider of a university -->
<EntityDescriptor xmlns="${md}" xmlns:ds="${ds}" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0" xmlns:xml="http://www.w3.org/XML/1998/namespace" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute" xmlns:mdrpi="urn:oasis:names:tc:SAML:metadata:rpi" xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" entityID="https://idp.example.edu/idp/shibboleth" validUntil="2031-05-01T00:00:00Z" cacheDuration="PT6H">
  <Extensions>
    <mdrpi:RegistrationInfo registrationAuthority="https://federation.example" registrationInstant="2019-02-03T04:05:06Z">
      <mdrpi:RegistrationPolicy xml:lang="en">https://federation.example/policy</mdrpi:RegistrationPolicy>
    </mdrpi:RegistrationInfo>
    <mdattr:EntityAttributes>
      <saml:Attribute Name="http://macedir.org/entity-category-support" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">
        <saml:AttributeValue xsi:type="xs:string">http://refeds.org/category/research-and-scholarship</saml:AttributeValue>
        <saml:AttributeValue>http://www.geant.net/uri/dataprotection-code-of-conduct/v1</saml:AttributeValue>
      </saml:Attribute>
    </mdattr:EntityAttributes>
    <alg:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
    <alg:SigningMethod MinKeySize="2048" MaxKeySize="4096" Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
  </Extensions>
  <IDPSSODescriptor protocolSupportEnumeration="${protocol} urn:mace:shibboleth:1.0" errorURL="https://idp.example.edu/error">
    <Extensions>
      <shibmd:Scope regexp="false">example.edu</shibmd:Scope>
      <mdui:UIInfo>
        <mdui:DisplayName xml:lang="en">Example University</mdui:DisplayName>
        <mdui:DisplayName xml:lang="de">Beispiel-Universität</mdui:DisplayName>
        <mdui:Description xml:lang="en">For staff and students</mdui:Description>
        <mdui:Keywords xml:lang="en">university example</mdui:Keywords>
        <mdui:Logo height="80" width="80">https://idp.example.edu/logo.png</mdui:Logo>
        <mdui:InformationURL xml:lang="en">https://www.example.edu/</mdui:InformationURL>
      </mdui:UIInfo>
      <mdui:DiscoHints>
        <mdui:IPHint>192.0.2.0/24</mdui:IPHint>
        <mdui:DomainHint>example.edu</mdui:DomainHint>
        <mdui:GeolocationHint>geo:47.37328,8.531126</mdui:GeolocationHint>
      </mdui:DiscoHints>
    </Extensions>${use(signing, 'signing')}${use(encryption, 'encryption')}
    <ArtifactResolutionService Binding="${binding}:SOAP" Location="https://idp.example.edu:8443/idp/profile/SAML2/SOAP/ArtifactResolution" index="2"/>
    <SingleLogoutService Binding="${binding}:HTTP-Redirect" Location="https://idp.example.edu/idp/profile/SAML2/Redirect/SLO" ResponseLocation="https://idp.example.edu/idp/profile/SAML2/Redirect/SLO/r"/>
    <NameIDFormat>urn:mace:shibboleth:1.0:nameIdentifier</NameIDFormat>
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</NameIDFormat>
    <SingleSignOnService Binding="urn:mace:shibboleth:1.0:profiles:AuthnRequest" Location="https://idp.example.edu/idp/profile/Shibboleth/SSO"/>
    <SingleSignOnService Binding="${binding}:HTTP-POST" Location="https://idp.example.edu/idp/profile/SAML2/POST/SSO"/>
    <SingleSignOnService Binding="${binding}:HTTP-Redirect" Location="https://idp.example.edu/idp/profile/SAML2/Redirect/SSO"/>
    <saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.6" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" FriendlyName="eduPersonPrincipalName"/>
  </IDPSSODescriptor>
  <AttributeAuthorityDescriptor protocolSupportEnumeration="${protocol}">
    <Extensions><shibmd:Scope regexp="false">example.edu</shibmd:Scope></Extensions>${use(signing, 'signing')}
    <AttributeService Binding="${binding}:SOAP" Location="https://idp.example.edu:8443/idp/profile/SAML2/SOAP/AttributeQuery"/>
    <AssertionIDRequestService Binding="${binding}:URI" Location="https://idp.example.edu/assertion"/>
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</NameIDFormat>
    <AttributeProfile>urn:oasis:names:tc:SAML:2.0:profiles:attribute:basic</AttributeProfile>
  </AttributeAuthorityDescriptor>
  <Organization>
    <OrganizationName xml:lang="en">example.edu</OrganizationName>
    <OrganizationDisplayName xml:lang="en">Example University</OrganizationDisplayName>
    <OrganizationURL xml:lang="en">https://www.example.edu/</OrganizationURL>
  </Organization>
  <ContactPerson contactType="technical">
    <Company>Example</Company>
    <GivenName>Ada</GivenName>
    <SurName>Operator</SurName>
    <EmailAddress>mailto:ada@example.edu</EmailAddress>
    <TelephoneNumber>+41 44 000 00 00</TelephoneNumber>
  </ContactPerson>
  <ContactPerson xmlns:remd="http://refeds.org/metadata" contactType="other" remd:contactType="http://refeds.org/metadata/contactType/security">
    <GivenName>Security</GivenName>
    <EmailAddress>mailto:security@example.edu</EmailAddress>
  </ContactPerson>
  <AdditionalMetadataLocation namespace="urn:oasis:names:tc:SAML:2.0:metadata">https://idp.example.edu/metadata</AdditionalMetadataLocation>
</EntityDescriptor>
`;
}

/** A service provider, as AWS's own sign-in publishes it: the file that learners upload by mistake. */
export function awsSignIn({ signing }: SampleKeys): string {
  const regions = ['us-east-1', 'eu-central-1', 'ap-southeast-2'];
  return `<?xml version="1.0"?>
<EntityDescriptor xmlns="${md}" entityID="urn:amazon:webservices" validUntil="2031-03-18T00:00:00.000Z">
  <SPSSODescriptor protocolSupportEnumeration="${protocol}" WantAssertionsSigned="true">
    ${key(signing, 'signing')}
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</NameIDFormat>
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <AssertionConsumerService index="1" isDefault="true" Binding="${binding}:HTTP-POST" Location="https://signin.aws.amazon.com/saml"/>
${regions.map((region, at) => `    <AssertionConsumerService index="${at + 2}" Binding="${binding}:HTTP-POST" Location="https://${region}.signin.aws.amazon.com/saml"/>`).join('\n')}
    <AttributeConsumingService index="1">
      <ServiceName xml:lang="en">AWS Management Console Single Sign-On</ServiceName>
      <ServiceDescription xml:lang="en">Sign-in</ServiceDescription>
      <RequestedAttribute isRequired="true" Name="https://aws.amazon.com/SAML/Attributes/Role" FriendlyName="RoleEntitlement"/>
      <RequestedAttribute isRequired="true" Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName" FriendlyName="RoleSessionName"/>
      <RequestedAttribute isRequired="false" Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.3" FriendlyName="eduPersonOrgDN"/>
    </AttributeConsumingService>
  </SPSSODescriptor>
  <Organization>
    <OrganizationName xml:lang="en">Amazon Web Services, Inc.</OrganizationName>
    <OrganizationDisplayName xml:lang="en">AWS</OrganizationDisplayName>
    <OrganizationURL xml:lang="en">https://aws.amazon.com</OrganizationURL>
  </Organization>
</EntityDescriptor>
`;
}

/** A Shibboleth service provider with discovery and request initiation. */
export function shibbolethSp({ signing }: SampleKeys): string {
  return `<md:EntityDescriptor xmlns:md="${md}" ID="_5d1b" entityID="https://sp.example.org/shibboleth">
  <md:Extensions xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport">
    <alg:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/>
  </md:Extensions>
  <md:SPSSODescriptor AuthnRequestsSigned="1" WantAssertionsSigned="0" protocolSupportEnumeration="${protocol} urn:oasis:names:tc:SAML:1.1:protocol">
    <md:Extensions>
      <init:RequestInitiator xmlns:init="urn:oasis:names:tc:SAML:profiles:SSO:request-init" Binding="urn:oasis:names:tc:SAML:profiles:SSO:request-init" Location="https://sp.example.org/Shibboleth.sso/Login"/>
      <idpdisc:DiscoveryResponse xmlns:idpdisc="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol" Binding="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol" Location="https://sp.example.org/Shibboleth.sso/Login" index="1"/>
    </md:Extensions>
    <md:KeyDescriptor>
      <ds:KeyInfo xmlns:ds="${ds}">
        <ds:KeyName>sp.example.org</ds:KeyName>
        <ds:X509Data>
          <ds:X509SubjectName>CN=sp.example.org</ds:X509SubjectName>
          <ds:X509Certificate>${wrap(signing)}
</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
      <md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>
    </md:KeyDescriptor>
    <md:ManageNameIDService Binding="${binding}:SOAP" Location="https://sp.example.org/Shibboleth.sso/NIM/SOAP"/>
    <md:AssertionConsumerService Binding="${binding}:HTTP-POST" Location="https://sp.example.org/Shibboleth.sso/SAML2/POST" index="1"/>
    <md:AssertionConsumerService xmlns:hoksso="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" Binding="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" hoksso:ProtocolBinding="${binding}:HTTP-POST" Location="https://sp.example.org/Shibboleth.sso/SAML2/HoK" index="2"/>
    <md:AttributeConsumingService index="1" isDefault="true">
      <md:ServiceName xml:lang="en">Sample</md:ServiceName>
      <md:RequestedAttribute FriendlyName="mail" Name="urn:oid:0.9.2342.19200300.100.1.3" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" isRequired="true"><saml:AttributeValue xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></md:RequestedAttribute>
    </md:AttributeConsumingService>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

/** Several entities in one document. */
export function aggregate(entities: readonly string[], name = 'https://federation.example'): string {
  const inner = entities.map((entity) => entity.replace(/^<\?xml[^>]*>\s*/, ''));
  return `<?xml version="1.0" encoding="UTF-8"?>
<EntitiesDescriptor xmlns="${md}" Name="${name}" ID="_aggregate" validUntil="2031-01-01T00:00:00Z" cacheDuration="P1D">
  <Extensions><mdrpi:PublicationInfo xmlns:mdrpi="urn:oasis:names:tc:SAML:metadata:rpi" publisher="${name}" creationInstant="2026-01-01T00:00:00Z"/></Extensions>
${inner.join('\n')}
</EntitiesDescriptor>
`;
}

/** An affiliation, a policy decision point, an authentication authority: what is rare. */
export function rareRoles({ signing }: SampleKeys): string {
  return aggregate([
    `<EntityDescriptor xmlns="${md}" entityID="urn:example:affiliation"><AffiliationDescriptor affiliationOwnerID="https://owner.example"><AffiliateMember>https://sp.example</AffiliateMember><AffiliateMember>https://sp2.example</AffiliateMember>${key(signing)}</AffiliationDescriptor></EntityDescriptor>`,
    `<EntityDescriptor xmlns="${md}" entityID="urn:example:pdp"><PDPDescriptor protocolSupportEnumeration="${protocol}"><AuthzService Binding="${binding}:SOAP" Location="https://pdp.example/soap"/></PDPDescriptor><AuthnAuthorityDescriptor ID="a1" protocolSupportEnumeration="${protocol}"><AuthnQueryService Binding="${binding}:SOAP" Location="https://aa.example/soap"/></AuthnAuthorityDescriptor></EntityDescriptor>`,
  ]);
}

function wrap(base64: string): string {
  return (base64.match(/.{1,64}/g) ?? []).join('\n');
}
