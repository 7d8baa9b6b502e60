// Cognito's refusals, worded as Cognito words them.
import { brokenConstraints, type Constrained } from '../sts/constraints.ts';
import { AwsError } from '../service.ts';

const refusal =
  (code: string) =>
  (message: string): AwsError =>
    new AwsError(`${code}Exception`, message, { status: 400 });

export const notFound = refusal('ResourceNotFound');
export const invalid = refusal('InvalidParameter');
export const notAuthorized = refusal('NotAuthorized');
export const overLimit = refusal('LimitExceeded');
export const userNotFound = (message = 'User does not exist.') => refusal('UserNotFound')(message);
export const usernameExists = refusal('UsernameExists');
export const aliasExists = refusal('AliasExists');
export const notConfirmed = () => refusal('UserNotConfirmed')('User is not confirmed.');
export const resetRequired = () => refusal('PasswordResetRequired')('Password reset required for the user');
export const badPassword = (rule: string) =>
  refusal('InvalidPassword')(`Password did not conform with policy: ${rule}`);
export const codeMismatch = () => refusal('CodeMismatch')('Invalid verification code provided, please try again.');
export const codeExpired = () => refusal('ExpiredCode')('Invalid code provided, please request a code again.');
export const groupExists = refusal('GroupExists');
export const duplicateProvider = refusal('DuplicateProvider');
export const badOAuthFlow = refusal('InvalidOAuthFlow');
export const noSuchScope = refusal('ScopeDoesNotExist');
export const unsupportedToken = refusal('UnsupportedTokenType');

export const noSuchPool = (id: string) => notFound(`User pool ${id} does not exist.`);
export const noSuchClient = (id: string) => notFound(`User pool client ${id} does not exist.`);
export const wrongPassword = () => notAuthorized('Incorrect username or password.');

/** @throws InvalidParameterException */
export function checkConstraints(rows: Constrained): void {
  const broken = brokenConstraints(rows, /password/i);
  if (broken !== undefined) throw invalid(broken);
}
