// XML encryption: in metadata the algorithms a key is offered for. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const xmlEnc: GrammarTable = {
  prefix: 'xenc',
  elements: {
    'xenc:CipherDataType': 'CipherData',
    'xenc:CipherReferenceType': 'CipherReference',
    'xenc:EncryptedDataType': 'EncryptedData',
    'xenc:EncryptedKeyType': 'EncryptedKey',
    'xenc:AgreementMethodType': 'AgreementMethod',
    'xenc:ReferenceListContent': 'ReferenceList',
    'xenc:EncryptionPropertiesType': 'EncryptionProperties',
    'xenc:EncryptionPropertyType': 'EncryptionProperty',
    'xenc:DHKeyValueType': 'DHKeyValue',
  },
  types: {
    EncryptedType: {
      abstract: true,
      content:
        'xenc:EncryptionMethod=xenc:EncryptionMethodType? ds:KeyInfo? xenc:CipherData xenc:EncryptionProperties?',
      attributes: 'Id=xs:ID Type=xs:anyURI MimeType=xs:string Encoding=xs:anyURI',
    },
    EncryptionMethodType: {
      mixed: true,
      content: 'xenc:KeySize=xenc:KeySizeType? xenc:OAEPparams=xs:base64Binary? #other/strict*',
      attributes: 'Algorithm!=xs:anyURI',
    },
    CipherDataType: { content: 'xenc:CipherValue=xs:base64Binary | xenc:CipherReference' },
    CipherReferenceType: { content: 'xenc:Transforms=xenc:TransformsType?', attributes: 'URI!=xs:anyURI' },
    TransformsType: { content: 'ds:Transform+' },
    EncryptedDataType: { extends: 'xenc:EncryptedType' },
    EncryptedKeyType: {
      extends: 'xenc:EncryptedType',
      content: 'xenc:ReferenceList? xenc:CarriedKeyName=xs:string?',
      attributes: 'Recipient=xs:string',
    },
    AgreementMethodType: {
      mixed: true,
      content:
        'xenc:KA-Nonce=xs:base64Binary? #other/strict* xenc:OriginatorKeyInfo=ds:KeyInfoType? xenc:RecipientKeyInfo=ds:KeyInfoType?',
      attributes: 'Algorithm!=xs:anyURI',
    },
    ReferenceListContent: {
      content: '(xenc:DataReference=xenc:ReferenceType | xenc:KeyReference=xenc:ReferenceType)+',
    },
    ReferenceType: { content: '#other/strict*', attributes: 'URI!=xs:anyURI' },
    EncryptionPropertiesType: { content: 'xenc:EncryptionProperty+', attributes: 'Id=xs:ID' },
    EncryptionPropertyType: { mixed: true, content: '(#other)+', attributes: 'Target=xs:anyURI Id=xs:ID *=xml/strict' },
    DHKeyValueType: {
      content:
        '(xenc:P=ds:CryptoBinary xenc:Q=ds:CryptoBinary xenc:Generator=ds:CryptoBinary)? xenc:Public=ds:CryptoBinary (xenc:seed=ds:CryptoBinary xenc:pgenCounter=ds:CryptoBinary)?',
    },
  },
  simple: {
    KeySizeType: { base: 'xs:integer' },
  },
};

export const xmlEnc11: GrammarTable = {
  prefix: 'xenc11',
  elements: {
    'xenc11:ConcatKDFParamsType': 'ConcatKDFParams',
    'xenc11:DerivedKeyType': 'DerivedKey',
    'xenc11:KeyDerivationMethodType': 'KeyDerivationMethod',
    'xenc11:PBKDF2ParameterType': 'PBKDF2-params',
    'xenc11:MGFType': 'MGF',
  },
  types: {
    ConcatKDFParamsType: {
      content: 'ds:DigestMethod',
      attributes:
        'AlgorithmID=xs:hexBinary PartyUInfo=xs:hexBinary PartyVInfo=xs:hexBinary SuppPubInfo=xs:hexBinary SuppPrivInfo=xs:hexBinary',
    },
    DerivedKeyType: {
      content:
        'xenc11:KeyDerivationMethod? xenc:ReferenceList? xenc11:DerivedKeyName=xs:string? xenc11:MasterKeyName=xs:string?',
      attributes: 'Recipient=xs:string Id=xs:ID Type=xs:anyURI',
    },
    KeyDerivationMethodType: { content: '#any/strict*', attributes: 'Algorithm!=xs:anyURI' },
    AlgorithmIdentifierType: { content: 'xenc11:Parameters=xs:anyType?', attributes: 'Algorithm!=xs:anyURI' },
    PRFAlgorithmIdentifierType: { restricts: 'xenc11:AlgorithmIdentifierType', attributes: 'Algorithm!=xs:anyURI' },
    SaltContent: { content: 'xenc11:Specified=xs:base64Binary | xenc11:OtherSource=xenc11:AlgorithmIdentifierType' },
    PBKDF2ParameterType: {
      content:
        'xenc11:Salt=xenc11:SaltContent xenc11:IterationCount=xs:positiveInteger xenc11:KeyLength=xs:positiveInteger xenc11:PRF=xenc11:PRFAlgorithmIdentifierType',
    },
    MGFType: { restricts: 'xenc11:AlgorithmIdentifierType', attributes: 'Algorithm!=xs:anyURI' },
  },
};
