// What Extensions commonly hold: user interface, attributes, registration, algorithms, scopes, discovery; and the xml: attributes. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const userInterface: GrammarTable = {
  prefix: 'mdui',
  elements: {
    'mdui:UIInfoType': 'UIInfo',
    'md:localizedNameType': 'DisplayName Description',
    'md:localizedURIType': 'InformationURL PrivacyStatementURL',
    'mdui:KeywordsType': 'Keywords',
    'mdui:LogoType': 'Logo',
    'mdui:DiscoHintsType': 'DiscoHints',
    'xs:string': 'IPHint DomainHint',
    'xs:anyURI': 'GeolocationHint',
  },
  types: {
    UIInfoType: {
      content:
        '(mdui:DisplayName | mdui:Description | mdui:Keywords | mdui:Logo | mdui:InformationURL | mdui:PrivacyStatementURL | #other)*',
    },
    KeywordsType: { text: 'mdui:listOfStrings', attributes: 'xml:lang!' },
    LogoType: { text: 'xs:anyURI', attributes: 'height!=xs:positiveInteger width!=xs:positiveInteger xml:lang' },
    DiscoHintsType: { content: '(mdui:IPHint | mdui:DomainHint | mdui:GeolocationHint | #other)*' },
  },
  simple: {
    listOfStrings: { list: 'xs:string' },
  },
};

export const entityAttributes: GrammarTable = {
  prefix: 'mdattr',
  elements: {
    'mdattr:EntityAttributesType': 'EntityAttributes',
  },
  types: {
    EntityAttributesType: { content: '(saml:Attribute | saml:Assertion)+' },
  },
};

export const registration: GrammarTable = {
  prefix: 'mdrpi',
  elements: {
    'mdrpi:RegistrationInfoType': 'RegistrationInfo',
    'md:localizedURIType': 'RegistrationPolicy UsagePolicy',
    'mdrpi:PublicationInfoType': 'PublicationInfo',
    'mdrpi:PublicationPathType': 'PublicationPath',
    'mdrpi:PublicationType': 'Publication',
  },
  types: {
    RegistrationInfoType: {
      content: 'mdrpi:RegistrationPolicy* #other*',
      attributes: 'registrationAuthority!=xs:string registrationInstant=xs:dateTime *=#other',
    },
    PublicationInfoType: {
      content: 'mdrpi:UsagePolicy* #other*',
      attributes: 'publisher!=xs:string creationInstant=xs:dateTime publicationId=xs:string *=#other',
    },
    PublicationPathType: { content: 'mdrpi:Publication*' },
    PublicationType: { attributes: 'publisher!=xs:string creationInstant=xs:dateTime publicationId=xs:string' },
  },
};

export const algorithmSupport: GrammarTable = {
  prefix: 'alg',
  elements: {
    'alg:DigestMethodType': 'DigestMethod',
    'alg:SigningMethodType': 'SigningMethod',
  },
  types: {
    DigestMethodType: { content: '#any*', attributes: 'Algorithm!=xs:anyURI' },
    SigningMethodType: {
      content: '#any*',
      attributes: 'Algorithm!=xs:anyURI MinKeySize=xs:positiveInteger MaxKeySize=xs:positiveInteger',
    },
  },
};

export const shibboleth: GrammarTable = {
  prefix: 'shibmd',
  elements: {
    'shibmd:ScopeContent': 'Scope',
    'shibmd:KeyAuthorityContent': 'KeyAuthority',
  },
  types: {
    ScopeContent: { text: 'xs:string', attributes: 'regexp=xs:boolean' },
    KeyAuthorityContent: { content: 'ds:KeyInfo+', attributes: 'VerifyDepth=xs:unsignedByte *=#other' },
  },
};

export const discovery: GrammarTable = {
  prefix: 'idpdisc',
  elements: {
    'md:IndexedEndpointType': 'DiscoveryResponse',
  },
};

export const requestInitiation: GrammarTable = {
  prefix: 'init',
  elements: {
    'md:EndpointType': 'RequestInitiator',
  },
};

export const holderOfKey: GrammarTable = {
  prefix: 'hoksso',
  attributes: { ProtocolBinding: 'xs:anyURI' },
};

export const xmlAttributes: GrammarTable = {
  prefix: 'xml',
  simple: {
    LangValue: { union: ['xs:language', { base: 'xs:string', values: [''] }] },
    SpaceValue: { base: 'xs:NCName', values: ['default', 'preserve'] },
  },
  attributes: { lang: 'xml:LangValue', space: 'xml:SpaceValue', base: 'xs:anyURI', id: 'xs:ID' },
  groups: { specialAttrs: 'xml:base xml:lang xml:space' },
};

/** Roles that ask for attributes, authentication or decisions. */
export const queryRequesters: GrammarTable = {
  prefix: 'query',
  elements: {
    'xs:anyURI': 'ActionNamespace',
  },
  types: {
    QueryDescriptorType: {
      abstract: true,
      extends: 'md:RoleDescriptorType',
      content: 'md:NameIDFormat*',
      attributes: 'WantAssertionsSigned=xs:boolean',
    },
    AuthnQueryDescriptorType: { extends: 'query:QueryDescriptorType' },
    AttributeQueryDescriptorType: { extends: 'query:QueryDescriptorType', content: 'md:AttributeConsumingService*' },
    AuthzDecisionQueryDescriptorType: { extends: 'query:QueryDescriptorType', content: 'query:ActionNamespace*' },
  },
};

export const saml1Metadata: GrammarTable = {
  prefix: 'saml1md',
  elements: {
    'saml1md:SourceIDType': 'SourceID',
  },
  simple: {
    SourceIDType: { base: 'xs:string', pattern: /^[a-f0-9]{40}$/, what: '40 digits, 0 to 9 and a to f' },
  },
};

export const attributeExtension: GrammarTable = {
  prefix: 'samlext',
  attributes: { OriginalIssuer: 'xs:anyURI', LastModified: 'xs:dateTime' },
};

export const asynchronousLogout: GrammarTable = {
  prefix: 'aslo',
  elements: {
    'aslo:AsynchronousType': 'Asynchronous',
  },
  types: { AsynchronousType: {} },
  attributes: { supportsAsynchronous: 'xs:boolean' },
};
