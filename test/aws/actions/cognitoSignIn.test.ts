// A user pool that people sign in to through SAML, made part by part; where it ends half way, what was made is known and goes again.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { poolAddress, poolFacts, samlKeysOf } from '../../../src/aws/actions/cognitoPool.ts';
import {
  makeSignIn,
  partsOf,
  removeMade,
  signInAddress,
  type SignInWish,
} from '../../../src/aws/actions/cognitoSignIn.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
let metadata: string;
beforeAll(async () => {
  bench = await openBench();
  metadata = (await bench.target.identityProvider?.metadata()) ?? '';
});
afterAll(() => bench.stop());

const callback = 'http://localhost:3000/in';

const wishFor = (pool: SignInWish['pool'], domain?: string): SignInWish => ({
  pool,
  ...(domain !== undefined && { domain }),
  provider: {
    name: 'Company',
    details: { MetadataFile: metadata },
    mapping: { email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress' },
    update: false,
  },
  client: { name: 'web', callbacks: [callback], logouts: [] },
});

const silent = () => undefined;
const left = async () => (await kinds.userPool.list(bench)).entries.map(({ name }) => name);

test('pool, domain, provider and client are named, made, and signed in through', async () => {
  const wish = wishFor({ create: 'Learners' }, 'learners-1');
  const told: string[] = [];
  const { made, poolId = '', failure } = await makeSignIn(bench, wish, ({ name }) => told.push(name));
  expect(failure).toBeUndefined();
  expect(told).toEqual(['Learners', 'learners-1', 'Company', 'web']);
  expect(partsOf(wish).map(({ act }) => act)).toEqual(['create', 'create', 'create', 'create']);
  expect(made.map(({ kind }) => kind)).toEqual(['userPool', 'userPoolDomain', 'identityProvider', 'appClient']);
  const facts = await poolFacts(bench, poolId);
  expect(facts).toMatchObject({ name: 'Learners', required: [], address: poolAddress(bench.target, 'learners-1') });
  expect(facts.attributes).toContain('email');
  expect(facts.attributes).not.toContain('sub');
  const authorizeUrl = signInAddress(facts.address ?? '', {
    client: made[3]?.ref ?? '',
    provider: 'Company',
    callback,
  });
  const signedIn = await bench.target.identityProvider?.signIn({ user: 'ann', to: { kind: 'cognito', authorizeUrl } });
  expect(signedIn?.callback).toMatch(/^http:\/\/localhost:3000\/in\?.*code=/);

  // The second time they are there: only what is new is made.
  const again = await makeSignIn(
    bench,
    { ...wishFor({ id: poolId, name: 'Learners' }), provider: { ...wish.provider, update: true } },
    silent,
  );
  expect(again).toMatchObject({ made: [], failure: { part: { kind: 'appClient' } } });
  expect(String(again.failure?.error)).toContain('There is an app client');
  expect(await removeMade(bench, made)).toEqual([]);
  expect(await left()).toEqual([]);
});

test('keys are told only where a provider of the pool uses them', async () => {
  const wish = wishFor({ create: 'Keys' }, 'keys-1');
  const { made, poolId = '' } = await makeSignIn(bench, wish, silent);
  expect(await samlKeysOf(bench, poolId)).toEqual({});
  const details = { MetadataFile: metadata, RequestSigningAlgorithm: 'rsa-sha256', EncryptedResponses: 'true' };
  const { client: _client, ...rest } = wish;
  const changed = {
    ...rest,
    pool: { id: poolId, name: 'Keys' },
    provider: { ...wish.provider, details, update: true },
  };
  expect((await makeSignIn(bench, { ...wishOnly(changed) }, silent)).failure).toBeUndefined();
  expect(Object.keys(await samlKeysOf(bench, poolId))).toEqual(['signing', 'encryption']);
  await removeMade(bench, made);
});

const wishOnly = ({ pool, provider }: SignInWish): SignInWish => ({ pool, provider });

test.each([
  ['cognito-idp.CreateUserPool', []],
  ['cognito-idp.CreateUserPoolDomain', ['userPool']],
  ['cognito-idp.CreateIdentityProvider', ['userPool', 'userPoolDomain']],
  ['cognito-idp.CreateUserPoolClient', ['userPool', 'userPoolDomain', 'identityProvider']],
])('refused at %s: what was made is told, and goes again', async (operation, kept) => {
  const rule = { operation, kind: 'error', code: 'LimitExceededException', status: 400, times: 1 };
  await bench.sandbox.admin('faults', { rules: [rule] });
  const { made, failure } = await makeSignIn(bench, wishFor({ create: 'Half' }, 'half-1'), silent);
  expect(failure?.part.act).toBe('create');
  expect(made.map(({ kind }) => kind)).toEqual(kept);
  expect(await removeMade(bench, made)).toEqual([]);
  expect(await left()).toEqual([]);
});

test.each([
  'cognito-idp.CreateUserPool',
  'cognito-idp.CreateUserPoolDomain',
  'cognito-idp.CreateIdentityProvider',
  'cognito-idp.CreateUserPoolClient',
])('the answer of %s is lost: it is found, and all goes on', async (operation) => {
  await bench.sandbox.admin('faults', { rules: [{ operation, kind: 'drop-after', times: 1 }] });
  const { made, failure } = await makeSignIn(bench, wishFor({ create: 'Dropped' }, 'dropped-1'), silent);
  expect(failure).toBeUndefined();
  expect(made).toHaveLength(4);
  expect(await removeMade(bench, made)).toEqual([]);
});

test('stopped between two parts', async () => {
  const stop = new AbortController();
  const { target } = bench;
  const outcome = await makeSignIn(
    { target, signal: stop.signal },
    wishFor({ create: 'Stopped' }, 'stopped-1'),
    (part) => (part.kind === 'userPoolDomain' ? stop.abort() : undefined),
  );
  expect(outcome.made.map(({ kind }) => kind)).toEqual(['userPool', 'userPoolDomain']);
  expect(outcome.failure?.part.kind).toBe('identityProvider');
  await removeMade(bench, outcome.made);
});

test('a name that is there is left as it is', async () => {
  const { made } = await makeSignIn(bench, wishFor({ create: 'Once' }, 'once-1'), silent);
  const second = await makeSignIn(bench, wishFor({ create: 'Once' }, 'once-2'), silent);
  expect(second).toMatchObject({ made: [], failure: { part: { kind: 'userPool' } } });
  expect(String(second.failure?.error)).toContain('user pool Once here already');
  const taken = await makeSignIn(bench, wishFor({ create: 'Other' }, 'once-1'), silent);
  expect(taken.failure?.part.kind).toBe('userPoolDomain');
  expect(String(taken.failure?.error)).toContain('already associated');
  await removeMade(bench, [...made, ...taken.made]);
});

test('addresses of pools, by partition', () => {
  const at = (region: string) => poolAddress({ region, kind: 'aws', endpoint: undefined }, 'x');
  expect(at('eu-west-1')).toBe('https://x.auth.eu-west-1.amazoncognito.com');
  expect(at('cn-north-1')).toBe('https://x.auth.cn-north-1.amazoncognito.com.cn');
  expect(at('us-gov-west-1')).toBe('https://x.auth-fips.us-gov-west-1.amazoncognito.com');
  expect(poolAddress({ region: 'eu-west-1', kind: 'aws', endpoint: undefined }, 'id.example.com', true)).toBe(
    'https://id.example.com',
  );
});
