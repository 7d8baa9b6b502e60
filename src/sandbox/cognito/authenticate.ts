// Signing in through the API: with a password, by SRP, or with a refresh token; and the challenges in between.
import type { AuthFlowType, InitiateAuthCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { parameter, respond, type Given } from './challenges.ts';
import { clientFor, clientOf, poolFor, type ClientPlace, type Cognito, type CognitoHandlers } from './cognito.ts';
import { afterPassword, challenge, userOrRefusal, type Answer } from './enter.ts';
import { verifyPassword } from './passwords.ts';
import { invalid, notAuthorized, wrongPassword } from './refusals.ts';
import { checkRefreshSecret, checkSecretHash } from './secretHash.ts';
import { refresh } from './signIns.ts';
import { isPublicNumber, publicNumber } from './srp.ts';

export const authenticateHandlers = (cognito: Cognito) =>
  ({
    InitiateAuth: ({ ClientId, AuthFlow, AuthParameters = {} }) => {
      if (AuthFlow.startsWith('ADMIN_')) throw invalid('Initiate Auth method not supported.');
      return begin(cognito, clientFor(cognito, ClientId), AuthFlow, AuthParameters);
    },
    AdminInitiateAuth({ UserPoolId, ClientId, AuthFlow, AuthParameters = {} }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      return begin(cognito, { pool, client: clientOf(pool, ClientId) }, AuthFlow, AuthParameters);
    },
    RespondToAuthChallenge: ({ ClientId, ChallengeName, Session, ChallengeResponses = {} }) =>
      respond(cognito, clientFor(cognito, ClientId), ChallengeName, Session, ChallengeResponses),
    AdminRespondToAuthChallenge({ UserPoolId, ClientId, ChallengeName, Session, ChallengeResponses = {} }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      return respond(cognito, { pool, client: clientOf(pool, ClientId) }, ChallengeName, Session, ChallengeResponses);
    },
    GetTokensFromRefreshToken({ ClientId, RefreshToken, ClientSecret }) {
      const place = clientFor(cognito, ClientId);
      if (place.client.secret !== undefined && place.client.secret !== ClientSecret)
        throw notAuthorized(`Unable to verify secret for client ${ClientId}`);
      return refreshed(cognito, place, RefreshToken);
    },
  }) satisfies CognitoHandlers;

/** What the older names of flows are called now. */
const flowOf: Readonly<Partial<Record<AuthFlowType, string>>> = {
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  ADMIN_USER_PASSWORD_AUTH: 'ADMIN_USER_PASSWORD_AUTH',
  ADMIN_NO_SRP_AUTH: 'ADMIN_USER_PASSWORD_AUTH',
  USER_SRP_AUTH: 'USER_SRP_AUTH',
  REFRESH_TOKEN_AUTH: 'REFRESH_TOKEN_AUTH',
  REFRESH_TOKEN: 'REFRESH_TOKEN_AUTH',
};

const usual = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];
const older: Readonly<Record<string, string>> = {
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  ADMIN_USER_PASSWORD_AUTH: 'ADMIN_NO_SRP_AUTH',
};

function checkFlow({ client }: ClientPlace, flow: string): void {
  const { ExplicitAuthFlows: given } = client.settings;
  const allowed: readonly string[] = given?.length ? given : usual;
  if (allowed.includes(`ALLOW_${flow}`) || allowed.includes(older[flow] ?? '-')) return;
  // Before there were names with ALLOW_, these two could not be turned off.
  const isOld = allowed.every((one) => !one.startsWith('ALLOW_'));
  if (isOld && (flow === 'USER_SRP_AUTH' || flow === 'REFRESH_TOKEN_AUTH')) return;
  throw invalid(
    flow === 'ADMIN_USER_PASSWORD_AUTH'
      ? 'Auth flow not enabled for this client'
      : `${flow} flow not enabled for this client`,
  );
}

function begin(
  cognito: Cognito,
  place: ClientPlace,
  asked: NonNullable<InitiateAuthCommandInput['AuthFlow']>,
  given: Given,
): Answer {
  const flow = flowOf[asked];
  if (flow === undefined) throw invalid(`The sandbox does not know the flow ${asked}.`);
  checkFlow(place, flow);
  if (flow === 'REFRESH_TOKEN_AUTH') {
    const token = parameter(given, 'REFRESH_TOKEN');
    checkRefreshSecret(place, token, given);
    return refreshed(cognito, place, token);
  }
  const name = parameter(given, 'USERNAME');
  checkSecretHash(place, name, given['SECRET_HASH']);
  if (flow === 'USER_SRP_AUTH') return beginSrp(cognito, place, name, parameter(given, 'SRP_A'));
  const user = userOrRefusal(place, name);
  verifyPassword(cognito, place.pool, user, parameter(given, 'PASSWORD'));
  return afterPassword(cognito, place, user);
}

/** No new refresh token: the old one goes on. */
function refreshed(cognito: Cognito, { pool, client }: ClientPlace, token: string): Answer {
  const { idToken, accessToken, seconds } = refresh(cognito, pool, client, token);
  return {
    ChallengeParameters: {},
    AuthenticationResult: { AccessToken: accessToken, ExpiresIn: seconds, TokenType: 'Bearer', IdToken: idToken },
  };
}

function beginSrp(cognito: Cognito, place: ClientPlace, name: string, A: string): Answer {
  if (!isPublicNumber(A)) throw invalid('SRP_A is not a valid number.');
  const user = userOrRefusal(place, name);
  if (!user.password) throw wrongPassword();
  const b = Buffer.from(cognito.world.token(32), 'base64url').toString('hex');
  const B = publicNumber(user.password, b);
  const block = Buffer.from(cognito.world.token(96), 'base64url').toString('base64');
  const session = challenge(cognito, place, user, 'PASSWORD_VERIFIER', { A, b, B, block });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: session,
    ChallengeParameters: {
      SALT: user.password.salt,
      SECRET_BLOCK: block,
      SRP_B: B,
      USERNAME: user.username,
      USER_ID_FOR_SRP: user.username,
    },
  };
}
