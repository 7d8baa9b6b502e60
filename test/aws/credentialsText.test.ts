// Credentials as they are copied from learner labs, access portals, shells and `aws sts`; and what is said of those that are not whole.
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../src/aws/credentialsText.ts';

const id = 'ASIAQ3EXAMPLEEXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const token = `IQoJb3JpZ2luX2VjEXAMPLE${'aB3/+'.repeat(60)}==`;
const fixed = 'AKIAQ3EXAMPLEEXAMPLE';
const whole = { accessKeyId: id, secretAccessKey: secret, sessionToken: token };
const end = '2026-11-22T18:00:00Z';

const ini = `[default]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\naws_session_token=${token}\n`;
const exports = (quote: string) =>
  `export AWS_ACCESS_KEY_ID=${quote}${id}${quote}\nexport AWS_SECRET_ACCESS_KEY=${quote}${secret}${quote}\nexport AWS_SESSION_TOKEN=${quote}${token}${quote}\n`;

it.each([
  ['the block of a learner lab', ini, {}],
  ['with Windows line ends and spaces', ini.replaceAll('\n', ' \r\n\t').replaceAll('=A', ' = A'), {}],
  ['in another order', ini.split('\n').toReversed().join('\n'), {}],
  ['in capitals', ini.replaceAll(/aws_\w+/g, (name) => name.toUpperCase()), {}],
  ['with a region and more', `${ini}region = us-west-2\noutput=json\n`, { region: 'us-west-2' }],
  ['with the region first', `[x]\nregion=eu-central-1\n${ini}`, { region: 'eu-central-1' }],
  ['without line ends, as a field of one line gets it', ini.replaceAll('\n', ''), {}],
  ['of sh', exports('"'), {}],
  ['of sh, unquoted', exports(''), {}],
  ['of sh, single quotes', exports("'"), {}],
  ['of sh, without line ends', exports('').replaceAll('\n', ''), {}],
  ['of sh, quoted and without line ends', exports('"').replaceAll('\n', ''), {}],
  ['of sh, in one line', exports('').replaceAll('\n', '; '), {}],
  [
    'of cmd',
    `set AWS_ACCESS_KEY_ID=${id}\r\nset AWS_SECRET_ACCESS_KEY=${secret}\r\nset AWS_SESSION_TOKEN=${token}\r\n`,
    {},
  ],
  [
    'of cmd, without line ends',
    `set AWS_ACCESS_KEY_ID=${id}set AWS_SECRET_ACCESS_KEY=${secret}set AWS_SESSION_TOKEN=${token}`,
    {},
  ],
  [
    'of PowerShell',
    `$Env:AWS_ACCESS_KEY_ID="${id}"\n$Env:AWS_SECRET_ACCESS_KEY="${secret}"\n$Env:AWS_SESSION_TOKEN="${token}"\n$Env:AWS_REGION="eu-west-1"`,
    { region: 'eu-west-1' },
  ],
  [
    'of fish',
    `set -gx AWS_ACCESS_KEY_ID ${id}\nset -gx AWS_SECRET_ACCESS_KEY ${secret}\nset -gx AWS_SESSION_TOKEN ${token}\nset -gx AWS_CREDENTIAL_EXPIRATION ${end}`,
    { expiration: new Date(end) },
  ],
  [
    'JSON of aws sts',
    JSON.stringify({
      Credentials: { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token, Expiration: end },
      AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/a/b' },
    }),
    { expiration: new Date(end) },
  ],
  [
    'JSON of a process',
    JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: secret, SessionToken: token }, undefined, 2),
    {},
  ],
  [
    'a part of JSON',
    `"AccessKeyId": "${id}",\n"SecretAccessKey": "${secret.replaceAll('/', '\\/')}",\n"SessionToken": "${token}",`,
    {},
  ],
  [
    'YAML of aws sts',
    `AccessKeyId: ${id}\nExpiration: '${end}'\nSecretAccessKey: ${secret}\nSessionToken: ${token}\n`,
    { expiration: new Date(end) },
  ],
  ['with the old name of the token', ini.replace('aws_session_token', 'aws_security_token'), {}],
  ['with a token that the terminal wrapped', ini.replace(token, token.replaceAll(/.{80}/g, '$&\n')), {}],
  ['the same block twice', `${ini}\n${ini}`, {}],
  ['with words around', `Here they are:\n\n${ini}\nRemaining session time: 03:59:12`, {}],
])('%s', (_, text, more) => {
  expect(parseCredentials(text)).toEqual({ ok: true, credentials: { ...whole, ...more } });
});

it('keys of a user need no token', () => {
  const text = `aws_access_key_id = ${fixed}\naws_secret_access_key = ${secret}`;
  expect(parseCredentials(text)).toEqual({ ok: true, credentials: { accessKeyId: fixed, secretAccessKey: secret } });
});

describe('what is wrong is said without a value', () => {
  it.each([
    ['nothing', '', /There are no AWS credentials in this text/],
    ['something else', 'https://example.com and more', /There are no AWS credentials/],
    ['no secret', `aws_access_key_id=${id}\naws_session_token=${token}`, /^aws_secret_access_key is missing/],
    ['no id', `aws_secret_access_key=${secret}\naws_session_token=${token}`, /^aws_access_key_id is missing/],
    ['no token', `aws_access_key_id=${id}\naws_secret_access_key=${secret}`, /^aws_session_token is missing/],
    ['only an id', `aws_access_key_id=${id}`, /^aws_secret_access_key and aws_session_token are missing/],
    ['an empty secret', ini.replace(secret, ''), /aws_secret_access_key is missing/],
    ['a masked secret', ini.replace(secret, '****************EYXX'), /aws_secret_access_key is masked/],
    ['a shortened token', ini.replace(token, `${token.slice(0, 30)}…`), /aws_session_token is masked, cut off/],
    ['an id that is none', ini.replace(id, '<your-key>'), /aws_access_key_id is not one/],
    ['two blocks', `${ini}\n${ini.replace(secret, secret.toLowerCase())}`, /a secret access key more than once/],
    ['two ids', `${ini}\n[other]\naws_access_key_id=${fixed}`, /an access key id more than once/],
  ])('%s', (_, text, said) => {
    const parsed = parseCredentials(text);
    expect(parsed).toMatchObject({ ok: false, what: expect.stringMatching(said) });
    for (const value of [id, secret, token.slice(0, 30), fixed]) expect(JSON.stringify(parsed)).not.toContain(value);
  });
});

it('reads a very long text at once', () => {
  const began = performance.now();
  parseCredentials(`${'export set -gx '.repeat(50_000)}\n${ini}`);
  expect(performance.now() - began).toBeLessThan(1500);
});

it.each(['aws_', 'set -a ', 'export AWS_A', '$env:"'])('does not hang on a huge text of %s', (piece) => {
  const began = performance.now();
  expect(parseCredentials(piece.repeat(200_000))).toMatchObject({ ok: false });
  expect(parseCredentials(piece.repeat(Math.floor(32_000 / piece.length)))).toMatchObject({ ok: false });
  expect(performance.now() - began).toBeLessThan(2000);
});
