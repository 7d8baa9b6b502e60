// XML signatures and key information, with the additions of version 1.1. One table a namespace: see grammarTable.ts for the notation.
import type { GrammarTable } from './grammarTable.ts';

export const xmlDsig: GrammarTable = {
  prefix: 'ds',
  elements: {
    'ds:SignatureType': 'Signature',
    'ds:SignatureValueType': 'SignatureValue',
    'ds:SignedInfoType': 'SignedInfo',
    'ds:CanonicalizationMethodType': 'CanonicalizationMethod',
    'ds:SignatureMethodType': 'SignatureMethod',
    'ds:ReferenceType': 'Reference',
    'ds:TransformsType': 'Transforms',
    'ds:TransformType': 'Transform',
    'ds:DigestMethodType': 'DigestMethod',
    'ds:DigestValueType': 'DigestValue',
    'ds:KeyInfoType': 'KeyInfo',
    'xs:string': 'KeyName MgmtData',
    'ds:KeyValueType': 'KeyValue',
    'ds:RetrievalMethodType': 'RetrievalMethod',
    'ds:X509DataType': 'X509Data',
    'ds:PGPDataType': 'PGPData',
    'ds:SPKIDataType': 'SPKIData',
    'ds:ObjectType': 'Object',
    'ds:ManifestType': 'Manifest',
    'ds:SignaturePropertiesType': 'SignatureProperties',
    'ds:SignaturePropertyType': 'SignatureProperty',
    'ds:DSAKeyValueType': 'DSAKeyValue',
    'ds:RSAKeyValueType': 'RSAKeyValue',
  },
  types: {
    SignatureType: { content: 'ds:SignedInfo ds:SignatureValue ds:KeyInfo? ds:Object*', attributes: 'Id=xs:ID' },
    SignatureValueType: { text: 'xs:base64Binary', attributes: 'Id=xs:ID' },
    SignedInfoType: { content: 'ds:CanonicalizationMethod ds:SignatureMethod ds:Reference+', attributes: 'Id=xs:ID' },
    CanonicalizationMethodType: { mixed: true, content: '#any/strict*', attributes: 'Algorithm!=xs:anyURI' },
    SignatureMethodType: {
      mixed: true,
      content: 'ds:HMACOutputLength=ds:HMACOutputLengthType? #other/strict*',
      attributes: 'Algorithm!=xs:anyURI',
    },
    ReferenceType: {
      content: 'ds:Transforms? ds:DigestMethod ds:DigestValue',
      attributes: 'Id=xs:ID URI=xs:anyURI Type=xs:anyURI',
    },
    TransformsType: { content: 'ds:Transform+' },
    TransformType: { mixed: true, content: '(#other | ds:XPath=xs:string)*', attributes: 'Algorithm!=xs:anyURI' },
    DigestMethodType: { mixed: true, content: '#other*', attributes: 'Algorithm!=xs:anyURI' },
    KeyInfoType: {
      mixed: true,
      content:
        '(ds:KeyName | ds:KeyValue | ds:RetrievalMethod | ds:X509Data | ds:PGPData | ds:SPKIData | ds:MgmtData | #other)+',
      attributes: 'Id=xs:ID',
    },
    KeyValueType: { mixed: true, content: 'ds:DSAKeyValue | ds:RSAKeyValue | #other' },
    RetrievalMethodType: { content: 'ds:Transforms?', attributes: 'URI!=xs:anyURI Type=xs:anyURI' },
    X509DataType: {
      content:
        '((ds:X509IssuerSerial=ds:X509IssuerSerialType | ds:X509SKI=xs:base64Binary | ds:X509SubjectName=xs:string | ds:X509Certificate=xs:base64Binary | ds:X509CRL=xs:base64Binary | #other))+',
    },
    X509IssuerSerialType: { content: 'ds:X509IssuerName=xs:string ds:X509SerialNumber=xs:string' },
    PGPDataType: {
      content:
        '(ds:PGPKeyID=xs:base64Binary ds:PGPKeyPacket=xs:base64Binary? #other*) | (ds:PGPKeyPacket=xs:base64Binary #other*)',
    },
    SPKIDataType: { content: '(ds:SPKISexp=xs:base64Binary #other?)+' },
    ObjectType: { mixed: true, content: '(#any)*', attributes: 'Id=xs:ID MimeType=xs:string Encoding=xs:anyURI' },
    ManifestType: { content: 'ds:Reference+', attributes: 'Id=xs:ID' },
    SignaturePropertiesType: { content: 'ds:SignatureProperty+', attributes: 'Id=xs:ID' },
    SignaturePropertyType: { mixed: true, content: '(#other)+', attributes: 'Target!=xs:anyURI Id=xs:ID' },
    DSAKeyValueType: {
      content:
        '(ds:P=ds:CryptoBinary ds:Q=ds:CryptoBinary)? ds:G=ds:CryptoBinary? ds:Y=ds:CryptoBinary ds:J=ds:CryptoBinary? (ds:Seed=ds:CryptoBinary ds:PgenCounter=ds:CryptoBinary)?',
    },
    RSAKeyValueType: { content: 'ds:Modulus=ds:CryptoBinary ds:Exponent=ds:CryptoBinary' },
  },
  simple: {
    CryptoBinary: { base: 'xs:base64Binary' },
    DigestValueType: { base: 'xs:base64Binary' },
    HMACOutputLengthType: { base: 'xs:integer' },
  },
};

