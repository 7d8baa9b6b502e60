// What single sign-on is made of, as the engine handles it: in which order it goes, what sweeping finds, whose a user pool is.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { Target } from '../../src/aws/target.ts';
import { LabRun } from '../../src/lab/labRun.ts';
import type { Lab } from '../../src/lab/model.ts';
import { planTeardown } from '../../src/lab/planTeardown.ts';
import type { OpenOptions } from '../../src/lab/runOptions.ts';
import { sweep } from '../../src/lab/sweep.ts';
import { clock, labIn } from '../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
let target: Target;
let lab: Lab;
let options: OpenOptions;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const { endpoint, credentials, region } = sandbox;
  target = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
  lab = await labIn('test/fixtures/labs/sign-on');
});
beforeEach(async () => {
  await sandbox.admin('faults', undefined, 'DELETE');
  await sandbox.admin('reset', {});
  const id = () => crypto.randomUUID().replaceAll('-', '').slice(0, 12);
  options = { lab, target, dataDir: mkdtempSync(join(tmpdir(), 'labs-')), clock, id };
});
afterAll(async () => {
  target.dispose();
  await sandbox.stop();
});

const journalOf = (run: LabRun): string => join(options.dataDir, 'sessions', `${run.snapshot().sessionId}.jsonl`);
const pools = async () => (await target.send('cognito-idp.ListUserPools', { MaxResults: 60 })).UserPools ?? [];
const answerFor = (choice: string) => ({ answers: 'sandbox' as const, confirm: async () => choice });

describe('cleaning up', () => {
  test('is planned so that nothing goes before what needs it, whatever the order of making', () => {
    const kinds = ['userPool', 'samlProvider', 'identityProvider', 'appClient', 'role', 'userPoolDomain'] as const;
    const entries = kinds.map((kind, n) => ({ n, kind, key: { name: kind }, name: kind, ref: kind, contents: [] }));
    const order = [['appClient', 'role', 'userPoolDomain'], ['identityProvider', 'samlProvider'], ['userPool']];
    for (const given of [entries, entries.toReversed()])
      expect(planTeardown(given).map((wave) => wave.map(({ kind }) => kind))).toEqual(order);
  });

  test('shows all six by their names, calls in that order, and leaves nothing', async () => {
    const run = await LabRun.open(options);
    expect(await run.runAll({ answers: 'sandbox' })).toMatchObject({ ok: true });
    const short = run.snapshot().sessionId.slice(0, 8);
    const { waves } = await run.planTeardown();
    expect(waves.map((wave) => wave.map(({ kindLabel, name }) => `${kindLabel} ${name}`))).toEqual([
      ['app client app', `role Reader-${short}`, `user pool domain people-${short}`],
      ['identity provider Company', `SAML provider Company-${short}`],
      ['user pool People'],
    ]);
    const calls: string[] = [];
    const stop = target.onCall(
      ({ operation }) => void (/\.(Delete|Detach|Update)/.test(operation) && calls.push(operation)),
    );
    expect(await run.teardown()).toMatchObject({ removed: 6, left: [], sentence: '0 left.' });
    stop();
    const before = (one: string, other: string) => calls.indexOf(one) < calls.indexOf(other);
    expect(before('iam.DetachRolePolicy', 'iam.DeleteRole')).toBe(true);
    expect(before('iam.DeleteRolePolicy', 'iam.DeleteRole')).toBe(true);
    expect(before('iam.DeleteRole', 'iam.DeleteSAMLProvider')).toBe(true);
    expect(before('cognito-idp.DeleteUserPoolClient', 'cognito-idp.DeleteIdentityProvider')).toBe(true);
    expect(before('cognito-idp.DeleteUserPoolDomain', 'cognito-idp.DeleteUserPool')).toBe(true);
    expect(calls.slice(-2)).toEqual(['cognito-idp.UpdateUserPool', 'cognito-idp.DeleteUserPool']);
    expect(await sandbox.admin('state')).toEqual({ resources: [] });
  });

  test('has no secret in its journal', async () => {
    const run = await LabRun.open(options);
    await run.runAll({ answers: 'sandbox' });
    const client = run.snapshot().steps.find(({ id }) => id === 'pool')?.actions[3];
    expect(client?.response).toMatchObject({ UserPoolClient: { ClientSecret: '(secret)' } });
    const { UserPoolClients = [] } = await target.send('cognito-idp.ListUserPoolClients', {
      UserPoolId: (await pools())[0]?.Id,
    });
    const { UserPoolClient } = await target.send('cognito-idp.DescribeUserPoolClient', {
      UserPoolId: UserPoolClients[0]?.UserPoolId,
      ClientId: UserPoolClients[0]?.ClientId,
    });
    expect(UserPoolClient?.ClientSecret).toHaveLength(51);
    expect(readFileSync(journalOf(run), 'utf8')).not.toContain(UserPoolClient?.ClientSecret);
    await run.teardown();
  });
});

