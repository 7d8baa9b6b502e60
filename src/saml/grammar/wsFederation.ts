// WS-Federation: the role descriptors of every AD FS and Entra file. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const wsFederation: GrammarTable = {
  prefix: 'fed',
  elements: {
    'fed:FederationMetadataType': 'FederationMetadata',
    'fed:LogicalServiceNamesOfferedType': 'LogicalServiceNamesOffered',
    'fed:TokenTypesOfferedType': 'TokenTypesOffered',
    'fed:ClaimDialectsOfferedType': 'ClaimDialectsOffered',
    'fed:ClaimTypesOfferedType': 'ClaimTypesOffered',
    'fed:ClaimTypesRequestedType': 'ClaimTypesRequested',
    'xs:boolean': 'AutomaticPseudonyms',
    'fed:EndpointType':
      'TargetScopes SecurityTokenServiceEndpoint SingleSignOutSubscriptionEndpoint SingleSignOutNotificationEndpoint PassiveRequestorEndpoint PseudonymServiceEndpoint AttributeServiceEndpoint ApplicationServiceEndpoint PsuedonymServiceEndpoints AttributeServiceEndpoints SingleSignOutSubscriptionEndpoints SingleSignOutNotificationEndpoints PassiveRequestorEnpoints',
    'fed:FederationMetadataHandlerType': 'FederationMetadataHandler',
    'fed:SignOutType': 'SignOut',
    'xs:anyURI': 'Realm',
    'fed:FilterPseudonymsType': 'FilterPseudonyms',
    'fed:PseudonymBasisType': 'PseudonymBasis',
    'fed:RelativeToType': 'RelativeTo',
    'fed:PseudonymType': 'Pseudonym',
    'fed:SecurityTokenType': 'SecurityToken',
    'fed:ProofTokenType': 'ProofToken',
    'fed:RequestPseudonymType': 'RequestPseudonym',
    'fed:ReferenceTokenType': 'ReferenceToken',
    'fed:AttributeExtensibleURI': 'FederationID',
    'fed:RequestProofTokenType': 'RequestProofToken',
    'fed:ClientPseudonymType': 'ClientPseudonym',
    'fed:Freshness': 'Freshness',
    'sp:TokenAssertionType': 'RequireReferenceToken',
    'fed:AssertionType':
      'ReferenceToken11 RequireSignedTokens RequireBearerTokens RequireSharedCookies RequiresGenericClaimDialect IssuesSpecificPolicyFault AdditionalContextProcessed',
    'sp:NestedPolicyType': 'WebBinding AuthenticationToken',
  },
  types: {
    FederationMetadataType: { content: '#any*', attributes: '*=#other' },
    FederationType: { content: '#any*', attributes: 'FederationID=xs:anyURI *=#other' },
    WebServiceDescriptorType: {
      abstract: true,
      extends: 'md:RoleDescriptorType',
      content:
        'fed:LogicalServiceNamesOffered? fed:TokenTypesOffered? fed:ClaimDialectsOffered? fed:ClaimTypesOffered? fed:ClaimTypesRequested? fed:AutomaticPseudonyms? fed:TargetScopes?',
      attributes: 'ServiceDisplayName=xs:string ServiceDescription=xs:string',
    },
    SecurityTokenServiceType: {
      extends: 'fed:WebServiceDescriptorType',
      content:
        'fed:SecurityTokenServiceEndpoint+ fed:SingleSignOutSubscriptionEndpoint* fed:SingleSignOutNotificationEndpoint* fed:PassiveRequestorEndpoint*',
    },
    PseudonymServiceType: {
      extends: 'fed:WebServiceDescriptorType',
      content: 'fed:PseudonymServiceEndpoint+ fed:SingleSignOutNotificationEndpoint*',
    },
    AttributeServiceType: {
      extends: 'fed:WebServiceDescriptorType',
      content: 'fed:AttributeServiceEndpoint+ fed:SingleSignOutNotificationEndpoint*',
    },
    ApplicationServiceType: {
      extends: 'fed:WebServiceDescriptorType',
      content: 'fed:ApplicationServiceEndpoint+ fed:SingleSignOutNotificationEndpoint* fed:PassiveRequestorEndpoint*',
    },
    LogicalServiceNamesOfferedType: { content: 'fed:IssuerName=fed:IssuerNameType+', attributes: '*=#other' },
    IssuerNameType: { attributes: 'Uri!=xs:anyURI *=#other' },
    EndpointType: { content: 'wsa:EndpointReference+' },
    TokenTypesOfferedType: { content: 'fed:TokenType=fed:TokenType+ #other*', attributes: '*=#other' },
    TokenType: { content: '#any*', attributes: 'Uri=xs:anyURI *=#other' },
    ClaimTypesOfferedType: { content: 'auth:ClaimType+', attributes: '*=#other' },
    ClaimTypesRequestedType: { content: 'auth:ClaimType+', attributes: '*=#other' },
    ClaimDialectsOfferedType: { content: 'fed:ClaimDialect=fed:ClaimDialectType+', attributes: '*=#other' },
    ClaimDialectType: { content: '#other*', attributes: 'Uri=xs:anyURI *=#other' },
    FederationMetadataHandlerType: { attributes: '*=#other' },
    SignOutType: { content: 'fed:Realm? fed:SignOutBasis=fed:SignOutBasisType #other*', attributes: 'wsu:Id *=#other' },
    SignOutBasisType: { content: '#other+', attributes: '*=#other' },
    FilterPseudonymsType: { content: 'fed:PseudonymBasis? fed:RelativeTo? #other/strict*', attributes: '*=#other' },
    PseudonymBasisType: { content: '#other', attributes: '*=#other' },
    RelativeToType: { content: '#any*', attributes: '*=#other' },
    PseudonymType: { content: 'fed:PseudonymBasis fed:RelativeTo #any*', attributes: '*=#other' },
    SecurityTokenType: { content: '#other', attributes: '*=#other' },
    ProofTokenType: { content: '#other', attributes: '*=#other' },
    RequestPseudonymType: { content: '#other*', attributes: 'SingleUse=xs:boolean Lookup=xs:boolean *=#other' },
    ReferenceTokenType: {
      content:
        'fed:ReferenceEPR=wsa:EndpointReferenceType+ fed:ReferenceDigest=fed:ReferenceDigestType? fed:ReferenceType=fed:AttributeExtensibleURI? fed:SerialNo=fed:AttributeExtensibleURI? #other*',
      attributes: '*=#other',
    },
    ReferenceDigestType: { text: 'xs:base64Binary', attributes: '*=#other' },
    AttributeExtensibleURI: { text: 'xs:anyURI', attributes: '*=#other' },
    RequestProofTokenType: { content: '#any*', attributes: '*=#other' },
    ClientPseudonymType: {
      content:
        'fed:PPID=fed:AttributeExtensibleString? fed:DisplayName=fed:AttributeExtensibleString? fed:EMail=fed:AttributeExtensibleString? #other*',
      attributes: '*=#other',
    },
    AttributeExtensibleString: { text: 'xs:string', attributes: '*=#other' },
    Freshness: { text: 'xs:unsignedInt', attributes: 'AllowCache=xs:boolean *=#other' },
    AssertionType: { content: '#any*', attributes: '*=#other' },
  },
};

