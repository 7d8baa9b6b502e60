// SAML 2.0 metadata itself: entities, roles, endpoints, keys, organisations, contacts. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const metadata: GrammarTable = {
  prefix: 'md',
  elements: {
    'md:ExtensionsType': 'Extensions',
    'md:EntitiesDescriptorType': 'EntitiesDescriptor',
    'md:EntityDescriptorType': 'EntityDescriptor',
    'md:OrganizationType': 'Organization',
    'md:localizedNameType': 'OrganizationName OrganizationDisplayName ServiceName ServiceDescription',
    'md:localizedURIType': 'OrganizationURL',
    'md:ContactType': 'ContactPerson',
    'xs:string': 'Company GivenName SurName TelephoneNumber',
    'xs:anyURI': 'EmailAddress NameIDFormat AttributeProfile',
    'md:AdditionalMetadataLocationType': 'AdditionalMetadataLocation',
    'md:RoleDescriptorType': 'RoleDescriptor',
    'md:KeyDescriptorType': 'KeyDescriptor',
    'xenc:EncryptionMethodType': 'EncryptionMethod',
    'md:IndexedEndpointType': 'ArtifactResolutionService AssertionConsumerService',
    'md:EndpointType':
      'SingleLogoutService ManageNameIDService SingleSignOnService NameIDMappingService AssertionIDRequestService AuthnQueryService AuthzService AttributeService',
    'md:IDPSSODescriptorType': 'IDPSSODescriptor',
    'md:SPSSODescriptorType': 'SPSSODescriptor',
    'md:AttributeConsumingServiceType': 'AttributeConsumingService',
    'md:RequestedAttributeType': 'RequestedAttribute',
    'md:AuthnAuthorityDescriptorType': 'AuthnAuthorityDescriptor',
    'md:PDPDescriptorType': 'PDPDescriptor',
    'md:AttributeAuthorityDescriptorType': 'AttributeAuthorityDescriptor',
    'md:AffiliationDescriptorType': 'AffiliationDescriptor',
    'md:entityIDType': 'AffiliateMember',
  },
  types: {
    localizedNameType: { text: 'xs:string', attributes: 'xml:lang!' },
    localizedURIType: { text: 'xs:anyURI', attributes: 'xml:lang!' },
    ExtensionsType: { content: '#other+' },
    EndpointType: {
      content: '#other*',
      attributes: 'Binding!=xs:anyURI Location!=xs:anyURI ResponseLocation=xs:anyURI *=#other',
    },
    IndexedEndpointType: { extends: 'md:EndpointType', attributes: 'index!=xs:unsignedShort isDefault=xs:boolean' },
    EntitiesDescriptorType: {
      content: 'ds:Signature? md:Extensions? (md:EntityDescriptor | md:EntitiesDescriptor)+',
      attributes: 'validUntil=xs:dateTime cacheDuration=xs:duration ID=xs:ID Name=xs:string',
    },
    EntityDescriptorType: {
      content:
        'ds:Signature? md:Extensions? ((md:RoleDescriptor | md:IDPSSODescriptor | md:SPSSODescriptor | md:AuthnAuthorityDescriptor | md:AttributeAuthorityDescriptor | md:PDPDescriptor)+ | md:AffiliationDescriptor) md:Organization? md:ContactPerson* md:AdditionalMetadataLocation*',
      attributes: 'entityID!=md:entityIDType validUntil=xs:dateTime cacheDuration=xs:duration ID=xs:ID *=#other',
    },
    OrganizationType: {
      content: 'md:Extensions? md:OrganizationName+ md:OrganizationDisplayName+ md:OrganizationURL+',
      attributes: '*=#other',
    },
    ContactType: {
      content: 'md:Extensions? md:Company? md:GivenName? md:SurName? md:EmailAddress* md:TelephoneNumber*',
      attributes: 'contactType!=md:ContactTypeType *=#other',
    },
    AdditionalMetadataLocationType: { text: 'xs:anyURI', attributes: 'namespace!=xs:anyURI' },
    RoleDescriptorType: {
      abstract: true,
      content: 'ds:Signature? md:Extensions? md:KeyDescriptor* md:Organization? md:ContactPerson*',
      attributes:
        'ID=xs:ID validUntil=xs:dateTime cacheDuration=xs:duration protocolSupportEnumeration!=md:anyURIListType errorURL=xs:anyURI *=#other',
    },
    KeyDescriptorType: { content: 'ds:KeyInfo md:EncryptionMethod*', attributes: 'use=md:KeyTypes' },
    SSODescriptorType: {
      abstract: true,
      extends: 'md:RoleDescriptorType',
      content: 'md:ArtifactResolutionService* md:SingleLogoutService* md:ManageNameIDService* md:NameIDFormat*',
    },
    IDPSSODescriptorType: {
      extends: 'md:SSODescriptorType',
      content:
        'md:SingleSignOnService+ md:NameIDMappingService* md:AssertionIDRequestService* md:AttributeProfile* saml:Attribute*',
      attributes: 'WantAuthnRequestsSigned=xs:boolean',
    },
    SPSSODescriptorType: {
      extends: 'md:SSODescriptorType',
      content: 'md:AssertionConsumerService+ md:AttributeConsumingService*',
      attributes: 'AuthnRequestsSigned=xs:boolean WantAssertionsSigned=xs:boolean',
    },
    AttributeConsumingServiceType: {
      content: 'md:ServiceName+ md:ServiceDescription* md:RequestedAttribute+',
      attributes: 'index!=xs:unsignedShort isDefault=xs:boolean',
    },
    RequestedAttributeType: { extends: 'saml:AttributeType', attributes: 'isRequired=xs:boolean' },
    AuthnAuthorityDescriptorType: {
      extends: 'md:RoleDescriptorType',
      content: 'md:AuthnQueryService+ md:AssertionIDRequestService* md:NameIDFormat*',
    },
    PDPDescriptorType: {
      extends: 'md:RoleDescriptorType',
      content: 'md:AuthzService+ md:AssertionIDRequestService* md:NameIDFormat*',
    },
    AttributeAuthorityDescriptorType: {
      extends: 'md:RoleDescriptorType',
      content:
        'md:AttributeService+ md:AssertionIDRequestService* md:NameIDFormat* md:AttributeProfile* saml:Attribute*',
    },
    AffiliationDescriptorType: {
      content: 'ds:Signature? md:Extensions? md:AffiliateMember+ md:KeyDescriptor*',
      attributes:
        'affiliationOwnerID!=md:entityIDType validUntil=xs:dateTime cacheDuration=xs:duration ID=xs:ID *=#other',
    },
  },
  simple: {
    entityIDType: { base: 'xs:anyURI', maxLength: 1024 },
    ContactTypeType: { base: 'xs:string', values: ['technical', 'support', 'administrative', 'billing', 'other'] },
    anyURIListType: { list: 'xs:anyURI' },
    KeyTypes: { base: 'xs:string', values: ['encryption', 'signing'] },
  },
};
