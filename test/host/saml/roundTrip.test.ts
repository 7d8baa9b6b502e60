// The round trip behind its panel, against a sandbox: set up, both trips, every way to break them, the key rolled over and mended, and nothing left.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Target } from '../../../src/aws/target.ts';
import { parseMessage } from '../../../src/host/parseMessage.ts';
import type { RoundTripPage } from '../../../src/host/saml/roundTripPage.ts';
import type { DetailBlock, LineView, RoundTripRequest, TripName } from '../../../src/protocol/roundTrip.ts';
import { openBrowser, unescaped } from '../../sandbox/browser.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { openRoundTrip, openSandboxTarget } from './openRoundTrip.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let sandbox: TestSandbox;
let target: Target;
let page: RoundTripPage;
const opened: string[] = [];
beforeAll(async () => {
  sandbox = await startTestSandbox();
  target = await openSandboxTarget(sandbox);
  page = openRoundTrip(target, opened);
  await ask({ kind: 'ready' });
});
afterAll(async () => {
  page.dispose();
  target.dispose();
  await sandbox.stop();
});

async function ask(request: RoundTripRequest): Promise<void> {
  expect(parseMessage(page.requests, { id: 1, request }), JSON.stringify(request)).toBeDefined();
  const notice = await page.handle(request);
  expect(notice).toBeUndefined();
}

const trip = (name: TripName) => page.view().trips[name];
const lineOf = (name: TripName, id: string): LineView => {
  const line = trip(name).lines.find((one) => one.id === id);
  if (!line) throw new Error(`There is no line ${id}.`);
  return line;
};
const blockOf = <Kind extends DetailBlock['kind']>(line: LineView, kind: Kind) =>
  line.detail.blocks.filter((one): one is Extract<DetailBlock, { kind: Kind }> => one.kind === kind);
const states = (name: TripName) => trip(name).lines.map(({ id, state }) => `${id} ${state}`);

async function make(name: TripName, start: 'provider' | 'service' = name === 'aws' ? 'provider' : 'service') {
  await ask({ kind: 'trip', trip: name });
  await ask({ kind: 'signIn', start });
}

const resources = async () => ((await sandbox.admin('state')) as { resources: readonly unknown[] }).resources;
let before: readonly unknown[];

test('sets up once, however often it is asked, and finds it again', async () => {
  before = await resources();
  expect(page.view()).toMatchObject({ state: 'ready', setUp: { state: 'nothing' }, user: 'ann' });
  await ask({ kind: 'setUp' });
  expect(page.view().notice).toBeUndefined();
  expect(page.view().setUp.state).toBe('whole');
  const made = (await resources()).length;
  await ask({ kind: 'setUp' });
  const again = openRoundTrip(target);
  await again.handle({ kind: 'ready' });
  expect(again.view().setUp.state).toBe('whole');
  await again.handle({ kind: 'setUp' });
  expect((await resources()).length).toBe(made);
  again.dispose();
});

test('elsewhere it says that it is for the sandbox only, and asks nothing', async () => {
  const elsewhere = openRoundTrip(target, [], 'aws');
  const calls: string[] = [];
  const stop = target.onCall(({ operation }) => calls.push(operation));
  for (const request of [{ kind: 'ready' }, { kind: 'setUp' }, { kind: 'signIn', start: 'provider' }] as const)
    await elsewhere.handle(request);
  stop();
  expect(elsewhere.view().state).toBe('elsewhere');
  expect(calls).toEqual([]);
  elsewhere.dispose();
});

