// The actions that deal with SAML, through the real SDK and the sandbox's identity provider: secrets stay in memory, a file is read only if the
// learner chose it, and where there is no identity provider the lab says so.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { Target } from '../../src/aws/target.ts';
import { LabRun } from '../../src/lab/labRun.ts';
import type { Lab } from '../../src/lab/model.ts';
import { readLab } from '../../src/lab/readLab.ts';
import { forget, redact } from '../../src/lab/redact.ts';
import type { OpenOptions } from '../../src/lab/runOptions.ts';
import { breaks } from '../../src/sandbox/idp/breaks.ts';
import { signInBreaks } from '../../src/lab/parseSaml.ts';
import { validate } from '../../src/saml/validate.ts';
import { clock, labIn } from '../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
let target: Target;
let options: Omit<OpenOptions, 'lab'>;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const { endpoint, credentials, region } = sandbox;
  target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
});
beforeEach(async () => {
  await sandbox.admin('reset', {});
  options = {
    target,
    dataDir: mkdtempSync(join(tmpdir(), 'labs-')),
    clock,
    id: () => crypto.randomUUID().replaceAll('-', '').slice(0, 12),
  };
});
afterAll(async () => {
  target.dispose();
  await sandbox.stop();
});

const answers = 'sandbox' as const;
const fence = '```';

const front = (inputs = '') => `---
title: T
summary: S
minutes: 1
services: [iam]
covers: []
${inputs}---
# T
`;

const step = (id: string, yaml: string, kind = 'run') => `
## Step ${id}
<!-- step: ${id} -->
${fence}yaml ${kind}
${yaml.trim()}
${fence}
`;

async function read(text: string, folder?: string): Promise<{ lab: Lab | undefined; said: string[] }> {
  const { lab, problems } = await readLab(text, { id: 'x', folder });
  return { lab, said: problems.map(({ range, message }) => `${range.start.line}:${range.start.column} ${message}`) };
}

async function labOf(text: string, folder?: string): Promise<Lab> {
  const { lab, said } = await read(text, folder);
  expect(said).toEqual([]);
  if (!lab) throw new Error('no lab');
  return lab;
}

const trusting = step(
  'trust',
  `
- metadata: identity-provider
  save: trusted
- call: iam.CreateSAMLProvider
  with: { Name: Company, SAMLMetadataDocument: "\${trusted.text}" }
  save: provider
- relying-party: aws
  provider: Company
  save: party
- call: iam.CreateRole
  with:
    RoleName: Readers
    AssumeRolePolicyDocument:
      Version: "2012-10-17"
      Statement: { Effect: Allow, Principal: { Federated: "\${provider.SAMLProviderArn}" }, Action: sts:AssumeRoleWithSAML, Condition: { StringEquals: { "SAML:aud": "\${party.endpoints}" } } }
  save: role
`,
);
const arriving = step(
  'arrive',
  `
- sign-in: ann
  to: aws
  save: arrival
- call: sts.AssumeRoleWithSAML
  with: { RoleArn: "\${role.Role.Arn}", PrincipalArn: "\${provider.SAMLProviderArn}", SAMLAssertion: "\${arrival.SAMLResponse}" }
  save: federated
`,
);
const using = step(
  'use',
  `
- call: sts.GetCallerIdentity
  credentials: \${federated.Credentials}
  save: who
`,
);

const written = (): string =>
  readdirSync(join(options.dataDir, 'sessions'))
    .map((file) => readFileSync(join(options.dataDir, 'sessions', file), 'utf8'))
    .join('\n');

