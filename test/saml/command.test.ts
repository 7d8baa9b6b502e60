// The command as scripts call it: the JSON that is promised, its exit codes, and many files at once.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildResponse } from '../../src/saml/message/buildResponse.ts';
import { buildIdpMetadata } from '../../src/saml/message/buildMetadata.ts';
import { keyPair } from './keys.ts';
import { adfs, awsSignIn, keycloak, okta } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'saml-command-'));
const file = (name: string) => join(folder, name);
const key = keyPair({ from: '2020-01-01', to: '2045-01-01' });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/cli.ts', 'saml', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  return { stdout, stderr, status, json: (): unknown => JSON.parse(stdout) };
}

beforeAll(() => {
  const destination = 'https://signin.aws.amazon.com/saml';
  const response = buildResponse({
    issuer: 'https://idp.example',
    destination,
    audience: 'urn:amazon:webservices',
    nameId: { value: 'ada' },
    attributes: {},
    now: Date.now(),
    ids: { response: '_r', assertion: '_a' },
    key,
  });
  writeFileSync(file('good.xml'), keycloak({ signing: key.certificate }));
  writeFileSync(file('next.xml'), keycloak({ signing: keyPair({ name: 'next', to: '2045-01-01' }).certificate }));
  writeFileSync(file('sp.xml'), awsSignIn({ signing: key.certificate }));
  writeFileSync(file('bad.xml'), okta({ signing: key.certificate }).replace('use="signing"', 'use="sign"'));
  writeFileSync(
    file('idp.xml'),
    buildIdpMetadata({
      entityID: 'https://idp.example',
      signing: [key.certificate],
      signOn: { redirect: 'https://idp.example/sso' },
    }),
  );
  writeFileSync(file('response.xml'), response);
  writeFileSync(file('response.txt'), Buffer.from(response).toString('base64'));
  writeFileSync(file('response-utf16.xml'), Buffer.from(`\uFEFF${response}`, 'utf16le'));
  writeFileSync(file('response-later.xml'), `<!-- ${'x'.repeat(5000)} <EntityDescriptor> -->${response}`);
  writeFileSync(file('idp.der'), Buffer.from(key.certificate, 'base64'));
  writeFileSync(file('idp.pem'), `-----BEGIN CERTIFICATE-----\n${key.certificate}\n-----END CERTIFICATE-----\n`);
  writeFileSync(file('huge.xml'), '');
  truncateSync(file('huge.xml'), 100 * 1024 * 1024);
  mkdirSync(file('many'));
  for (let n = 0; n < 300; n += 1)
    writeFileSync(join(folder, 'many', `${n}.xml`), adfs({ signing: key.certificate }, `sts${n}.example.com`));
});

describe('--json', () => {
  test('a good file', () => {
    const { json, status } = run('--json', file('good.xml'));
    expect(json()).toEqual([
      {
        file: file('good.xml'),
        wellFormed: true,
        schema: 'valid',
        signature: 'none',
        entityID: 'https://id.example.org/realms/labs',
        findings: [expect.objectContaining({ rule: 'R9', severity: 'info', line: 2 })],
        accepts: { iam: true, cognito: true },
      },
    ]);
    expect(status).toBe(0);
  });
  test('a bad one, at its line and column', () => {
    const { json, status } = run('--json', file('bad.xml'));
    expect(json()).toMatchObject([
      {
        wellFormed: true,
        schema: 'invalid',
        findings: expect.arrayContaining([expect.objectContaining({ rule: 'R5', severity: 'error', line: 1 })]),
      },
    ]);
    expect(status).toBe(1);
  });
  test('a service provider is no error but for AWS', () => {
    expect(run('--json', file('sp.xml')).status).toBe(0);
    const { json, status } = run('--json', '--profile', 'iam', file('sp.xml'));
    expect(json()).toMatchObject([{ accepts: { iam: false, cognito: false } }]);
    expect(status).toBe(1);
  });
  test('what cannot be read', () => {
    const { json, status } = run('--json', file('huge.xml'), file('none.xml'), file('good.xml'));
    expect(json()).toMatchObject([
      { findings: [{ message: expect.stringContaining('100 MB') }] },
      { findings: [{ message: 'There is no such file.' }] },
      { schema: 'valid' },
    ]);
    expect(status).toBe(2);
  });
  test('a folder of 300 files, fast', () => {
    const start = performance.now();
    const { json, status } = run('--json', file('many'));
    console.info(`300 files in ${(performance.now() - start).toFixed(0)} ms`);
    expect(json()).toHaveLength(300);
    expect(status).toBe(0);
  }, 60_000);
  test('an empty folder is nothing that could be read', () => {
    mkdirSync(file('nothing'));
    const { json, status } = run('--json', file('nothing'), file('good.xml'));
    expect(json()).toMatchObject([{ unread: true }, { schema: 'valid' }]);
    expect(status).toBe(2);
  });
});

describe('messages', () => {
  const args = ['--json', '--audience', 'urn:amazon:webservices'];
  test.each(['response.xml', 'response.txt', 'response-utf16.xml', 'response-later.xml'])(
    '%s',
    (name) => {
      expect(run(...args, '--metadata', file('idp.xml'), file(name))).toMatchObject({ status: 0 });
      expect(run(...args, '--certificate', file('idp.pem'), file(name)).json()).toEqual([
        { file: file(name), kind: 'response', trusted: true, findings: [] },
      ]);
      expect(run(...args, '--certificate', file('idp.der'), file(name)).status).toBe(0);
      const against = run(...args, '--metadata', file('good.xml'), file(name));
      expect(against.json()).toMatchObject([{ kind: 'response', trusted: false }]);
      expect(against.status).toBe(1);
    },
    60_000,
  );
  test.each(['--metadata', '--certificate'])('%s without a certificate is told', (option) => {
    const { stdout, stderr, status } = run(...args, option, file('sp.xml'), file('response.xml'));
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toContain('certificate');
  });
});

describe('for people', () => {
  test('the report', () => {
    const { stdout, status } = run(file('sp.xml'));
    expect(stdout).toContain('IAM           would refuse it: This is the metadata of a service provider (AWS itself)');
    expect(status).toBe(0);
  });
  test('--compare', () =>
    expect(run('--compare', file('good.xml'), file('next.xml')).stdout).toContain('has been replaced'));
  test('--sarif', () => {
    expect(run('--sarif', file('bad.xml')).json()).toMatchObject({
      version: '2.1.0',
      runs: [{ results: expect.arrayContaining([expect.objectContaining({ ruleId: 'R5', level: 'error' })]) }],
    });
  });
  test.each([
    [['--profile', 'x', 'a'], '--profile is'],
    [[], 'Say which file'],
    [['--nope'], 'saml --help'],
    [['--compare', 'a'], 'two metadata files'],
  ])('%j is told', (args, words) => {
    const { stderr, status } = run(...args);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
  test('--help', () => expect(run('--help').stdout).toContain('aws-labs saml'));
});
