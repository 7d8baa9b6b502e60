// Tokens: what they say, how long they count, and how they end.
import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminInitiateAuthCommand,
  CreateGroupCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createHash, createHmac, createDiffieHellmanGroup, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeJwt, verifyJwt, type DecodedJwt } from '../../../src/saml/message/jwt.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { makePool, refused, type MadePool } from './pool.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());

const password = 'Passw0rd!';

async function withAnn(
  ...settings: Parameters<typeof makePool> extends [unknown, ...infer Rest] ? Rest : never
): Promise<MadePool> {
  const made = await makePool(sandbox, ...settings);
  const { cognito, pool, client: ClientId, secret } = made;
  const SecretHash = secret && hash(secret, `ann${ClientId}`);
  await cognito.send(new SignUpCommand({ ClientId, Username: 'ann', Password: password, SecretHash }));
  await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username: 'ann' }));
  return made;
}

const hash = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64');

async function signIn({ cognito, client: ClientId }: MadePool) {
  const AuthParameters = { USERNAME: 'ann', PASSWORD: password };
  const answer = await cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  const { AccessToken = '', IdToken = '', RefreshToken = '' } = answer.AuthenticationResult ?? {};
  return { access: AccessToken, id: IdToken, refresh: RefreshToken };
}

const refreshWith = ({ cognito, client: ClientId }: MadePool, REFRESH_TOKEN: string) =>
  cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
  );

function read(token: string): DecodedJwt {
  const decoded = decodeJwt(token);
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.jwt;
}

test('they say who it is, and the pool’s key signs them', async () => {
  const made = await withAnn();
  const { cognito, pool, client } = made;
  await cognito.send(new CreateGroupCommand({ UserPoolId: pool, GroupName: 'admins', Precedence: 1 }));
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: pool, GroupName: 'admins', Username: 'ann' }));
  const { access, id } = await signIn(made);
  const common = { iss: `${sandbox.endpoint}/${pool}`, 'cognito:groups': ['admins'] };
  expect(read(id).claims).toMatchObject({ ...common, aud: client, token_use: 'id', 'cognito:username': 'ann' });
  expect(read(access).claims).toMatchObject({
    ...common,
    client_id: client,
    token_use: 'access',
    username: 'ann',
    scope: 'aws.cognito.signin.user.admin',
  });
  expect(read(access).claims['origin_jti']).toBe(read(id).claims['origin_jti']);
  const { jwks_uri } = (await (await fetch(`${sandbox.endpoint}/${pool}/.well-known/openid-configuration`)).json()) as {
    jwks_uri: string;
  };
  const keys: unknown = await (await fetch(jwks_uri)).json();
  expect(verifyJwt(read(access), keys, Date.now())).toMatchObject({ valid: true });
});

test('they end with their time; the refresh token goes on', async () => {
  const made = await withAnn();
  const { cognito } = made;
  const { access, refresh } = await signIn(made);
  await sandbox.advance('61m');
  const get = (AccessToken: string) => cognito.send(new GetUserCommand({ AccessToken }));
  await refused(get(access), 'NotAuthorizedException', 'Access Token has expired');
  const answer = await refreshWith(made, refresh);
  expect(answer.AuthenticationResult?.RefreshToken).toBeUndefined();
  expect((await get(answer.AuthenticationResult?.AccessToken ?? '')).Username).toBe('ann');
  await sandbox.advance('31d');
  await refused(refreshWith(made, refresh), 'NotAuthorizedException', 'Refresh Token has expired');
  await refused(refreshWith(made, 'nonsense'), 'NotAuthorizedException', 'Invalid Refresh Token.');
});

test('signing out ends them all', async () => {
  const made = await withAnn();
  const { cognito } = made;
  const { access, refresh } = await signIn(made);
  await cognito.send(new GlobalSignOutCommand({ AccessToken: access }));
  const get = cognito.send(new GetUserCommand({ AccessToken: access }));
  await refused(get, 'NotAuthorizedException', 'Access Token has been revoked');
  await refused(refreshWith(made, refresh), 'NotAuthorizedException', 'Refresh Token has been revoked');
});