export const wsAuthorization: GrammarTable = {
  prefix: 'auth',
  elements: {
    'auth:AdditionalContextType': 'AdditionalContext',
    'auth:ClaimType': 'ClaimType',
  },
  types: {
    AdditionalContextType: { content: 'auth:ContextItem=auth:ContextItemType* #other*', attributes: '*=#other' },
    ContextItemType: {
      content: '(auth:Value=xs:string | #other)?',
      attributes: 'Name!=xs:anyURI Scope=xs:anyURI *=#other',
    },
    ClaimType: {
      content:
        'auth:DisplayName=auth:DisplayNameType? auth:Description=auth:DescriptionType? auth:DisplayValue=auth:DisplayValueType? (auth:Value=xs:string | auth:EncryptedValue=auth:EncryptedValueType | auth:StructuredValue=auth:StructuredValueType | auth:ConstrainedValue=auth:ConstrainedValueType | #other)?',
      attributes: 'Uri!=xs:anyURI Optional=xs:boolean *=#other',
    },
    DisplayNameType: { text: 'xs:string', attributes: '*=#other' },
    DescriptionType: { text: 'xs:string', attributes: '*=#other' },
    DisplayValueType: { text: 'xs:string', attributes: '*=#other' },
    EncryptedValueType: { content: 'xenc:EncryptedData', attributes: 'DecryptionCondition=xs:anyURI' },
    StructuredValueType: { content: '#other+', attributes: '*=#other' },
    ConstrainedValueType: {
      content:
        '(auth:ValueLessThan=auth:ConstrainedSingleValueType | auth:ValueLessThanOrEqual=auth:ConstrainedSingleValueType | auth:ValueGreaterThan=auth:ConstrainedSingleValueType | auth:ValueGreaterThanOrEqual=auth:ConstrainedSingleValueType | auth:ValueInRangen=auth:ValueInRangeType | auth:ValueOneOf=auth:ConstrainedManyValueType) #other+',
      attributes: 'AssertConstraint=xs:boolean',
    },
    ValueInRangeType: {
      content:
        'auth:ValueUpperBound=auth:ConstrainedSingleValueType auth:ValueLowerBound=auth:ConstrainedSingleValueType',
    },
    ConstrainedSingleValueType: { content: '(auth:Value=xs:string | auth:StructuredValue=auth:StructuredValueType)?' },
    ConstrainedManyValueType: { content: '(auth:Value=xs:string+ | auth:StructuredValue=auth:StructuredValueType+)?' },
  },
};
