// User pools and what belongs to them. A pool is known by its id: of one name there may be several, and only the session's own is meant.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Look } from '../../../src/aws/resources/kind.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import { openLook } from './openTargets.ts';
import { labTags, listAll, make, makePool, metadata, removeTwice, there } from './signOn.ts';
import type { TestSandbox } from '../../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { userPool, userPoolDomain, identityProvider, appClient } = kinds;

let look: Look;
let sandbox: TestSandbox;
let close: () => Promise<void>;
beforeAll(async () => void ({ sandbox, look, close } = await openLook()));
beforeEach(async () => void (await sandbox.admin('reset', {})));
afterAll(() => close());

const makeDomain = (UserPoolId: string, Domain: string) =>
  make(look, 'userPoolDomain', 'cognito-idp.CreateUserPoolDomain', { UserPoolId, Domain });
const makeProvider = (UserPoolId: string) =>
  make(look, 'identityProvider', 'cognito-idp.CreateIdentityProvider', {
    UserPoolId,
    ProviderName: 'Company',
    ProviderType: 'SAML',
    ProviderDetails: { MetadataFile: metadata },
  });
const makeClient = (UserPoolId: string, ClientName = 'app') =>
  make(look, 'appClient', 'cognito-idp.CreateUserPoolClient', { UserPoolId, ClientName, GenerateSecret: true });

describe('a user pool', () => {
  test('is found by its id, and before by its name and the session’s tag', async () => {
    await makePool(look, 'People', {}, { 'aws-labs:session': 'another', 'aws-labs:lab': 'x' });
    const { key, output, found } = await makePool(look, 'People');
    expect(key).toEqual({ name: 'People', session: 'abcdefgh12' });
    const id = found.ref;
    expect(found).toMatchObject({ key: { id }, name: 'People', output });
    expect(userPool.made?.(output)).toEqual({ ref: id, key: { id }, arn: found.arn });
    expect(found.arn).toBe(`arn:aws:cognito-idp:us-east-1:123456789012:userpool/${id}`);
    expect((await there(look, 'userPool', { id })).ref).toBe(id);
    expect(await userPool.tags(look, found)).toEqual(labTags);
    await userPool.tag?.(look, found, { team: 'a' });
    expect(await userPool.tags(look, found)).toEqual({ ...labTags, team: 'a' });
    expect((await userPool.describe(look, found))?.facts).toMatchObject({ Name: 'People', MfaConfiguration: 'OFF' });
  });

  test('of somebody else with the same name is never taken for it', async () => {
    await look.target.send('cognito-idp.CreateUserPool', { PoolName: 'People' });
    const key = { name: 'People', session: 'abcdefgh12' };
    expect(await userPool.find(look, key)).toBeUndefined();
    expect(await userPool.find(look, { name: 'People' })).toBeUndefined();
    expect(await userPool.namesake?.(look, key)).toMatchObject({ name: 'People' });
    await look.target.send('cognito-idp.CreateUserPool', { PoolName: 'People' });
    expect(await userPool.namesake?.(look, key)).toBeUndefined();
  });

  test('is removed with its domain, its protection and all that it has', async () => {
    const { found } = await makePool(look, 'People', { DeletionProtection: 'ACTIVE' });
    await makeDomain(found.ref, 'people');
    await makeProvider(found.ref);
    await makeClient(found.ref);
    expect(await userPool.contents(look, found)).toEqual([
      { what: 'app client', count: 1 },
      { what: 'identity provider', count: 1 },
    ]);
    await expect(look.target.send('cognito-idp.DeleteUserPool', { UserPoolId: found.ref })).rejects.toMatchObject({
      kind: 'refused',
      code: 'InvalidParameterException',
    });
    await removeTwice(look, found);
    expect(await sandbox.admin('state')).toEqual({ resources: [] });
    expect(await userPool.describe(look, found)).toBeUndefined();
    expect(await userPool.tags(look, found)).toEqual({});
    expect(await userPool.contents(look, found)).toEqual([]);
  });

  test('keeps its settings where only its protection could be lifted', async () => {
    const PasswordPolicy = { MinimumLength: 12, RequireSymbols: true };
    const { found } = await makePool(look, 'People', { DeletionProtection: 'ACTIVE', Policies: { PasswordPolicy } });
    const rules = [
      { operation: 'cognito-idp.DeleteUserPool', kind: 'error', status: 400, code: 'AccessDeniedException' },
    ];
    await sandbox.admin('faults', { rules });
    await expect(userPool.remove(look, found)).rejects.toMatchObject({ kind: 'access-denied' });
    await sandbox.admin('faults', undefined, 'DELETE');
    expect((await userPool.describe(look, found))?.facts).toMatchObject({
      DeletionProtection: 'INACTIVE',
      Policies: { PasswordPolicy },
      UserPoolTags: labTags,
    });
  });

  test('of many, on several pages', async () => {
    for (let place = 0; place < 70; place++)
      await look.target.send('cognito-idp.CreateUserPool', { PoolName: `p${place}` });
    expect((await userPool.list(look)).entries).toHaveLength(60);
    expect(new Set((await listAll(look, 'userPool')).map(({ name }) => name)).size).toBe(70);
    const { found } = await makePool(look, 'last');
    expect((await there(look, 'userPool', { name: 'last', session: 'abcdefgh12' })).ref).toBe(found.ref);
  });
});

