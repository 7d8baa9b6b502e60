// Who sent an upload form: the signature of the policy inside is verified, and the policy must allow what is sent.
import { createHmac } from 'node:crypto';
import { anonymous, knownKey, learner, type Authority, type Identity } from './authenticate.ts';
import { AwsError } from '../service.ts';
import { refusal } from './fault.ts';
import { checkFormPolicy } from './formPolicy.ts';
import { missingField, type FormPost } from './formPost.ts';
import { hmacHex } from './hmac.ts';
import { mismatch } from './presigned.ts';
import { sameSignature, scopeOf, signingKey } from './sigv4.ts';

/**
 * Who signed an upload form. Without a policy inside, nobody did; with one, it must allow what is sent.
 * @throws what is wrong with the signature or the policy
 */
export function authenticateForm(form: FormPost, authority: Authority, anybody: boolean): Identity {
  const { fields, file } = form;
  const policy = fields.get('policy');
  const region = authority.region;
  if (policy === undefined) {
    return { caller: anybody ? learner(authority.account, '') : anonymous, region, secret: undefined };
  }
  const identity = anybody
    ? { caller: learner(authority.account, ''), region, secret: undefined }
    : signerOf(form, policy, authority);
  checkFormPolicy(policy, fields, file.length, authority.now());
  return identity;
}

function signerOf({ fields }: FormPost, policy: string, authority: Authority): Identity {
  const said = (name: string): string => {
    const value = fields.get(name.toLowerCase());
    if (value === undefined) throw missingField(name);
    return value;
  };
  const old = fields.has('awsaccesskeyid') || fields.has('signature');
  if (!old && !['algorithm', 'credential', 'date', 'signature'].some((name) => fields.has(`x-amz-${name}`)))
    throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
  if (!old) said('X-Amz-Algorithm');
  const scope = old ? undefined : scopeOf(said('X-Amz-Credential'));
  if (!old && !scope) throw refusal('incomplete', 'restXml', 'The Credential field is not well-formed.');
  const accessKeyId = scope?.accessKeyId ?? said('AWSAccessKeyId');
  const known = knownKey(accessKeyId, authority, (id, account) => learner(account, id));
  if (!known || fields.get('x-amz-security-token') !== known.token) throw refusal('unknownKey', 'restXml');
  if (known.expires !== undefined && known.expires <= authority.now()) throw refusal('expired', 'restXml');
  const expected = scope
    ? hmacHex(signingKey(known.secret, scope), policy)
    : createHmac('sha1', known.secret).update(policy).digest('base64');
  const signature = said(old ? 'Signature' : 'X-Amz-Signature');
  if (!sameSignature(expected, signature))
    throw mismatch(refusal('wrongSignature', 'restXml'), { accessKeyId, signature }, policy);
  return { caller: known.caller, region: scope?.region ?? '', secret: undefined };
}
