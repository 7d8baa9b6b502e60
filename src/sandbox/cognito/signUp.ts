// Users who sign up by themselves, and prove their address with a code from the mailbox.
import {
  clientFor,
  findUser,
  poolFor,
  userFor,
  userKey,
  type ClientPlace,
  type Cognito,
  type CognitoHandlers,
} from './cognito.ts';
import { checkSecretHash } from './secretHash.ts';
import { sendCode, takeCode } from './codes.ts';
import { checkPassword, setPassword } from './passwords.ts';
import {
  aliasExists,
  checkConstraints,
  codeExpired,
  invalid,
  notAuthorized,
  usernameExists,
  userNotFound,
} from './refusals.ts';
import { checkRequired, isEmail, isPhone, readAttributes } from './schema.ts';
import type { Pool, User, UserStatus } from './state.ts';

export const signUpHandlers = (cognito: Cognito) =>
  ({
    SignUp({ ClientId, Username, Password = '', UserAttributes, SecretHash }) {
      const place = clientFor(cognito, ClientId);
      const { pool } = place;
      checkUsername(Username);
      checkSecretHash(place, Username, SecretHash);
      if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly)
        throw notAuthorized('SignUp is not permitted for this user pool');
      checkPassword(pool, Password);
      const attributes = readAttributes(pool, UserAttributes, undefined);
      checkWritable(place, [...attributes.keys()]);
      const user = newUser(cognito, pool, Username, attributes, 'UNCONFIRMED', usernameExists('User already exists'));
      setPassword(cognito, pool, user, Password);
      const delivery = verifiedFirst(cognito, pool, user, 'sign-up');
      return { UserConfirmed: false, UserSub: user.sub, ...(delivery && { CodeDeliveryDetails: delivery }) };
    },
    ConfirmSignUp({ ClientId, Username, ConfirmationCode, SecretHash, ForceAliasCreation }) {
      const place = clientFor(cognito, ClientId);
      checkUsername(Username);
      checkSecretHash(place, Username, SecretHash);
      const user = signedUp(place, Username, codeExpired());
      if (user.status !== 'UNCONFIRMED')
        throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
      const { attribute } = takeCode(cognito, user, 'sign-up', ConfirmationCode);
      claimAlias(place.pool, user, attribute, ForceAliasCreation === true);
      confirm(cognito, user, attribute);
      return {};
    },
    ResendConfirmationCode({ ClientId, Username, SecretHash }) {
      const place = clientFor(cognito, ClientId);
      checkSecretHash(place, Username, SecretHash);
      const user = signedUp(place, Username, userNotFound('Username/client id combination not found.'));
      if (user.status !== 'UNCONFIRMED') throw invalid('User is already confirmed.');
      const delivery = verifiedFirst(cognito, place.pool, user, 'sign-up');
      if (!delivery) throw invalid('Auto verification not turned on.');
      return { CodeDeliveryDetails: delivery };
    },
    AdminConfirmSignUp({ UserPoolId, Username }, call) {
      const user = userFor(poolFor(cognito, UserPoolId, call), Username);
      if (user.status !== 'UNCONFIRMED')
        throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
      confirm(cognito, user, undefined);
      return {};
    },
  }) satisfies CognitoHandlers;

export function checkUsername(name: string): void {
  checkConstraints([['username', name, { min: 1, max: 128 }]]);
  const pattern = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';
  if (new RegExp(`^${pattern}$`, 'u').test(name)) return;
  const rule = `Member must satisfy regular expression pattern: ${pattern}`;
  throw invalid(`1 validation error detected: Value '${name}' at 'username' failed to satisfy constraint: ${rule}`);
}

/** Who it is; where the client hides who exists, the same refusal for all. */
function signedUp({ pool, client }: ClientPlace, name: string, hidden: Error): User {
  const user = findUser(pool, name);
  if (user) return user;
  throw client.settings.PreventUserExistenceErrors === 'ENABLED'
    ? hidden
    : userNotFound('Username/client id combination not found.');
}

