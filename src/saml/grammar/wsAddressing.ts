// What WS-Federation leans on: endpoint references, metadata exchange, security tokens, utility. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const wsAddressing: GrammarTable = {
  prefix: 'wsa',
  elements: {
    'wsa:EndpointReferenceType': 'EndpointReference ReplyTo From FaultTo',
    'wsa:ReferenceParametersType': 'ReferenceParameters',
    'wsa:MetadataType': 'Metadata',
    'wsa:AttributedURIType': 'MessageID To Action ProblemIRI',
    'wsa:RelatesToType': 'RelatesTo',
    'wsa:AttributedUnsignedLongType': 'RetryAfter',
    'wsa:AttributedQNameType': 'ProblemHeaderQName',
    'wsa:ProblemActionType': 'ProblemAction',
  },
  types: {
    EndpointReferenceType: {
      content: 'wsa:Address=wsa:AttributedURIType wsa:ReferenceParameters? wsa:Metadata? #other*',
      attributes: '*=#other',
    },
    ReferenceParametersType: { content: '#any*', attributes: '*=#other' },
    MetadataType: { content: '#any*', attributes: '*=#other' },
    RelatesToType: { text: 'xs:anyURI', attributes: 'RelationshipType=wsa:RelationshipTypeOpenEnum *=#other' },
    AttributedURIType: { text: 'xs:anyURI', attributes: '*=#other' },
    AttributedUnsignedLongType: { text: 'xs:unsignedLong', attributes: '*=#other' },
    AttributedQNameType: { text: 'xs:QName', attributes: '*=#other' },
    ProblemActionType: { content: 'wsa:Action? wsa:SoapAction=xs:anyURI?', attributes: '*=#other' },
  },
  simple: {
    RelationshipTypeOpenEnum: { union: ['wsa:RelationshipType', 'xs:anyURI'] },
    RelationshipType: { base: 'xs:anyURI', values: ['http://www.w3.org/2005/08/addressing/reply'] },
    FaultCodesOpenEnumType: { union: ['wsa:FaultCodesType', 'xs:QName'] },
    FaultCodesType: {
      base: 'xs:QName',
      values: [
        'tns:InvalidAddressingHeader',
        'tns:InvalidAddress',
        'tns:InvalidEPR',
        'tns:InvalidCardinality',
        'tns:MissingAddressInEPR',
        'tns:DuplicateMessageID',
        'tns:ActionMismatch',
        'tns:MessageAddressingHeaderRequired',
        'tns:DestinationUnreachable',
        'tns:ActionNotSupported',
        'tns:EndpointUnavailable',
      ],
    },
  },
  attributes: { IsReferenceParameter: 'xs:boolean' },
};

export const metadataExchange: GrammarTable = {
  prefix: 'mex',
  elements: {
    'mex:GetMetadataContent': 'GetMetadata',
    'xs:anyURI': 'Dialect Identifier Location',
    'mex:MetadataContent': 'Metadata',
    'mex:MetadataSectionContent': 'MetadataSection',
    'mex:MetadataReferenceContent': 'MetadataReference',
  },
  types: {
    GetMetadataContent: { content: 'mex:Dialect? mex:Identifier?', attributes: '*=#other' },
    MetadataContent: { content: 'mex:MetadataSection* #other*', attributes: '*=#other' },
    MetadataSectionContent: {
      content: '#other | mex:MetadataReference | mex:Location',
      attributes: 'Dialect!=xs:anyURI Identifier=xs:anyURI *=#other',
    },
    MetadataReferenceContent: { content: '#other+' },
  },
};

export const wsSecurity: GrammarTable = {
  prefix: 'wsse',
  elements: {
    'wsse:UsernameTokenType': 'UsernameToken',
    'wsse:BinarySecurityTokenType': 'BinarySecurityToken',
    'wsse:ReferenceType': 'Reference',
    'wsse:EmbeddedType': 'Embedded',
    'wsse:KeyIdentifierType': 'KeyIdentifier',
    'wsse:SecurityTokenReferenceType': 'SecurityTokenReference',
    'wsse:SecurityHeaderType': 'Security',
    'wsse:TransformationParametersType': 'TransformationParameters',
    'wsse:PasswordString': 'Password',
    'wsse:EncodedString': 'Nonce',
  },
  types: {
    AttributedString: { text: 'xs:string', attributes: 'wsu:Id *=#other' },
    PasswordString: { text: 'wsse:AttributedString', attributes: 'Type=xs:anyURI' },
    EncodedString: { text: 'wsse:AttributedString', attributes: 'EncodingType=xs:anyURI' },
    UsernameTokenType: { content: 'wsse:Username=wsse:AttributedString #any*', attributes: 'wsu:Id *=#other' },
    BinarySecurityTokenType: { text: 'wsse:EncodedString', attributes: 'ValueType=xs:anyURI' },
    KeyIdentifierType: { text: 'wsse:EncodedString', attributes: 'ValueType=xs:anyURI' },
    ReferenceType: { attributes: 'URI=xs:anyURI ValueType=xs:anyURI *=#other' },
    EmbeddedType: { content: '(#any)*', attributes: 'ValueType=xs:anyURI *=#other' },
    SecurityTokenReferenceType: { content: '(#any)*', attributes: 'wsu:Id wsse:Usage *=#other' },
    SecurityHeaderType: { content: '#any*', attributes: '*=#other' },
    TransformationParametersType: { content: '#any*', attributes: '*=#other' },
  },
  simple: {
    tUsage: { list: 'xs:anyURI' },
    FaultcodeEnum: {
      base: 'xs:QName',
      values: [
        'wsse:UnsupportedSecurityToken',
        'wsse:UnsupportedAlgorithm',
        'wsse:InvalidSecurity',
        'wsse:InvalidSecurityToken',
        'wsse:FailedAuthentication',
        'wsse:FailedCheck',
        'wsse:SecurityTokenUnavailable',
      ],
    },
  },
  attributes: { Usage: 'wsse:tUsage' },
};

export const wsUtility: GrammarTable = {
  prefix: 'wsu',
  elements: {
    'wsu:TimestampType': 'Timestamp',
    'wsu:AttributedDateTime': 'Expires Created',
  },
  types: {
    AttributedDateTime: { text: 'xs:string', attributes: '@wsu:commonAtts' },
    AttributedURI: { text: 'xs:anyURI', attributes: '@wsu:commonAtts' },
    TimestampType: { content: 'wsu:Created? wsu:Expires? (#other)*', attributes: '@wsu:commonAtts' },
  },
  simple: {
    tTimestampFault: { base: 'xs:QName', values: ['wsu:MessageExpired'] },
  },
  attributes: { Id: 'xs:ID' },
  groups: { commonAtts: 'wsu:Id *=#other' },
};
