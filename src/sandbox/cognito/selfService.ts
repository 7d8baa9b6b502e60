// What users do for themselves with their access token, and how they get back in when they forgot their password.
import { checkSecretHash } from './secretHash.ts';
import { clientFor, findUser, type Cognito, type CognitoHandlers } from './cognito.ts';
import { deliveryOf, sendCode, takeCode } from './codes.ts';
import { checkPassword, setPassword, verifyPassword } from './passwords.ts';
import { codeExpired, invalid, notAuthorized, unsupportedToken, userNotFound } from './refusals.ts';
import { findRefresh, signOut } from './signIns.ts';
import { checkUsername, checkWritable } from './signUp.ts';
import { apiScope, holderOf, type TokenHolder } from './tokens.ts';
import {
  attributesOf,
  deleteAttributes,
  noAddress,
  removeUser,
  sendResetCode,
  touchUser,
  updateAttributes,
} from './users.ts';

export const selfServiceHandlers = (cognito: Cognito) =>
  ({
    GetUser({ AccessToken }) {
      const { user } = apiHolder(cognito, AccessToken);
      return { Username: user.username, UserAttributes: attributesOf(user) };
    },
    UpdateUserAttributes({ AccessToken, UserAttributes }) {
      const { pool, client, user } = apiHolder(cognito, AccessToken);
      checkWritable(
        { pool, client },
        UserAttributes.map(({ Name = '' }) => Name),
      );
      const moved = updateAttributes(cognito, pool, user, UserAttributes);
      const verified: readonly string[] = pool.settings.AutoVerifiedAttributes ?? [];
      const sent = moved.filter((name) => verified.includes(name));
      return {
        CodeDeliveryDetailsList: sent.flatMap((name) => sendCode(cognito, pool, user, 'attribute', name) ?? []),
      };
    },
    DeleteUserAttributes({ AccessToken, UserAttributeNames }) {
      const { pool, client, user } = apiHolder(cognito, AccessToken);
      checkWritable({ pool, client }, UserAttributeNames);
      deleteAttributes(cognito, pool, user, UserAttributeNames);
      return {};
    },
    GetUserAttributeVerificationCode({ AccessToken, AttributeName }) {
      const { pool, user } = apiHolder(cognito, AccessToken);
      const delivery = sendCode(cognito, pool, user, 'attribute', AttributeName);
      if (!delivery) throw invalid(`User has no attribute ${AttributeName} to verify.`);
      return { CodeDeliveryDetails: delivery };
    },
    VerifyUserAttribute({ AccessToken, AttributeName, Code }) {
      const { user } = apiHolder(cognito, AccessToken);
      if (user.code?.attribute !== AttributeName) throw codeExpired();
      takeCode(cognito, user, 'attribute', Code);
      user.attributes.set(`${AttributeName}_verified`, 'true');
      touchUser(cognito, user);
      return {};
    },
    ChangePassword({ AccessToken, PreviousPassword, ProposedPassword }) {
      const { pool, user } = apiHolder(cognito, AccessToken);
      if (PreviousPassword === undefined) throw invalid('Missing required parameter PreviousPassword');
      verifyPassword(cognito, pool, user, PreviousPassword);
      checkPassword(pool, ProposedPassword);
      setPassword(cognito, pool, user, ProposedPassword);
      touchUser(cognito, user);
      return {};
    },
    DeleteUser({ AccessToken }) {
      const { pool, user } = apiHolder(cognito, AccessToken);
      removeUser(cognito, pool, user);
    },
    GlobalSignOut({ AccessToken }) {
      const { pool, user } = apiHolder(cognito, AccessToken);
      signOut(cognito, pool, user);
      return {};
    },
    RevokeToken({ Token, ClientId, ClientSecret }) {
      const { pool, client } = clientFor(cognito, ClientId);
      if (client.secret !== undefined && client.secret !== ClientSecret)
        throw notAuthorized(`Unable to verify secret for client ${ClientId}`);
      if (client.settings.EnableTokenRevocation === false)
        throw unsupportedToken('Token revocation is not enabled for this client');
      if (Token.split('.').length === 3) throw unsupportedToken('Unsupported token type');
      const signIn = findRefresh(pool, Token);
      if (signIn && signIn.clientId !== client.id) throw notAuthorized('Invalid Refresh Token.');
      if (signIn) signIn.revoked = true;
      cognito.world.changed();
      return {};
    },
    ForgotPassword({ ClientId, Username, SecretHash }) {
      const place = clientFor(cognito, ClientId);
      checkUsername(Username);
      checkSecretHash(place, Username, SecretHash);
      const { pool, client } = place;
      const user = findUser(pool, Username);
      if (!user && client.settings.PreventUserExistenceErrors === 'ENABLED')
        return { CodeDeliveryDetails: deliveryOf('email', `${Username}@example.com`) };
      if (!user) throw userNotFound('Username/client id combination not found.');
      if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER')
        throw notAuthorized('User password cannot be reset in the current state.');
      const delivery = sendResetCode(cognito, pool, user);
      if (!delivery) throw noAddress();
      return { CodeDeliveryDetails: delivery };
    },
    ConfirmForgotPassword({ ClientId, Username, ConfirmationCode, Password, SecretHash }) {
      const place = clientFor(cognito, ClientId);
      checkUsername(Username);
      checkSecretHash(place, Username, SecretHash);
      const { pool, client } = place;
      const user = findUser(pool, Username);
      if (!user)
        throw client.settings.PreventUserExistenceErrors === 'ENABLED'
          ? codeExpired()
          : userNotFound('Username/client id combination not found.');
      checkPassword(pool, Password);
      takeCode(cognito, user, 'password', ConfirmationCode);
      setPassword(cognito, pool, user, Password);
      user.status = 'CONFIRMED';
      touchUser(cognito, user);
      return {};
    },
  }) satisfies CognitoHandlers;

/** Tokens from the web endpoints may act here only where that scope was asked for. */
function apiHolder(cognito: Cognito, token: string): TokenHolder {
  const holder = holderOf(cognito, token);
  if (!holder.scopes.includes(apiScope)) throw notAuthorized('Access Token does not have required scopes');
  return holder;
}