export const xmlDsig11: GrammarTable = {
  prefix: 'dsig11',
  elements: {
    'dsig11:ECKeyValueType': 'ECKeyValue',
    'dsig11:PrimeFieldParamsType': 'Prime',
    'dsig11:CharTwoFieldParamsType': 'GnB',
    'dsig11:TnBFieldParamsType': 'TnB',
    'dsig11:PnBFieldParamsType': 'PnB',
    'dsig11:DEREncodedKeyValueType': 'DEREncodedKeyValue',
    'dsig11:KeyInfoReferenceType': 'KeyInfoReference',
    'dsig11:X509DigestType': 'X509Digest',
  },
  types: {
    ECKeyValueType: {
      content:
        '(dsig11:ECParameters=dsig11:ECParametersType | dsig11:NamedCurve=dsig11:NamedCurveType) dsig11:PublicKey=dsig11:ECPointType',
      attributes: 'Id=xs:ID',
    },
    NamedCurveType: { attributes: 'URI!=xs:anyURI' },
    ECParametersType: {
      content:
        'dsig11:FieldID=dsig11:FieldIDType dsig11:Curve=dsig11:CurveType dsig11:Base=dsig11:ECPointType dsig11:Order=ds:CryptoBinary dsig11:CoFactor=xs:integer? dsig11:ValidationData=dsig11:ECValidationDataType?',
    },
    FieldIDType: { content: 'dsig11:Prime | dsig11:TnB | dsig11:PnB | dsig11:GnB | #other' },
    CurveType: { content: 'dsig11:A=ds:CryptoBinary dsig11:B=ds:CryptoBinary' },
    ECValidationDataType: { content: 'dsig11:seed=ds:CryptoBinary', attributes: 'hashAlgorithm!=xs:anyURI' },
    PrimeFieldParamsType: { content: 'dsig11:P=ds:CryptoBinary' },
    CharTwoFieldParamsType: { content: 'dsig11:M=xs:positiveInteger' },
    TnBFieldParamsType: { extends: 'dsig11:CharTwoFieldParamsType', content: 'dsig11:K=xs:positiveInteger' },
    PnBFieldParamsType: {
      extends: 'dsig11:CharTwoFieldParamsType',
      content: 'dsig11:K1=xs:positiveInteger dsig11:K2=xs:positiveInteger dsig11:K3=xs:positiveInteger',
    },
    DEREncodedKeyValueType: { text: 'xs:base64Binary', attributes: 'Id=xs:ID' },
    KeyInfoReferenceType: { attributes: 'URI!=xs:anyURI Id=xs:ID' },
    X509DigestType: { text: 'xs:base64Binary', attributes: 'Algorithm!=xs:anyURI' },
  },
  simple: {
    ECPointType: { base: 'ds:CryptoBinary' },
  },
};