/** @throws NotAuthorizedException */
export function checkWritable({ client }: ClientPlace, names: readonly string[]): void {
  const { WriteAttributes } = client.settings;
  const isForbidden = (name: string) =>
    name.endsWith('_verified') || (WriteAttributes?.length ? !WriteAttributes.includes(name) : false);
  if (names.some(isForbidden)) throw notAuthorized('A client attempted to write unauthorized attribute');
}

/** @throws InvalidParameterException, UsernameExistsException */
export function newUser(
  { world }: Cognito,
  pool: Pool,
  given: string,
  attributes: Map<string, string>,
  status: UserStatus,
  taken: Error,
): User {
  const sub = world.id();
  const named = nameBy(pool, given, attributes, sub);
  checkRequired(pool, attributes);
  const now = world.clock.now();
  if (findUser(pool, named) || findUser(pool, given)) {
    throw pool.settings.UsernameAttributes?.length
      ? usernameExists(`An account with the given ${isEmail(given) ? 'email' : 'phone_number'} already exists.`)
      : taken;
  }
  const user: User = {
    username: named,
    sub,
    created: now,
    updated: now,
    status,
    enabled: true,
    attributes: new Map([['sub', sub], ...attributes]),
    password: undefined,
    code: undefined,
    failures: { count: 0, until: 0 },
  };
  pool.users.set(userKey(pool, named), user);
  world.changed();
  return user;
}

/** Where an address signs in, the user's own name is their sub. */
function nameBy(pool: Pool, given: string, attributes: Map<string, string>, sub: string): string {
  const names: readonly string[] = pool.settings.UsernameAttributes ?? [];
  const aliases: readonly string[] = pool.settings.AliasAttributes ?? [];
  if (names.length > 0) {
    const found =
      names.includes('email') && isEmail(given)
        ? 'email'
        : names.includes('phone_number') && isPhone(given)
          ? 'phone_number'
          : undefined;
    if (found === undefined)
      throw invalid(
        names.length > 1
          ? 'Username should be either an email or a phone number.'
          : `Username should be ${names[0] === 'email' ? 'an email' : 'a phone number'}.`,
      );
    attributes.set(found, given);
    return sub;
  }
  if (aliases.includes('email') && isEmail(given))
    throw invalid('Username cannot be of email format, since user pool is configured for email alias.');
  if (aliases.includes('phone_number') && isPhone(given))
    throw invalid('Username cannot be of phone number format, since user pool is configured for phone number alias.');
  return given;
}

/** To the first address that the pool verifies by itself. */
function verifiedFirst(cognito: Cognito, pool: Pool, user: User, purpose: 'sign-up') {
  const wanted: readonly string[] = pool.settings.AutoVerifiedAttributes ?? [];
  const attribute = ['phone_number', 'email'].find((one) => wanted.includes(one) && user.attributes.has(one));
  return attribute === undefined ? undefined : sendCode(cognito, pool, user, purpose, attribute);
}

/** An address can be the alias of one user only. @throws AliasExistsException */
export function claimAlias(pool: Pool, user: User, attribute: string, force: boolean): void {
  const aliases: readonly string[] = pool.settings.AliasAttributes ?? [];
  const value = user.attributes.get(attribute);
  if (!aliases.includes(attribute) || value === undefined) return;
  const other = [...pool.users.values()].find(
    (one) =>
      one !== user && one.attributes.get(attribute) === value && one.attributes.get(`${attribute}_verified`) === 'true',
  );
  if (!other) return;
  if (!force) throw aliasExists(`An account with the ${attribute} already exists.`);
  other.attributes.set(`${attribute}_verified`, 'false');
}

function confirm({ world }: Cognito, user: User, attribute: string | undefined): void {
  user.status = 'CONFIRMED';
  user.updated = world.clock.now();
  if (attribute !== undefined) user.attributes.set(`${attribute}_verified`, 'true');
  world.changed();
}