test('a sandbox that listens elsewhere than before is told where the app is now', async () => {
  const { UserPools } = await target.send('cognito-idp.ListUserPools', { MaxResults: 10 });
  const UserPoolId = UserPools?.[0]?.Id;
  const { UserPoolClients } = await target.send('cognito-idp.ListUserPoolClients', { UserPoolId, MaxResults: 10 });
  const ClientId = UserPoolClients?.[0]?.ClientId;
  const CallbackURLs = ['http://sample-app.localhost:1/callback'];
  await target.send('cognito-idp.UpdateUserPoolClient', { UserPoolId, ClientId, CallbackURLs });
  const again = openRoundTrip(target);
  await again.handle({ kind: 'ready' });
  again.dispose();
  const { UserPoolClient } = await target.send('cognito-idp.DescribeUserPoolClient', { UserPoolId, ClientId });
  expect(UserPoolClient?.CallbackURLs).toEqual([
    `http://sample-app.localhost:${new URL(sandbox.endpoint).port}/callback`,
  ]);
});

describe('to AWS', () => {
  test('ends with credentials that work, and shows no secret', async () => {
    await make('aws');
    expect(page.view().notice).toBeUndefined();
    expect(states('aws')).toEqual(['sign-in done', 'response done', 'post done', 'assume done', 'credentials done']);
    expect(trip('aws').outcome).toEqual({ state: 'arrived', text: 'STS gave credentials.' });
    const [credentials] = blockOf(lineOf('aws', 'credentials'), 'facts');
    expect(credentials?.rows.map(({ label, value }) => [label, value])).toEqual([
      ['AccessKeyId', expect.stringMatching(/^ASIA\w+$/)],
      ['SecretAccessKey', expect.stringMatching(/^… \(\d+ characters, not shown\)$/)],
      ['SessionToken', expect.stringMatching(/^\S{6}… \(\d+ characters, not shown\)$/)],
      ['Until', expect.stringMatching(/^\d{4}-/)],
      ['GetCallerIdentity', 'arn:aws:sts::123456789012:assumed-role/LabsRoundTrip/ann@example.com'],
    ]);
    const checks = blockOf(lineOf('aws', 'assume'), 'facts')[1];
    expect(checks?.rows.map(({ state }) => state)).toEqual(checks?.rows.map(() => 'good'));
    expect(blockOf(lineOf('aws', 'response'), 'code')[0]?.text).toContain('\n  <saml:Issuer>');
  });

  test.each([
    ['audience', 'assume', 'Response does not contain the required audience.', ['Audience']],
    ['recipient', 'assume', 'Not authorized to perform sts:AssumeRoleWithSAML', ['Recipient']],
    ['time', 'assume', 'Token must be redeemed within 5 minutes of issuance', ['NotOnOrAfter']],
    ['altered', 'assume', 'Response signature invalid', ['Signature']],
    ['other-key', 'assume', 'Response signature invalid', ['Signature']],
    ['wrapped', 'assume', 'Response signature invalid', ['Signature']],
    ['no-role', 'post', 'Your request included an invalid SAML response.', ['Role']],
  ])('%s is refused where it belongs', async (broken, at, message, marked) => {
    await ask({ kind: 'break', break: broken });
    expect(page.view().breaks.find(({ chosen }) => chosen)?.id).toBe(broken);
    await make('aws');
    expect(page.view().notice).toBeUndefined();
    const failed = trip('aws').lines.filter(({ state }) => state === 'failed');
    expect(failed.map(({ id }) => id)).toEqual([at]);
    expect(lineOf('aws', 'credentials').state).toBe('never');
    const [error] = failed.flatMap((line) => blockOf(line, 'error'));
    expect(error?.message).toContain(message);
    expect(error?.why.length).toBeGreaterThan(40);
    expect(error?.realLife.length).toBeGreaterThan(40);
    const rows = failed.flatMap((line) => blockOf(line, 'facts')).flatMap((block) => block.rows);
    expect(rows.filter(({ state }) => state === 'bad').map(({ label }) => label)).toEqual(marked);
  });

  test('a comment fools nobody, and that is said', async () => {
    await ask({ kind: 'break', break: 'comment' });
    await make('aws');
    expect(trip('aws').outcome).toMatchObject({ state: 'surprise' });
    expect(blockOf(lineOf('aws', 'assume'), 'note')[0]).toMatchObject({ state: 'good' });
    await ask({ kind: 'break', break: 'none' });
  });

  test('who has no role is refused by AWS sign-in', async () => {
    await ask({ kind: 'user', user: 'carol' });
    await make('aws');
    expect(trip('aws').outcome?.text).toContain('Refused at “The browser posts the SAMLResponse”');
    await ask({ kind: 'user', user: 'ann' });
  });
});