test('a refresh token can be revoked, and an access token that was changed is none', async () => {
  const made = await withAnn();
  const { cognito, client: ClientId } = made;
  const { access, refresh } = await signIn(made);
  await cognito.send(new RevokeTokenCommand({ ClientId, Token: refresh }));
  await refused(refreshWith(made, refresh), 'NotAuthorizedException', 'Refresh Token has been revoked');
  const [head = '', , signature = ''] = access.split('.');
  const claims = Buffer.from(JSON.stringify({ ...read(access).claims, username: 'root' })).toString('base64url');
  const forged = cognito.send(new GetUserCommand({ AccessToken: `${head}.${claims}.${signature}` }));
  await refused(forged, 'NotAuthorizedException', 'Invalid Access Token');
});

describe('flows', () => {
  test('only those that the client allows', async () => {
    const made = await withAnn({}, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
    const { cognito, pool, client: ClientId } = made;
    const disabled = 'USER_PASSWORD_AUTH flow not enabled for this client';
    await refused(signIn(made), 'InvalidParameterException', disabled);
    const admin = cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: {},
      }),
    );
    await refused(admin, 'InvalidParameterException', 'Auth flow not enabled for this client');
  });

  test('a client with a secret has to show that it knows it', async () => {
    const made = await withAnn({}, { GenerateSecret: true });
    const { cognito, client: ClientId, secret = '' } = made;
    const begin = (more: Record<string, string>) =>
      cognito.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'ann', PASSWORD: password, ...more },
        }),
      );
    const missing = `Client ${ClientId} is configured with secret but SECRET_HASH was not received`;
    await refused(begin({}), 'NotAuthorizedException', missing);
    const wrong = `Unable to verify secret hash for client ${ClientId}`;
    await refused(begin({ SECRET_HASH: 'x' }), 'NotAuthorizedException', wrong);
    const right = await begin({ SECRET_HASH: hash(secret, `ann${ClientId}`) });
    expect(right.AuthenticationResult).toBeDefined();
  });

  test('SRP: the password is never sent', async () => {
    const made = await withAnn();
    const { cognito, pool, client: ClientId } = made;
    const group = createDiffieHellmanGroup('modp15');
    const N = BigInt(`0x${group.getPrime('hex')}`);
    const a = BigInt(`0x${randomBytes(32).toString('hex')}`);
    const A = power(2n, a, N).toString(16);
    const AuthParameters = { USERNAME: 'ann', SRP_A: A };
    const begun = await cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters }));
    const { SALT = '', SRP_B = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = begun.ChallengeParameters ?? {};
    const name = pool.split('_')[1] ?? '';
    const k = number(sha(pad(N.toString(16)) + pad('2')));
    const u = number(sha(pad(A) + pad(SRP_B)));
    const inner = createHash('sha256').update(`${name}${USER_ID_FOR_SRP}:${password}`).digest('hex');
    const x = number(sha(pad(SALT) + inner));
    const B = number(SRP_B);
    const shared = power((((B - k * power(2n, x, N)) % N) + N) % N, a + u * x, N);
    const pseudo = createHmac('sha256', Buffer.from(pad(u.toString(16)), 'hex')).update(
      Buffer.from(pad(shared.toString(16)), 'hex'),
    );
    const key = createHmac('sha256', pseudo.digest()).update('Caldera Derived Key\u0001').digest().subarray(0, 16);
    const TIMESTAMP = 'Tue Oct 6 10:00:00 UTC 2026';
    const signature = createHmac('sha256', key)
      .update(name + USER_ID_FOR_SRP)
      .update(Buffer.from(SECRET_BLOCK, 'base64'))
      .update(TIMESTAMP)
      .digest('base64');
    const respond = (PASSWORD_CLAIM_SIGNATURE: string) =>
      cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: 'PASSWORD_VERIFIER',
          Session: begun.Session,
          ChallengeResponses: {
            USERNAME: USER_ID_FOR_SRP,
            PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
            TIMESTAMP,
            PASSWORD_CLAIM_SIGNATURE,
          },
        }),
      );
    expect((await respond(signature)).AuthenticationResult?.IdToken).toMatch(/^eyJ/);
    await refused(respond(signature), 'NotAuthorizedException', 'Invalid session for the user.');
  });
});

const sha = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const number = (hex: string): bigint => BigInt(`0x${hex}`);

function pad(hex: string): string {
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
