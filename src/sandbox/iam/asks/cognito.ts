// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
import { textOf, type Asks } from './ask.ts';

/** What users do for themselves: a password, code or token speaks for them, not who signed the request. */
const free = new Set([
  'SignUp',
  'ConfirmSignUp',
  'ResendConfirmationCode',
  'ForgotPassword',
  'ConfirmForgotPassword',
  'InitiateAuth',
  'RespondToAuthChallenge',
  'GetTokensFromRefreshToken',
  'RevokeToken',
  'GlobalSignOut',
  'GetUser',
  'DeleteUser',
  'UpdateUserAttributes',
  'DeleteUserAttributes',
  'ChangePassword',
  'GetUserAttributeVerificationCode',
  'VerifyUserAttribute',
]);

/** Of no pool in particular. */
const general = new Set(['CreateUserPool', 'ListUserPools', 'DescribeUserPoolDomain']);

export const cognitoAsks: Asks = (operation, input, { account, region }) => {
  if (free.has(operation)) return [];
  const action = `cognito-idp:${operation}`;
  const arn = textOf(input, 'ResourceArn');
  const pool = general.has(operation) ? '*' : (textOf(input, 'UserPoolId') ?? '*');
  return [
    { action, resource: arn ?? (pool === '*' ? '*' : `arn:aws:cognito-idp:${region}:${account}:userpool/${pool}`) },
  ];
};
