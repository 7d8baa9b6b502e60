// SAML 2.0 assertions; metadata uses Attribute, and nothing keeps a file from holding more. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const assertion: GrammarTable = {
  prefix: 'saml',
  elements: {
    'saml:BaseIDAbstractType': 'BaseID',
    'saml:NameIDType': 'NameID Issuer',
    'saml:EncryptedElementType': 'EncryptedID EncryptedAssertion EncryptedAttribute',
    'xs:NCName': 'AssertionIDRef',
    'xs:anyURI': 'AssertionURIRef Audience AuthnContextClassRef AuthnContextDeclRef AuthenticatingAuthority',
    'saml:AssertionType': 'Assertion',
    'saml:SubjectType': 'Subject',
    'saml:SubjectConfirmationType': 'SubjectConfirmation',
    'saml:SubjectConfirmationDataType': 'SubjectConfirmationData',
    'saml:ConditionsType': 'Conditions',
    'saml:ConditionAbstractType': 'Condition',
    'saml:AudienceRestrictionType': 'AudienceRestriction',
    'saml:OneTimeUseType': 'OneTimeUse',
    'saml:ProxyRestrictionType': 'ProxyRestriction',
    'saml:AdviceType': 'Advice',
    'saml:StatementAbstractType': 'Statement',
    'saml:AuthnStatementType': 'AuthnStatement',
    'saml:SubjectLocalityType': 'SubjectLocality',
    'saml:AuthnContextType': 'AuthnContext',
    'xs:anyType': 'AuthnContextDecl AttributeValue',
    'saml:AuthzDecisionStatementType': 'AuthzDecisionStatement',
    'saml:ActionType': 'Action',
    'saml:EvidenceType': 'Evidence',
    'saml:AttributeStatementType': 'AttributeStatement',
    'saml:AttributeType': 'Attribute',
  },
  types: {
    BaseIDAbstractType: { abstract: true, attributes: '@saml:IDNameQualifiers' },
    NameIDType: { text: 'xs:string', attributes: '@saml:IDNameQualifiers Format=xs:anyURI SPProvidedID=xs:string' },
    EncryptedElementType: { content: 'xenc:EncryptedData xenc:EncryptedKey*' },
    AssertionType: {
      content:
        'saml:Issuer ds:Signature? saml:Subject? saml:Conditions? saml:Advice? (saml:Statement | saml:AuthnStatement | saml:AuthzDecisionStatement | saml:AttributeStatement)*',
      attributes: 'Version!=xs:string ID!=xs:ID IssueInstant!=xs:dateTime',
    },
    SubjectType: {
      content: '((saml:BaseID | saml:NameID | saml:EncryptedID) saml:SubjectConfirmation*) | saml:SubjectConfirmation+',
    },
    SubjectConfirmationType: {
      content: '(saml:BaseID | saml:NameID | saml:EncryptedID)? saml:SubjectConfirmationData?',
      attributes: 'Method!=xs:anyURI',
    },
    SubjectConfirmationDataType: {
      mixed: true,
      restricts: 'xs:anyType',
      content: '#any*',
      attributes:
        'NotBefore=xs:dateTime NotOnOrAfter=xs:dateTime Recipient=xs:anyURI InResponseTo=xs:NCName Address=xs:string *=#other',
    },
    KeyInfoConfirmationDataType: { restricts: 'saml:SubjectConfirmationDataType', content: 'ds:KeyInfo+' },
    ConditionsType: {
      content: '(saml:Condition | saml:AudienceRestriction | saml:OneTimeUse | saml:ProxyRestriction)*',
      attributes: 'NotBefore=xs:dateTime NotOnOrAfter=xs:dateTime',
    },
    ConditionAbstractType: { abstract: true },
    AudienceRestrictionType: { extends: 'saml:ConditionAbstractType', content: 'saml:Audience+' },
    OneTimeUseType: { extends: 'saml:ConditionAbstractType' },
    ProxyRestrictionType: {
      extends: 'saml:ConditionAbstractType',
      content: 'saml:Audience*',
      attributes: 'Count=xs:nonNegativeInteger',
    },
    AdviceType: {
      content: '(saml:AssertionIDRef | saml:AssertionURIRef | saml:Assertion | saml:EncryptedAssertion | #other)*',
    },
    StatementAbstractType: { abstract: true },
    AuthnStatementType: {
      extends: 'saml:StatementAbstractType',
      content: 'saml:SubjectLocality? saml:AuthnContext',
      attributes: 'AuthnInstant!=xs:dateTime SessionIndex=xs:string SessionNotOnOrAfter=xs:dateTime',
    },
    SubjectLocalityType: { attributes: 'Address=xs:string DNSName=xs:string' },
    AuthnContextType: {
      content:
        '((saml:AuthnContextClassRef (saml:AuthnContextDecl | saml:AuthnContextDeclRef)?) | (saml:AuthnContextDecl | saml:AuthnContextDeclRef)) saml:AuthenticatingAuthority*',
    },
    AuthzDecisionStatementType: {
      extends: 'saml:StatementAbstractType',
      content: 'saml:Action+ saml:Evidence?',
      attributes: 'Resource!=xs:anyURI Decision!=saml:DecisionType',
    },
    ActionType: { text: 'xs:string', attributes: 'Namespace!=xs:anyURI' },
    EvidenceType: {
      content: '(saml:AssertionIDRef | saml:AssertionURIRef | saml:Assertion | saml:EncryptedAssertion)+',
    },
    AttributeStatementType: {
      extends: 'saml:StatementAbstractType',
      content: '(saml:Attribute | saml:EncryptedAttribute)+',
    },
    AttributeType: {
      content: 'saml:AttributeValue*',
      attributes: 'Name!=xs:string NameFormat=xs:anyURI FriendlyName=xs:string *=#other',
    },
  },
  simple: {
    DecisionType: { base: 'xs:string', values: ['Permit', 'Deny', 'Indeterminate'] },
  },
  groups: { IDNameQualifiers: 'NameQualifier=xs:string SPNameQualifier=xs:string' },
};
