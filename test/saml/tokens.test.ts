// Tokens, requests, and the texts made for others: metadata of service providers, claim rules.
import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { adfsClaimRules } from '../../src/saml/message/adfsClaimRules.ts';
import { awsSpMetadata, buildIdpMetadata, cognitoSpMetadata } from '../../src/saml/message/buildMetadata.ts';
import { decodeMessage } from '../../src/saml/message/decodeMessage.ts';
import { decodeJwt, verifyJwt } from '../../src/saml/message/jwt.ts';
import {
  buildAuthnRequest,
  buildLogoutRequest,
  buildLogoutResponse,
  readRequest,
  redirectUrl,
  verifyRedirect,
} from '../../src/saml/message/requests.ts';
import { trustFromCertificates } from '../../src/saml/message/trust.ts';
import { keyPair, now } from './keys.ts';
import { judge } from './spoil.ts';

const key = keyPair();
const jwk = { ...createPublicKey(key.privateKey).export({ format: 'jwk' }), kid: 'k1' };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (header: object, claims: object, make: (text: string) => string) => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${make(text)}`;
};
const rs256 = (text: string) =>
  sign('sha256', Buffer.from(text), createPrivateKey(key.privateKey)).toString('base64url');
const decoded = (text: string) => {
  const result = decodeJwt(text);
  return result.ok ? result.jwt : expect.fail(result.message);
};

describe('tokens', () => {
  const claims = { sub: 'ada', exp: now / 1000 + 60 };
  test('one that is signed by a key of the set holds', () => {
    const jwt = decoded(token({ alg: 'RS256', kid: 'k1' }, claims, rs256));
    expect(jwt.claims).toEqual(claims);
    expect(verifyJwt(jwt, { keys: [jwk] }, now)).toEqual({ valid: true, kid: 'k1' });
    expect(verifyJwt(jwt, { keys: [jwk] }, now + 61_000).valid).toBe(false);
    expect(verifyJwt(jwt, { keys: [] }, now).valid).toBe(false);
  });
  test('HMAC with the public key, "none" and other keys are refused', () => {
    const pem = createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' });
    const hmac = token({ alg: 'HS256', kid: 'k1' }, claims, (text) =>
      createHmac('sha256', pem).update(text).digest('base64url'),
    );
    const none = token({ alg: 'none', kid: 'k1' }, claims, () => '');
    const other = token({ alg: 'RS256', kid: 'k1' }, claims, () => rs256('something else'));
    for (const text of [hmac, none, other]) expect(verifyJwt(decoded(text), { keys: [jwk] }, now).valid).toBe(false);
    expect(decodeMessage(hmac)).toMatchObject({ ok: true, kind: 'jwt' });
  });
});

describe('requests', () => {
  const base = {
    id: '_q1',
    issuer: 'urn:amazon:cognito:sp:eu-west-1_x',
    destination: 'https://idp.example/sso?x=1',
    now,
  };
  const request = buildAuthnRequest({ ...base, consumer: 'https://x.example/saml2/idpresponse' });
  const url = redirectUrl({
    location: base.destination,
    parameter: 'SAMLRequest',
    xml: request,
    relayState: 'a b',
    privateKey: key.privateKey,
  });
  test('an AuthnRequest goes there and back', () => {
    expect(readRequest(url)).toMatchObject({
      kind: 'request',
      id: '_q1',
      issuer: base.issuer,
      consumer: 'https://x.example/saml2/idpresponse',
      relayState: 'a b',
      issued: now,
    });
  });
  test('its signature in the query is verified', () => {
    const trust = trustFromCertificates([key.certificate]);
    expect(verifyRedirect(url, trust)).toBe('valid');
    expect(verifyRedirect(url.replace('RelayState=a', 'RelayState=b'), trust)).toBe('invalid');
    expect(verifyRedirect(url.replace(/&Signature.*/, ''), trust)).toBe('none');
  });
  test('sign-outs', () => {
    expect(readRequest(buildLogoutRequest({ ...base, nameId: { value: 'ada<x>' }, sessionIndex: '_s' }))).toMatchObject(
      { kind: 'logout-request', nameId: 'ada<x>', sessionIndex: '_s' },
    );
    expect(readRequest(buildLogoutResponse({ ...base, inResponseTo: '_q9' }))).toMatchObject({
      kind: 'logout-response',
      inResponseTo: '_q9',
    });
  });
});

describe('texts for others', () => {
  test('metadata of the identity provider is what AWS takes', () => {
    const xml = buildIdpMetadata({
      entityID: 'https://idp.example',
      signing: [key.certificate],
      signOn: { redirect: 'https://idp.example/sso', post: 'https://idp.example/sso' },
      organization: 'A & B',
      sign: { id: '_m', key },
    });
    expect(judge(xml)).toMatchObject({ schema: 'valid', signature: 'valid', accepts: { iam: true, cognito: true } });
  });
  test('metadata of service providers is valid', () => {
    for (const xml of [
      awsSpMetadata(['us-east-1', 'eu-west-1', 'cn-north-1']),
      cognitoSpMetadata({
        poolId: 'eu-west-1_x',
        domain: 'x.auth.eu-west-1.amazoncognito.com',
        signing: key.certificate,
        encryption: key.certificate,
      }),
    ]) {
      const { schema, findings } = judge(xml);
      expect(schema).toBe('valid');
      expect(findings.filter(({ severity, profiles }) => severity === 'error' && profiles.includes('any'))).toEqual([]);
    }
  });
  test('claim rules name the provider and match twelve digits', () => {
    const rules = adfsClaimRules({ providerName: 'ADFS' });
    expect(rules).toContain('"(?i)^AWS-([\\d]{12})"');
    expect(rules).toContain('arn:aws:iam::$1:saml-provider/ADFS,arn:aws:iam::$1:role/');
    expect(() => adfsClaimRules({ providerName: 'x"); issue(' })).toThrow();
  });
});
