// Users as administrators see and change them.
import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';
import { poolFor, userFor, userKey, type Cognito, type CognitoHandlers } from './cognito.ts';
import { mail, sendCode } from './codes.ts';
import { checkPassword, setPassword, temporaryPassword } from './passwords.ts';
import { invalid, notAuthorized, usernameExists } from './refusals.ts';
import { readAttributes } from './schema.ts';
import { signOut } from './signIns.ts';
import { checkUsername, claimAlias, newUser } from './signUp.ts';
import type { Pool, User } from './state.ts';

export const userHandlers = (cognito: Cognito) =>
  ({
    AdminCreateUser(input, call) {
      const pool = poolFor(cognito, input.UserPoolId, call);
      checkUsername(input.Username);
      if (input.MessageAction === 'RESEND') return { User: invitedAgain(cognito, pool, input.Username) };
      const attributes = readAttributes(pool, input.UserAttributes, undefined);
      const password = input.TemporaryPassword ?? temporaryPassword(cognito, pool);
      checkPassword(pool, password);
      const taken = usernameExists('User account already exists');
      const user = newUser(cognito, pool, input.Username, attributes, 'FORCE_CHANGE_PASSWORD', taken);
      for (const name of ['email', 'phone_number'])
        if (user.attributes.get(`${name}_verified`) === 'true')
          claimAlias(pool, user, name, input.ForceAliasCreation === true);
      setPassword(cognito, pool, user, password);
      if (input.MessageAction !== 'SUPPRESS') invite(cognito, pool, user, input.Username, password);
      return { User: describeUser(user) };
    },
    AdminGetUser({ UserPoolId, Username }, call) {
      const user = userFor(poolFor(cognito, UserPoolId, call), Username);
      const { Attributes, ...rest } = describeUser(user);
      return { ...rest, Username: user.username, UserAttributes: Attributes };
    },
    AdminDeleteUser({ UserPoolId, Username }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      removeUser(cognito, pool, userFor(pool, Username));
    },
    AdminSetUserPassword({ UserPoolId, Username, Password, Permanent = false }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const user = userFor(pool, Username);
      checkPassword(pool, Password);
      if (user.status === 'EXTERNAL_PROVIDER') throw invalid('Cannot set password for a federated user.');
      setPassword(cognito, pool, user, Password);
      user.status = Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
      touchUser(cognito, user);
      return {};
    },
    AdminResetUserPassword({ UserPoolId, Username }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const user = userFor(pool, Username);
      if (user.status === 'FORCE_CHANGE_PASSWORD')
        throw notAuthorized('User password cannot be reset in the current state.');
      const sent = sendResetCode(cognito, pool, user);
      if (!sent) throw noAddress();
      user.status = 'RESET_REQUIRED';
      touchUser(cognito, user);
      return {};
    },
    AdminUpdateUserAttributes({ UserPoolId, Username, UserAttributes }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      updateAttributes(cognito, pool, userFor(pool, Username), UserAttributes);
      return {};
    },
    AdminDeleteUserAttributes({ UserPoolId, Username, UserAttributeNames }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      deleteAttributes(cognito, pool, userFor(pool, Username), UserAttributeNames);
      return {};
    },
    AdminEnableUser({ UserPoolId, Username }, call) {
      const user = userFor(poolFor(cognito, UserPoolId, call), Username);
      user.enabled = true;
      touchUser(cognito, user);
      return {};
    },
    AdminDisableUser({ UserPoolId, Username }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const user = userFor(pool, Username);
      user.enabled = false;
      signOut(cognito, pool, user);
      touchUser(cognito, user);
      return {};
    },
    AdminUserGlobalSignOut({ UserPoolId, Username }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      signOut(cognito, pool, userFor(pool, Username));
      return {};
    },
  }) satisfies CognitoHandlers;

export const noAddress = () =>
  invalid('Cannot reset password for the user as there is no registered/verified email or phone_number');

export function touchUser({ world }: Cognito, user: User): void {
  user.updated = world.clock.now();
  world.changed();
}

export function removeUser(cognito: Cognito, pool: Pool, user: User): void {
  signOut(cognito, pool, user);
  pool.users.delete(userKey(pool, user.username));
  for (const { members } of pool.groups.values()) members.delete(user.username);
  cognito.world.changed();
}

/** To a verified address, in the pool's order. */
export function sendResetCode(cognito: Cognito, pool: Pool, user: User) {
  const order = pool.settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const attribute = order
    .toSorted((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0))
    .flatMap(({ Name }) => (Name === 'admin_only' ? [] : [(Name ?? '').replace(/^verified_/, '')]))
    .find((name) => user.attributes.get(`${name}_verified`) === 'true' && user.attributes.has(name));
  return attribute === undefined ? undefined : sendCode(cognito, pool, user, 'password', attribute);
}

/** A changed address is no longer verified, unless the change says so. */
export function updateAttributes(
  cognito: Cognito,
  pool: Pool,
  user: User,
  given: readonly AttributeType[],
): readonly string[] {
  const read = readAttributes(pool, given, user.attributes);
  const moved = ['email', 'phone_number'].filter(
    (name) => read.has(name) && read.get(name) !== user.attributes.get(name) && !read.has(`${name}_verified`),
  );
  for (const [name, value] of read) user.attributes.set(name, value);
  for (const name of moved) user.attributes.set(`${name}_verified`, 'false');
  touchUser(cognito, user);
  return moved;
}

export function deleteAttributes(cognito: Cognito, pool: Pool, user: User, names: readonly string[]): void {
  const required = pool.schema.find(({ Name = '', Required }) => Required && names.includes(Name));
  if (required) throw invalid(`user.${required.Name ?? ''}: Required attribute cannot be deleted`);
  for (const name of names) user.attributes.delete(name);
  touchUser(cognito, user);
}

function invitedAgain(cognito: Cognito, pool: Pool, name: string): UserType {
  const user = userFor(pool, name);
  if (user.status !== 'FORCE_CHANGE_PASSWORD')
    throw invalid('Resend not possible. User status is not FORCE_CHANGE_PASSWORD.');
  const password = temporaryPassword(cognito, pool);
  setPassword(cognito, pool, user, password);
  invite(cognito, pool, user, name, password);
  return describeUser(user);
}

function invite({ world }: Cognito, pool: Pool, user: User, name: string, password: string): void {
  const to = user.attributes.get('email') ?? user.attributes.get('phone_number');
  if (to === undefined) return;
  const template = pool.settings.AdminCreateUserConfig?.InviteMessageTemplate;
  const body = template?.EmailMessage ?? 'Your username is {username} and temporary password is {####}.';
  const text = body.replaceAll('{username}', name).replaceAll('{####}', password);
  mail(world, to, template?.EmailSubject ?? 'Your temporary password', text);
}

export const attributesOf = (user: User): AttributeType[] =>
  [...user.attributes].map(([Name, Value]) => ({ Name, Value }));

export const describeUser = (user: User): UserType => ({
  Username: user.username,
  Attributes: attributesOf(user),
  UserCreateDate: new Date(user.created),
  UserLastModifiedDate: new Date(user.updated),
  Enabled: user.enabled,
  UserStatus: user.status,
});
