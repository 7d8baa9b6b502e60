// The rules by number: what each demands, why, and what AWS says where it is known. Severity and profile of a finding are
// decided where it is found, since some rules are an error to one reader and information to another.

export interface Rule {
  readonly name: string;
  /** What holds where the rule is kept. */
  readonly what: string;
  readonly why: string;
  readonly awsMessage?: string;
}

export const rules = {
  R1: {
    name: 'well-formed',
    what: 'The document is well-formed XML with one root, in valid UTF-8 and without NUL characters.',
    why: 'What is no XML can be read by nobody.',
    awsMessage: 'Could not parse metadata.',
  },
  R2: {
    name: 'no-doctype',
    what: 'There is no DOCTYPE and no ENTITY; nothing the document points to is fetched.',
    why: 'A document type can make a parser read files, call addresses and fill its memory.',
    awsMessage: 'Could not parse metadata.',
  },
  R3: {
    name: 'utf8-without-bom',
    what: 'The file is UTF-8 without a byte order mark.',
    why: 'IAM refuses a file that begins with a byte order mark, and so does many another parser.',
    awsMessage: 'Could not parse metadata.',
  },
  R4: {
    name: 'metadata-root',
    what: 'The root is EntityDescriptor or EntitiesDescriptor in the namespace of SAML 2.0 metadata.',
    why: 'Without the namespace it is no SAML metadata to any reader.',
    awsMessage: 'Could not parse metadata.',
  },
  R5: {
    name: 'schema',
    what: 'The document is valid against the schemas of SAML metadata and its extensions.',
    why: 'Readers that validate refuse the file, and those that do not may misunderstand it.',
    awsMessage: 'Could not parse metadata.',
  },
  R6: {
    name: 'key-info-namespace',
    what: 'KeyInfo is in the namespace http://www.w3.org/2000/09/xmldsig#, exactly.',
    why: 'A namespace is a name, not an address: with https:// in it, or in another namespace, the key is not found.',
    awsMessage: 'Could not parse metadata.',
  },
  R7: {
    name: 'entity-id',
    what: 'entityID is there, is a URI of at most 1,024 characters and has no blanks.',
    why: 'The entityID is compared letter by letter with the Issuer of every message.',
  },
  R8: {
    name: 'entity-id-form',
    what: 'entityID begins with http://, https:// or urn:, is short and has no deceptive characters.',
    why: 'Some products take no other, and look-alike characters serve impostors.',
  },
  R9: {
    name: 'validity',
    what: 'validUntil and cacheDuration can be read, and validUntil is not past.',
    why: 'Readers that hold to validUntil drop the file after it. The standard wants one of the two on the root; AD FS, Entra and Okta leave both out.',
  },
  R10: {
    name: 'identity-provider',
    what: 'There is exactly one IDPSSODescriptor, and it speaks the SAML 2.0 protocol.',
    why: 'AWS wants the metadata of the identity provider. Uploading that of the service provider is the likeliest mistake.',
    awsMessage: 'Could not parse metadata.',
  },
  R11: {
    name: 'signing-key',
    what: 'The identity provider has at least one KeyDescriptor for signing with an X509Certificate.',
    why: 'AWS verifies the signature of every response with it.',
    awsMessage: 'The metadata must include keys that can be used to validate the SAML authentication response.',
  },
  R12: {
    name: 'certificate',
    what: 'Each X509Certificate holds the base64 of one certificate, without the lines BEGIN and END.',
    why: 'A reader that cannot read the certificate cannot verify anything.',
    awsMessage: 'Unable to parse metadata.',
  },
  R13: {
    name: 'certificate-iam',
    what: 'RSA keys have at least 1,024 bits, and no certificate has an extension twice.',
    why: 'IAM refuses such certificates.',
    awsMessage: 'Unable to parse metadata.',
  },
  R14: {
    name: 'certificate-strength',
    what: 'RSA keys have at least 2,048 bits; nothing is signed with SHA-1 or MD5.',
    why: 'These can be forged, and are being turned off everywhere.',
  },
  R15: {
    name: 'certificate-validity',
    what: 'Certificates are valid now, and for 30 days more.',
    why: 'Cognito wants a certificate that has not expired; IAM seems to take it; the identity provider will change it.',
    awsMessage: 'The signing certificate must not be expired when you configure the SAML identity provider.',
  },
  R16: {
    name: 'certificate-length',
    what: 'Each signing certificate has at most 4,096 characters.',
    why: 'It is a quota of Cognito.',
  },
  R17: {
    name: 'redirect-sign-on',
    what: 'There is a SingleSignOnService with HTTP-Redirect.',
    why: 'Cognito sends its requests by HTTP-Redirect.',
    awsMessage: 'No SingleSignOn Http redirect binding location found in metadata.',
  },
  R18: {
    name: 'post-sign-on',
    what: 'There is a SingleSignOnService with HTTP-POST.',
    why: 'The sign-in to the AWS console begins at the identity provider and needs none: this is no error.',
  },
  R19: {
    name: 'sign-on-twice',
    what: 'No two SingleSignOnService have the same binding.',
    why: 'Readers take the first or the last, as they please.',
  },
  R20: {
    name: 'location',
    what: 'Location and ResponseLocation are absolute http or https addresses without blanks.',
    why: 'Browsers are sent there: javascript: and data: addresses would run in the page that sends them.',
  },
  R21: {
    name: 'plain-http',
    what: 'Endpoints are https.',
    why: 'What is sent there can be read and changed on the way.',
  },
  R22: {
    name: 'binding',
    what: 'Binding is one that this kind of endpoint can have, and SAML 2.0 bindings stand in a role that speaks SAML 2.0.',
    why: 'An endpoint with an unknown binding is never used.',
  },
  R23: {
    name: 'consumer-services',
    what: 'The service provider has an AssertionConsumerService with HTTP-POST; indices are unique; one default at most.',
    why: 'Responses come by POST, and requests name the service by its index.',
  },
  R24: {
    name: 'name-id-format',
    what: 'The identity provider names its NameIDFormats, and they are among the eight that AWS accepts.',
    why: 'AWS takes other formats for unspecified; it is good to know what will come.',
  },
  R25: {
    name: 'signature',
    what: 'The signature of the metadata verifies.',
    why: 'AWS does not check it, but many others do, and it tells that the file is no longer what was issued.',
  },
  R26: {
    name: 'signature-form',
    what: 'The signature has one Reference to the element it stands in, and only enveloped and canonicalization transforms.',
    why: 'Every other form has served to smuggle unsigned content past a verifier.',
  },
  R27: {
    name: 'signature-trust',
    what: 'The signature verifies with a key that is pinned.',
    why: 'The key stands in the file itself: the signature tells that the file is whole, not who made it.',
  },
  R28: {
    name: 'unique-ids',
    what: 'No two elements have the same ID.',
    why: 'A signature that refers to an ID must mean one element; twins are how signatures are wrapped.',
  },
  R29: {
    name: 'asides-in-values',
    what: 'No comment, CDATA or processing instruction stands inside certificates, names and identifiers.',
    why: 'Careless readers stop at it and see another value.',
  },
  R30: {
    name: 'language',
    what: 'xml:lang is not empty, and each language is there once.',
    why: 'Readers choose the text by its language.',
  },
  R31: {
    name: 'one-entity',
    what: 'The document describes one entity.',
    why: 'IAM and Cognito want one identity provider, not a federation.',
  },
  R32: {
    name: 'iam-length',
    what: 'The document has 1,000 to 10,000,000 characters.',
    why: 'The API of IAM refuses others.',
    awsMessage: "Value at 'sAMLMetadataDocument' failed to satisfy constraint.",
  },
  R33: {
    name: 'iam-name',
    what: 'The name of the provider has 1 to 128 of the characters A-Z a-z 0-9 _ . -',
    why: 'The API of IAM refuses others.',
    awsMessage: 'InvalidInput',
  },
  R34: {
    name: 'cognito-length',
    what: 'MetadataFile has at most 131,072 characters.',
    why: 'The API of Cognito refuses longer ones; give it the address of the metadata instead (MetadataURL).',
    awsMessage: 'InvalidParameterException',
  },
  R35: {
    name: 'cognito-name',
    what: 'ProviderName has 3 to 32 characters and does not begin or end with _ or a blank; identifiers and attribute mappings fit.',
    why: 'The API of Cognito refuses others.',
    awsMessage: 'InvalidParameterException',
  },
  R36: {
    name: 'cognito-details',
    what: 'ProviderDetails have MetadataURL or MetadataFile, and only values that Cognito knows.',
    why: 'The API of Cognito refuses others.',
    awsMessage: 'At least one of the MetadataURL or MetadataFile should be provided.',
  },
  R37: {
    name: 'cognito-logout',
    what: 'With IDPSignout there is a SingleLogoutService.',
    why: 'Cognito takes the address to send the browser to from it.',
  },
  R38: {
    name: 'cognito-attributes',
    what: 'Attributes that the user pool requires are mapped.',
    why: 'Sign-in fails later, when the first user comes.',
  },
  R39: {
    name: 'iam-private-key',
    what: 'Private keys for encrypted assertions are PEM, at most two; Required needs one.',
    why: 'The API of IAM refuses others.',
    awsMessage: 'Invalid private key.',
  },
  R40: {
    name: 'response',
    what: 'The SAMLResponse is base64 of a samlp:Response, version 2.0, with the status Success.',
    why: 'AWS reads nothing else.',
    awsMessage: 'InvalidIdentityToken',
  },
  R41: {
    name: 'signed-assertion',
    what: 'Exactly one assertion counts, and it is the element whose signature was verified.',
    why: 'Unsigned content beside a signed assertion is how responses are forged.',
    awsMessage:
      'Response signature invalid (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)',
  },
  R42: {
    name: 'issuer',
    what: 'Issuer is the entityID of the provider.',
    why: 'AWS looks the provider up and compares.',
    awsMessage:
      'Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)',
  },
  R43: {
    name: 'subject',
    what: 'The Subject has a NameID and one bearer confirmation with NotOnOrAfter and Recipient.',
    why: 'The confirmation says for whom and until when the assertion may be presented.',
    awsMessage:
      'Not authorized to perform sts:AssumeRoleWithSAML (service: AWSSecurityTokenService; status code: 403; error code: AccessDenied)',
  },
  R44: {
    name: 'audience',
    what: 'An AudienceRestriction names the service.',
    why: 'An assertion made for another service must not open this one.',
    awsMessage:
      'Response does not contain the required audience. (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)',
  },
  R45: {
    name: 'time',
    what: 'The assertion is valid now, give or take the difference of clocks that is allowed.',
    why: 'An assertion lives for minutes; an old one may be stolen.',
    awsMessage:
      'Token must be redeemed within 5 minutes of issuance (status code: 400; error code: ExpiredTokenException)',
  },
  R46: {
    name: 'role',
    what: 'The attribute https://aws.amazon.com/SAML/Attributes/Role has pairs of role and provider ARNs of one account.',
    why: 'AWS offers these roles, and no others.',
    awsMessage: 'Your request included an invalid SAML response. To logout, click here.',
  },
  R47: {
    name: 'role-session-name',
    what: 'The attribute RoleSessionName has one value of 2 to 64 letters, digits and _+=,.@-',
    why: 'It is the name of the session in CloudTrail.',
    awsMessage:
      'RoleSessionName is required in AuthnResponse (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)',
  },
  R48: {
    name: 'session-duration',
    what: 'SessionDuration, where it is given, is a whole number from 900 to 43,200.',
    why: "The role's own maximum counts too.",
    awsMessage: 'Requested DurationSeconds exceeds MaxSessionDuration set for this role.',
  },
  R49: {
    name: 'source-identity',
    what: 'SourceIdentity fits its pattern; session tags and source identity need their own actions in the trust policy.',
    why: 'Without sts:SetSourceIdentity or sts:TagSession the role is not given.',
    awsMessage: 'Not authorized to perform sts:AssumeRoleWithSAML',
  },
  R50: {
    name: 'trust-policy',
    what: 'The trust policy names the provider, sts:AssumeRoleWithSAML, and SAML:aud with the regional endpoints.',
    why: 'SAML:aud is compared with the Recipient, not with the Audience.',
  },
  R51: {
    name: 'idp-initiated',
    what: 'A response nobody asked for has no InResponseTo, is six minutes old at most, and comes once.',
    why: 'Cognito refuses others.',
    awsMessage: 'Invalid samlResponse or relayState from identity provider',
  },
  R52: {
    name: 'adfs-two-roles',
    what: 'AD FS describes itself as service provider and as identity provider, its encryption key first.',
    why: 'The first certificate of the file is the wrong one to sign with.',
  },
  R53: {
    name: 'adfs-one-line',
    what: 'The file is one line, as AD FS issues it.',
    why: 'Formatting it breaks the signature. Use the formatted view, which leaves the text alone.',
  },
  R54: {
    name: 'rollover',
    what: 'There is one signing certificate.',
    why: 'Two mean that a rollover is under way: IAM never fetches metadata, so upload it again; Cognito with MetadataURL does, about every six hours.',
  },
} as const satisfies Readonly<Record<`R${number}`, Rule>>;

export type RuleId = keyof typeof rules;

export const ruleOf = (id: RuleId): Rule => rules[id];