describe('sweeping', () => {
  test('finds provider, role and pool by their tags, and with the pool all that it has', async () => {
    const run = await LabRun.open(options);
    await run.runAll({ answers: 'sandbox' });
    const { sessionId } = run.snapshot();
    await target.send('cognito-idp.CreateUserPool', { PoolName: 'People' });
    const found = await sweep({ target }, sessionId);
    expect(found.map(({ found: { kind, name }, lab: of }) => ({ kind, name, of }))).toEqual([
      { kind: 'samlProvider', name: `Company-${sessionId.slice(0, 8)}`, of: 'sign-on' },
      { kind: 'role', name: `Reader-${sessionId.slice(0, 8)}`, of: 'sign-on' },
      { kind: 'userPool', name: 'People', of: 'sign-on' },
    ]);
  });

  test('goes on where one kind cannot be looked at, and says which', async () => {
    await target.send('sqs.CreateQueue', { QueueName: 'Q', tags: { 'aws-labs:session': 'a', 'aws-labs:lab': 'x' } });
    const rules = [{ operation: 'iam.ListRoles', kind: 'error', status: 403, code: 'AccessDenied' }];
    await sandbox.admin('faults', { rules });
    const unseen: string[] = [];
    const found = await sweep({ target }, undefined, ({ kind, failure }) =>
      unseen.push(`${kind.plural} ${failure.kind}`),
    );
    expect(found.map(({ found: { name } }) => name)).toEqual(['Q']);
    expect(unseen).toEqual(['roles access-denied']);
    await expect(sweep({ target })).rejects.toMatchObject({ kind: 'access-denied' });
  });

  test('makes good for a damaged journal, and counts nothing twice', async () => {
    const run = await LabRun.open(options);
    await run.runAll({ answers: 'sandbox' });
    run.dispose();
    const damage = (kept: RegExp) => {
      const lines = readFileSync(journalOf(run), 'utf8').split('\n');
      writeFileSync(journalOf(run), lines.map((line) => (kept.test(line) ? line : line.slice(0, 20))).join('\n'));
    };
    damage(/"t":"(open|inputs|intent)"/);
    const again = await LabRun.open(options);
    expect(await again.teardown()).toMatchObject({ planned: 6, removed: 6, left: [] });
    expect(await sandbox.admin('state')).toEqual({ resources: [] });
  });
});

describe('a user pool of the same name', () => {
  test('is adopted only if the learner says so, and is then known by its id', async () => {
    const { UserPool } = await target.send('cognito-idp.CreateUserPool', { PoolName: 'People' });
    const run = await LabRun.open(options);
    expect(await run.runStep('pool', answerFor('no'))).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('already a user pool People'),
    });
    expect(await pools()).toHaveLength(1);
    await run.runTo('role', answerFor('no'));
    expect(await run.runStep('pool', answerFor('adopt'))).toMatchObject({ ok: true });
    expect(await run.runStep('pool', answerFor('no'))).toMatchObject({ ok: true });
    expect((await pools()).map(({ Id }) => Id)).toEqual([UserPool?.Id]);
    expect(await run.teardown()).toMatchObject({ removed: 6, left: [] });
    expect(await pools()).toEqual([]);
  });

  test('of several nobody knows which is meant: the lab makes its own, and leaves the others', async () => {
    const makeOther = () => target.send('cognito-idp.CreateUserPool', { PoolName: 'People' });
    await makeOther();
    await makeOther();
    const run = await LabRun.open(options);
    expect(await run.runAll(answerFor('no'))).toMatchObject({ ok: true });
    expect(await pools()).toHaveLength(3);
    expect(await run.teardown()).toMatchObject({ removed: 6, left: [] });
    expect(await pools()).toHaveLength(2);
  });

  test('is not removed in place of the lab’s own, which somebody has deleted', async () => {
    const run = await LabRun.open(options);
    await run.runAll({ answers: 'sandbox' });
    const own = run
      .snapshot()
      .resources.find(({ kind }) => kind === 'userPool')
      ?.arn?.split('/')[1];
    await target.send('cognito-idp.UpdateUserPool', { UserPoolId: own, DeletionProtection: 'INACTIVE' });
    const [domain] = run.snapshot().resources.filter(({ kind }) => kind === 'userPoolDomain');
    await target.send('cognito-idp.DeleteUserPoolDomain', { UserPoolId: own, Domain: domain?.name });
    await target.send('cognito-idp.DeleteUserPool', { UserPoolId: own });
    const { UserPool } = await target.send('cognito-idp.CreateUserPool', { PoolName: 'People' });
    expect(await run.teardown()).toMatchObject({ removed: 2, left: [] });
    expect((await pools()).map(({ Id }) => Id)).toEqual([UserPool?.Id]);
  });

  test('left by the lab that this one builds on is taken over with all that it has', async () => {
    const first = await LabRun.open(options);
    await first.runAll({ answers: 'sandbox' });
    first.dispose();
    const names = Object.fromEntries(Object.entries(first.snapshot().names));
    const second = await LabRun.open({ ...options, lab: { ...lab, id: 'second', buildsOn: 'sign-on' }, inputs: names });
    expect(await second.runAll(answerFor('adopt'))).toMatchObject({ ok: true });
    expect(await pools()).toHaveLength(1);
    const old = await LabRun.open(options);
    expect(await old.teardown()).toMatchObject({
      removed: 0,
      left: [],
      passedOn: expect.stringContaining('6 resources'),
    });
    expect(await second.teardown()).toMatchObject({ removed: 6, left: [] });
    expect(await sandbox.admin('state')).toEqual({ resources: [] });
  });
});