describe('a session of somebody who signed in', () => {
  test('is used for a call, and none of its secrets is written down or shown', async () => {
    const lab = await labOf(front() + trusting + arriving + using);
    const run = await LabRun.open({ ...options, lab });
    const shown: string[] = [];
    run.onChange((snapshot) => shown.push(JSON.stringify(snapshot)));
    expect(await run.runAll({ answers })).toMatchObject({ ok: true });
    const [, arrival, use] = run.snapshot().steps;
    expect(use?.actions[0]?.response).toMatchObject({
      Arn: expect.stringMatching(/assumed-role\/Readers\/ann@example.com$/),
    });
    expect(use?.actions[0]?.note).toMatch(/^Called with the credentials of the session, access key ASIA/);
    expect(arrival?.actions[0]?.facts).toContainEqual({ name: 'Who (NameID)', value: 'ann' });
    expect(arrival?.actions[0]?.facts).toContainEqual({ name: 'For whom (Audience)', value: 'urn:amazon:webservices' });
    expect(arrival?.actions[0]?.response).toMatchObject({
      SAMLResponse: expect.stringMatching(/^\S{24}… \(secret\)$/),
    });
    expect(arrival?.actions[1]?.request?.cli).toMatch(/--saml-assertion '\S{24}… \(secret\)'/);
    for (const text of [written(), ...shown]) {
      expect(text).not.toMatch(/[A-Za-z0-9+/=]{1500}/);
      expect(text).not.toMatch(/"(SecretAccessKey|SessionToken)":"(?!\(secret\))/);
    }
    await run.teardown();
  });

  test('is gone when the lab was left; the step that needs it has it made anew', async () => {
    const lab = await labOf(front() + trusting + arriving + using);
    const before = await LabRun.open({ ...options, lab });
    expect(await before.runTo('arrive', { answers })).toMatchObject({ ok: true });
    before.dispose();
    const run = await LabRun.open({ ...options, lab });
    const began = run.snapshot().steps[1]?.ms;
    expect(await run.runStep('use', { answers })).toMatchObject({ ok: true });
    expect(run.snapshot().steps.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(run.snapshot().steps[1]?.ms).not.toBeUndefined();
    expect(began).not.toBeUndefined();
    await run.teardown();
  });

  test('is gone for a check too, which says what to do', async () => {
    const check = step(
      'look',
      '- show: ${federated.Credentials.SecretAccessKey}\n  expect: "@ != \'\'"\n  else: This hint is not what is said where a secret is gone.',
      'check',
    );
    const lab = await labOf(front() + trusting + arriving + check);
    const before = await LabRun.open({ ...options, lab });
    expect(await before.runAll({ answers })).toMatchObject({ ok: true });
    before.dispose();
    const run = await LabRun.open({ ...options, lab });
    await run.checkStep('look', { answers });
    expect(run.snapshot().steps[2]?.checks[0]).toMatchObject({
      error: { code: 'SecretGone', what: expect.stringContaining('is a secret') as string },
    });
    await run.teardown();
  });

  test('cannot create anything, which nobody would remove', async () => {
    const { said } = await read(
      front() + step('a', '- call: sqs.CreateQueue\n  with: { QueueName: q }\n  credentials: { AccessKeyId: a }'),
    );
    expect(said).toEqual([
      expect.stringContaining("What a lab creates it creates with the target's own credentials") as string,
    ]);
  });
});

describe('redaction', () => {
  const jwt = `eyJ${'a'.repeat(40)}.eyJ${'b'.repeat(40)}.${'c'.repeat(40)}`;
  const message = Buffer.from(`<samlp:Response ID="x">${'y'.repeat(400)}</samlp:Response>`).toString('base64');

  test('shortens messages and tokens wherever they stand', () => {
    const clean = redact({
      SAMLResponse: message,
      list: [jwt],
      id_token: jwt,
      SecretAccessKey: 'short',
      Body: 'hello',
    });
    expect(clean).toEqual({
      SAMLResponse: `${message.slice(0, 24)}… (secret)`,
      list: [`${jwt.slice(0, 24)}… (secret)`],
      id_token: `${jwt.slice(0, 24)}… (secret)`,
      SecretAccessKey: '(secret)',
      Body: 'hello',
    });
    expect(forget(clean)).toEqual({
      SAMLResponse: null,
      list: [null],
      id_token: null,
      SecretAccessKey: null,
      Body: 'hello',
    });
  });

  test('leaves what only looks so', () => {
    const plain = {
      Body: '(secret)',
      text: '… (secret)',
      xml: Buffer.from(`<?xml?><a>${'y'.repeat(400)}</a>`).toString('base64'),
    };
    expect(forget(redact(plain))).toEqual(plain);
  });
});

describe('metadata', () => {
  const own =
    front('inputs:\n  file: { label: Yours, type: file }\n') +
    step('read', '- metadata: ["${inputs.file}", identity-provider]\n  save: found');

  test('is that of the file the learner chose, else of the next source', async () => {
    const lab = await labOf(own);
    const none = await LabRun.open({ ...options, lab });
    expect(await none.runAll({ answers })).toMatchObject({ ok: true });
    expect(none.snapshot().steps[0]?.actions[0]?.note).toBe("Read from the sandbox's identity provider.");
    await none.teardown();
    const path = join(options.dataDir, 'mine.xml');
    writeFileSync(path, readFileSync('labs/saml/files/adfs-metadata.xml'));
    const run = await LabRun.open({ ...options, lab, inputs: { file: path } });
    expect(await run.runAll({ answers })).toMatchObject({ ok: true });
    const action = run.snapshot().steps[0]?.actions[0];
    expect(action?.note).toBe('Read from mine.xml.');
    expect(action?.facts?.[0]).toEqual({
      name: 'Federation Service Identifier',
      value: 'http://sts.example.com/adfs/services/trust',
    });
    expect(action?.response).toMatchObject({
      maker: 'AD FS',
      signature: 'valid',
      accepts: { iam: true, cognito: true },
    });
  });

  test('that cannot be read is said', async () => {
    const lab = await labOf(own);
    const run = await LabRun.open({ ...options, lab, inputs: { file: options.dataDir } });
    expect(await run.runAll({ answers })).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('is no file') as string,
    });
  });

  test('of a lab reaches its folder only, and no lab names a file of the learner', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'secret.xml'), 'x');
    for (const [yaml, said] of [
      ['- metadata: files/../secret.xml', 'The folder "files" has no ../secret.xml.'],
      ['- metadata: /etc/passwd', 'metadata is identity-provider, a file of the lab'],
      ['- metadata: ../secret.xml', 'metadata is identity-provider, a file of the lab'],
    ] as const) {
      const { said: found } = await read(front() + step('a', yaml), folder);
      expect(found).toEqual([expect.stringContaining(said) as string]);
    }
    const { said } = await read(
      front('inputs:\n  f: { label: F, type: file, default: /etc/passwd }\n') + step('a', '- wait: 1s'),
    );
    expect(said).toEqual(['8:39 An input of type file has no default: the learner chooses the file.']);
  });
});

