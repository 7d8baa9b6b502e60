// WS-SecurityPolicy: policies that an endpoint reference may carry. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const wsSecurityPolicy: GrammarTable = {
  prefix: 'sp',
  elements: {
    'sp:SePartsType': 'SignedParts EncryptedParts',
    'sp:SerElementsType': 'SignedElements EncryptedElements RequiredElements',
    'sp:TokenAssertionType': 'UsernameToken X509Token KerberosToken SecurityContextToken SamlToken RelToken HttpsToken',
    'sp:QNameAssertionType':
      'NoPassword HashPassword WssUsernameToken10 WssUsernameToken11 RequireDerivedKeys RequireImpliedDerivedKeys RequireExplicitDerivedKeys RequireExternalReference RequireInternalReference RequireKeyIdentifierReference RequireIssuerSerialReference RequireEmbeddedTokenReference RequireThumbprintReference WssX509V3Token10 WssX509Pkcs7Token10 WssX509PkiPathV1Token10 WssX509V1Token11 WssX509V3Token11 WssX509Pkcs7Token11 WssX509PkiPathV1Token11 WssKerberosV5ApReqToken11 WssGssKerberosV5ApReqToken11 MustNotSendCancel MustNotSendAmend MustNotSendRenew RequireExternalUriReference SC13SecurityContextToken WssSamlV11Token10 WssSamlV11Token11 WssSamlV20Token11 WssRelV10Token10 WssRelV20Token10 WssRelV10Token11 WssRelV20Token11 HttpBasicAuthentication HttpDigestAuthentication RequireClientCertificate RsaKeyValue Basic256 Basic192 Basic128 TripleDes Basic256Rsa15 Basic192Rsa15 Basic128Rsa15 TripleDesRsa15 Basic256Sha256 Basic192Sha256 Basic128Sha256 TripleDesSha256 Basic256Sha256Rsa15 Basic192Sha256Rsa15 Basic128Sha256Rsa15 TripleDesSha256Rsa15 InclusiveC14N SOAPNormalization10 STRTransform10 XPath10 XPathFilter20 AbsXPath Strict Lax LaxTsFirst LaxTsLast IncludeTimestamp EncryptBeforeSigning EncryptSignature ProtectTokens OnlySignEntireHeadersAndBody MustSupportRefKeyIdentifier MustSupportRefIssuerSerial MustSupportRefExternalURI MustSupportRefEmbeddedToken MustSupportRefThumbprint MustSupportRefEncryptedKey RequireSignatureConfirmation MustSupportClientChallenge MustSupportServerChallenge RequireClientEntropy RequireServerEntropy MustSupportIssuedTokens RequireRequestSecurityTokenCollection RequireAppiesTo',
    'sp:IssuedTokenType': 'IssuedToken',
    'sp:SpnegoContextTokenType': 'SpnegoContextToken',
    'sp:SecureConversationTokenType': 'SecureConversationToken',
    'sp:NestedPolicyType':
      'BootstrapPolicy AlgorithmSuite Layout TransportBinding TransportToken SymmetricBinding EncryptionToken SignatureToken ProtectionToken AsymmetricBinding InitiatorToken InitiatorSignatureToken InitiatorEncryptionToken RecipientToken RecipientSignatureToken RecipientEncryptionToken SupportingTokens SignedSupportingTokens EndorsingSupportingTokens SignedEndorsingSupportingTokens SignedEncryptedSupportingTokens EncryptedSupportingTokens EndorsingEncryptedSupportingTokens SignedEndorsingEncryptedSupportingTokens Wss10 Wss11 Trust13',
    'sp:KeyValueTokenType': 'KeyValueToken',
  },
  types: {
    SePartsType: {
      content: 'sp:Body=sp:EmptyType? sp:Header=sp:HeaderType* sp:Attachments=sp:EmptyType? #other*',
      attributes: '*=#any',
    },
    EmptyType: {},
    HeaderType: { attributes: 'Name=xs:QName Namespace!=xs:anyURI *=#any' },
    SerElementsType: { content: 'sp:XPath=xs:string+ #other*', attributes: 'XPathVersion=xs:anyURI *=#any' },
    TokenAssertionType: {
      content: '(sp:Issuer=wsa:EndpointReferenceType | sp:IssuerName=xs:anyURI)? #other*',
      attributes: 'sp:IncludeToken *=#any',
    },
    QNameAssertionType: { attributes: '*=#any' },
    IssuedTokenType: {
      content:
        '(sp:Issuer=wsa:EndpointReferenceType | sp:IssuerName=xs:anyURI)? sp:RequestSecurityTokenTemplate=sp:RequestSecurityTokenTemplateType #other*',
      attributes: 'sp:IncludeToken *=#any',
    },
    RequestSecurityTokenTemplateType: { content: '#other*', attributes: 'TrustVersion=xs:anyURI *=#any' },
    SpnegoContextTokenType: {
      content: '(sp:Issuer=wsa:EndpointReferenceType | sp:IssuerName=xs:anyURI)? #other*',
      attributes: 'sp:IncludeToken *=#any',
    },
    SecureConversationTokenType: {
      content: '(sp:Issuer=wsa:EndpointReferenceType | sp:IssuerName=xs:anyURI)? #other*',
      attributes: 'sp:IncludeToken *=#any',
    },
    KeyValueTokenType: { content: '#other*', attributes: 'sp:IncludeToken *=#any' },
    NestedPolicyType: { content: '#other*', attributes: '*=#any' },
  },
  simple: {
    IncludeTokenOpenType: { union: ['sp:IncludeTokenType', 'xs:anyURI'] },
    IncludeTokenType: {
      base: 'xs:anyURI',
      values: [
        'http://docs.oasis-open.org/ws-sx/ws-trust/200702/ws-securitypolicy/IncludeToken/Never',
        'http://docs.oasis-open.org/ws-sx/ws-trust/200702/ws-securitypolicy/IncludeToken/Once',
        'http://docs.oasis-open.org/ws-sx/ws-trust/200702/ws-securitypolicy/IncludeToken/AlwaysToRecipient',
        'http://docs.oasis-open.org/ws-sx/ws-trust/200702/ws-securitypolicy/IncludeToken/AlwaysToInitiator',
        'http://docs.oasis-open.org/ws-sx/ws-trust/200702/ws-securitypolicy/IncludeToken/Always',
      ],
    },
  },
  attributes: { IncludeToken: 'sp:IncludeTokenOpenType' },
};