describe('to Cognito', () => {
  test('ends with tokens whose signature holds, and the user', async () => {
    await make('cognito');
    expect(page.view().notice).toBeUndefined();
    expect(trip('cognito').lines.map(({ state }) => state)).toEqual(trip('cognito').lines.map(() => 'done'));
    expect(trip('cognito').lines).toHaveLength(9);
    const notes = blockOf(lineOf('cognito', 'tokens'), 'note');
    expect(notes.map(({ text, state }) => [text.slice(0, 30), state])).toEqual([
      ['ID token: the signature holds,', 'good'],
      ['Access token: the signature ho', 'good'],
    ]);
    expect(JSON.stringify(blockOf(lineOf('cognito', 'tokens'), 'json'))).toContain(
      '"cognito:username":"LocalProvider_ann"',
    );
    expect(JSON.stringify(blockOf(lineOf('cognito', 'user-info'), 'json'))).toContain('ann@example.com');
    const request = blockOf(lineOf('cognito', 'request'), 'facts')[0]?.rows;
    expect(request?.[0]?.value).toBe('URL-encoded, base64, DEFLATE');
  });

  test('no token, code or key is in what the page is told', async () => {
    const { hops } = (await sandbox.admin('idp/hops')) as {
      hops: readonly { kind: string; message?: string; url?: string }[];
    };
    const told = JSON.stringify(page.view());
    const tokens = JSON.parse(hops.findLast(({ kind }) => kind === 'tokens')?.message ?? '{}') as Record<
      string,
      string
    >;
    expect(tokens['access_token']).toMatch(/^eyJ/);
    for (const name of ['access_token', 'id_token']) expect(told).not.toContain(tokens[name]?.split('.')[2]);
    const code = new URL(hops.findLast(({ kind }) => kind === 'code')?.url ?? '').searchParams.get('code') ?? '';
    expect(code).toHaveLength(36);
    expect(told).not.toContain(code);
  });

  test('signs out, also at the identity provider', async () => {
    expect(trip('cognito').canSignOut).toBe(true);
    await ask({ kind: 'signOut' });
    expect(page.view().notice).toBeUndefined();
    expect(states('cognito').slice(-2)).toEqual(['logout-request done', 'logout-response done']);
    expect(trip('cognito').canSignOut).toBe(false);
  });

  test('may begin at the identity provider', async () => {
    await make('cognito', 'provider');
    expect(page.view().notice).toBeUndefined();
    expect(states('cognito')).toEqual(
      ['sign-in', 'response', 'post', 'code', 'redeem', 'tokens', 'user-info'].map((id) => `${id} done`),
    );
  });

  test.each([
    ['audience', 'Audience restriction in SAML Assertion does not allow it', ['Audience']],
    ['recipient', 'Recipient in SubjectConfirmationData of SAML Assertion does not match.', ['Recipient']],
    ['time', 'SAML Assertion has expired.', ['NotOnOrAfter']],
    ['altered', 'SAML Assertion signature is invalid.', ['Signature']],
    ['other-key', 'SAML Assertion signature is invalid.', ['Signature']],
    ['wrapped', 'SAML Assertion signature is invalid.', ['Signature']],
    ['no-role', 'email: The attribute is required', ['emailaddress']],
  ])('%s is refused by Cognito', async (broken, message, marked) => {
    await ask({ kind: 'break', break: broken });
    await ask({ kind: 'user', user: broken === 'no-role' ? 'carol' : 'ann' });
    await make('cognito');
    await ask({ kind: 'break', break: 'none' });
    expect(page.view().notice).toBeUndefined();
    const failed = trip('cognito').lines.filter(({ state }) => state === 'failed');
    expect(failed.map(({ id }) => id)).toEqual(['post']);
    expect(failed.flatMap((line) => blockOf(line, 'error'))[0]?.message).toContain(message);
    const rows = failed.flatMap((line) => blockOf(line, 'facts')).flatMap((block) => block.rows);
    expect(rows.filter(({ state }) => state === 'bad').map(({ label }) => label)).toEqual(marked);
  });

  test('without a mail address who is known already is let in, and it is said why', async () => {
    await ask({ kind: 'break', break: 'no-role' });
    await ask({ kind: 'user', user: 'ann' });
    await make('cognito');
    await ask({ kind: 'break', break: 'none' });
    expect(trip('cognito').outcome).toMatchObject({
      state: 'surprise',
      text: expect.stringContaining('knew the address'),
    });
  });
});