describe('what is wrong in a lab is said with its place', () => {
  test.each([
    ['- sign-in: ann', '13:3 Say with to where: aws, or a user pool.'],
    ['- sign-in: ann\n  to: azure', '14:7 to is aws, or a map of domain, client, callback, provider, scope.'],
    ['- sign-in: ann\n  to: { domain: d, client: c, callback: x }', '14:7 to needs provider.'],
    [
      '- sign-in: ann\n  to: aws\n  break: audiense',
      '15:10 break is one of audience, recipient, time, altered, other-key, wrapped, comment, no-role. Did you mean audience?',
    ],
    ['- relying-party: gcp', '13:18 relying-party is aws or cognito.'],
    ['- relying-party: aws', '13:3 relying-party: aws needs provider.'],
    ['- wait: 1s\n  only: aws', '14:9 only is sandbox: elsewhere this is left out.'],
    ['- metadata: files/none.xml', '13:13 The folder "files" has no none.xml.'],
    ['- show: ${jwt(a, b)}', '13:11 Bad expression: jwt() takes 1 argument.'],
  ])('%s', async (yaml, said) => {
    expect((await read(front() + step('a', yaml), 'labs/saml')).said).toContain(said);
  });

  test('the breaks are those of the identity provider', () => {
    expect(signInBreaks).toEqual(breaks.map(({ id }) => id));
  });
});

describe('the lab saml', () => {
  test('on a target without an identity provider is honest, and all the rest of it works', async () => {
    const { endpoint, credentials, region } = sandbox;
    const elsewhere = await openTarget({ kind: 'endpoint', url: endpoint, credentials, region }, clock);
    expect(elsewhere.identityProvider).toBeUndefined();
    const run = await LabRun.open({ ...options, target: elsewhere, lab: await labIn('labs/saml') });
    expect(await run.runAll({ answers: 'yes' })).toMatchObject({ ok: true });
    const { steps } = run.snapshot();
    const leftOut = steps.flatMap(({ id, actions }) =>
      actions.filter(({ status }) => status === 'left-out').map(() => id),
    );
    expect([...new Set(leftOut)]).toEqual(['to-aws', 'to-app', 'refused-by-aws', 'refused-by-cognito']);
    expect(steps.find(({ id }) => id === 'iam')?.actions[0]?.note).toBe('Read from adfs-metadata.xml.');
    expect(await run.teardown()).toMatchObject({ left: [], sentence: '0 left.' });
    elsewhere.dispose();
  });

  test('brings files that AD FS could have issued', () => {
    const text = readFileSync('labs/saml/files/adfs-metadata.xml', 'utf8');
    expect(text).not.toContain('\n');
    expect(validate(text, { now: Date.UTC(2026, 6, 1) })).toMatchObject({
      schema: 'valid',
      signature: 'valid',
      accepts: { iam: true, cognito: true },
    });
    const again = validate(readFileSync('labs/saml/files/adfs-reformatted.xml', 'utf8'), { now: Date.UTC(2026, 6, 1) });
    expect(again).toMatchObject({ schema: 'valid', signature: 'invalid' });
  });
});

describe('signing in without an identity provider', () => {
  test('is refused with what to do, where the lab did not leave it out', async () => {
    const { endpoint, credentials, region } = sandbox;
    const elsewhere = await openTarget({ kind: 'endpoint', url: endpoint, credentials, region }, clock);
    const lab = await labOf(front() + step('a', '- sign-in: ann\n  to: aws'));
    const run = await LabRun.open({ ...options, target: elsewhere, lab });
    expect((await run.runAll({ answers })).sentence).toMatch(/this target has none\. Switch to the sandbox/);
    elsewhere.dispose();
  });

  test('and somebody whom nobody knows is told by name', async () => {
    const lab = await labOf(front() + step('a', '- sign-in: zoe\n  to: aws'));
    const run = await LabRun.open({ ...options, lab });
    expect((await run.runAll({ answers })).sentence).toMatch(/There is no user zoe\. There is: ann, bob, carol\./);
  });
});