describe('of a user pool', () => {
  let UserPoolId: string;
  beforeEach(async () => void (UserPoolId = (await makePool(look, 'People')).found.ref));

  test('the domain', async () => {
    const { key, output, found } = await makeDomain(UserPoolId, 'people');
    expect(key).toEqual({ userPoolId: UserPoolId, domain: 'people' });
    expect(found).toMatchObject({ name: 'people', key, output });
    expect(await listAll(look, 'userPoolDomain')).toMatchObject([{ key }]);
    const described = await userPoolDomain.describe(look, found);
    expect(described?.facts).toMatchObject({ Domain: 'people', Status: 'ACTIVE' });
    expect(described && userPoolDomain.relations(described)).toEqual([
      { to: 'userPool', arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`, label: 'belongs to' },
    ]);
    const other = (await makePool(look, 'Others')).found.ref;
    expect(await userPoolDomain.find(look, { userPoolId: other, domain: 'people' })).toBeUndefined();
    const foreign = { ...found, key: { userPoolId: other, domain: 'people' } };
    expect(await userPoolDomain.remove(look, foreign)).toEqual({ state: 'gone' });
    expect(await userPoolDomain.find(look, key)).toBeDefined();
    await removeTwice(look, found);
    expect(await userPoolDomain.find(look, key)).toBeUndefined();
  });

  test('an identity provider', async () => {
    const { key, output, found } = await makeProvider(UserPoolId);
    expect(key).toEqual({ userPoolId: UserPoolId, name: 'Company' });
    expect(found).toMatchObject({ name: 'Company', key, output });
    expect(identityProvider.made?.(output)).toEqual({ ref: 'Company' });
    expect(await listAll(look, 'identityProvider')).toMatchObject([{ key, facts: { ProviderType: 'SAML' } }]);
    const described = await identityProvider.describe(look, found);
    expect(described && identityProvider.relations(described)).toMatchObject([{ to: 'userPool', label: 'belongs to' }]);
    await removeTwice(look, found);
    expect(await identityProvider.find(look, key)).toBeUndefined();
  });

  test('an app client, of whose secret no fact tells', async () => {
    const { key, output, found } = await makeClient(UserPoolId);
    expect(key).toEqual({ userPoolId: UserPoolId, name: 'app' });
    const own = { userPoolId: UserPoolId, id: found.ref };
    expect(found).toMatchObject({ name: 'app', key: own, output });
    expect(appClient.made?.(output)).toEqual({ ref: found.ref, key: own });
    expect((await there(look, 'appClient', own)).ref).toBe(found.ref);
    expect(await listAll(look, 'appClient')).toMatchObject([{ key: own, name: 'app' }]);
    const facts = (await appClient.describe(look, found))?.facts;
    expect(facts).toMatchObject({ ClientName: 'app' });
    expect(facts).not.toHaveProperty('ClientSecret');
    await removeTwice(look, found);
    expect(await appClient.find(look, key)).toBeUndefined();
  });

  test('more app clients than a page', async () => {
    for (let place = 0; place < 65; place++)
      await look.target.send('cognito-idp.CreateUserPoolClient', { UserPoolId, ClientName: `c${place}` });
    expect(await listAll(look, 'appClient')).toHaveLength(65);
    expect(await there(look, 'appClient', { userPoolId: UserPoolId, name: 'c64' })).toMatchObject({ name: 'c64' });
  });

  test('all is gone with it', async () => {
    const made = [
      ['userPoolDomain', await makeDomain(UserPoolId, 'people')],
      ['identityProvider', await makeProvider(UserPoolId)],
      ['appClient', await makeClient(UserPoolId)],
    ] as const;
    await userPool.remove(look, await there(look, 'userPool', { id: UserPoolId }));
    for (const [kind, { key, found }] of made) {
      expect(await kinds[kind].find(look, key)).toBeUndefined();
      expect(await kinds[kind].find(look, found.key)).toBeUndefined();
      expect(await kinds[kind].describe(look, found)).toBeUndefined();
      expect(await kinds[kind].remove(look, found)).toEqual({ state: 'gone' });
      expect(await listAll(look, kind)).toEqual([]);
    }
  });
});

test('in the console, all of it is shown with its pool', () => {
  const key = { userPoolId: 'eu-west-1_abc', name: 'Company' };
  const url = 'https://eu-west-1.console.aws.amazon.com/cognito/v2/idp/user-pools/eu-west-1_abc?region=eu-west-1';
  expect(identityProvider.consoleUrl({ kind: 'identityProvider', key, name: 'Company' }, 'eu-west-1')).toBe(url);
  const arn = 'arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_abc';
  expect(userPool.consoleUrl({ kind: 'userPool', key: { id: 'eu-west-1_abc' }, name: 'P', arn }, 'eu-west-1')).toBe(
    url,
  );
});