describe('a person in a browser', () => {
  const browser = openBrowser();
  beforeEach(() => ask({ kind: 'trip', trip: 'cognito' }));

  test('lights the diagram up too, and the editor redeems the code', async () => {
    await ask({ kind: 'browse', start: 'service' });
    const form = await browser.open(opened.at(-1) ?? '');
    const shown = await browser.submit(await browser.submit(form, { user: 'bob' }));
    expect(unescaped(shown.text)).toContain('You are back at the app');
    page.setVisible(true);
    await vi.waitFor(() => {
      expect(lineOf('cognito', 'sign-in').title).toBe('bob signs in');
      expect(lineOf('cognito', 'user-info').state).toBe('done');
      expect(page.view().said.text).toBe('9 of 9 messages. The app has its tokens.');
    }, 10_000);
  });

  test('who is known to Cognito is not asked again, and that is shown', async () => {
    await ask({ kind: 'browse', start: 'service' });
    await browser.open(opened.at(-1) ?? '');
    await vi.waitFor(() => {
      expect(states('cognito')).toEqual([
        'authorize done',
        ...['request', 'sign-in', 'response', 'post'].map((id) => `${id} skipped`),
        ...['code', 'redeem', 'tokens', 'user-info'].map((id) => `${id} done`),
      ]);
    }, 10_000);
    page.setVisible(false);
    expect(JSON.stringify(lineOf('cognito', 'authorize').detail)).toContain('code_challenge');
  });
});

describe('a key that is rolled over', () => {
  beforeEach(() => ask({ kind: 'user', user: 'bob' }));

  test('is refused by both while they have the old metadata', async () => {
    expect(page.view().keys.stale).toBe(false);
    await ask({ kind: 'rollOver' });
    expect(page.view().keys.stale).toBe(true);
    for (const name of ['aws', 'cognito'] as const) {
      await make(name);
      expect(trip(name).outcome?.text).toMatch(/signature (is )?invalid/);
    }
    const [error] = blockOf(lineOf('aws', 'assume'), 'error');
    expect(error?.why).toContain('After a rollover');
  });

  test('is taken again once they have the new, and what was refused stays refused', async () => {
    await ask({ kind: 'update' });
    expect(page.view().keys.stale).toBe(false);
    const marked = blockOf(lineOf('aws', 'assume'), 'facts')[1]?.rows.find(({ label }) => label === 'Signature');
    expect(marked?.state).toBe('bad');
    for (const name of ['aws', 'cognito'] as const) {
      await make(name);
      expect(trip(name).outcome?.state).toBe('arrived');
    }
  });
});

test('what is somebody else’s is left alone, and said so', async () => {
  await ask({ kind: 'remove' });
  expect(page.view().setUp).toMatchObject({
    state: 'nothing',
    sentence: 'Nothing is left: looked again for all 6, and found 0.',
  });
  expect(await resources()).toEqual(before);
  const RoleName = 'LabsRoundTrip';
  const trust = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await target.send('iam.CreateRole', { RoleName, AssumeRolePolicyDocument });
  await page.handle({ kind: 'setUp' });
  expect(page.view().notice?.what).toBe("The role LabsRoundTrip is there already, and is not this panel's.");
  await target.send('iam.DeleteRole', { RoleName });
});
