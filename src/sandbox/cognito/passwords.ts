// Passwords: what a pool's policy demands of them, how they are kept, and how often one may guess.
import type { PasswordPolicyType } from '@aws-sdk/client-cognito-identity-provider';
import type { Cognito } from './cognito.ts';
import { badPassword, checkConstraints, notAuthorized, wrongPassword } from './refusals.ts';
import { fitsVerifier, makeVerifier } from './srp.ts';
import type { Pool, User } from './state.ts';

export const defaultPolicy: PasswordPolicyType = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

const symbols = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/** @throws InvalidPasswordException */
export function checkPassword({ settings }: Pool, password: string): void {
  checkConstraints([['password', password, { max: 256 }]]);
  const policy = settings.Policies?.PasswordPolicy ?? defaultPolicy;
  if (password.length < (policy.MinimumLength ?? 8)) throw badPassword('Password not long enough');
  if (/^\s|\s$/.test(password)) throw badPassword('Password must not have leading or trailing spaces');
  if (policy.RequireLowercase && !/\p{Ll}/u.test(password))
    throw badPassword('Password must have lowercase characters');
  if (policy.RequireUppercase && !/\p{Lu}/u.test(password))
    throw badPassword('Password must have uppercase characters');
  if (policy.RequireNumbers && !/\d/.test(password)) throw badPassword('Password must have numeric characters');
  if (policy.RequireSymbols && !symbols.test(password)) throw badPassword('Password must have symbol characters');
}

export const poolName = ({ id }: Pool): string => id.slice(id.indexOf('_') + 1);

export function setPassword({ world }: Cognito, pool: Pool, user: User, password: string): void {
  const salt = Buffer.from(world.token(16), 'base64url').toString('hex');
  const made = makeVerifier(poolName(pool), user.username, password, salt);
  user.password = { ...made, set: world.clock.now() };
  user.failures = { count: 0, until: 0 };
}

/** After five wrong ones each costs a wait, doubled every time. */
const free = 5;
const longestWait = 15 * 60_000;

/** @throws NotAuthorizedException */
export function verifyPassword(cognito: Cognito, pool: Pool, user: User, password: string): void {
  checkAttempts(cognito, user);
  const { password: known } = user;
  if (known && fitsVerifier(poolName(pool), user.username, password, known)) {
    user.failures = { count: 0, until: 0 };
    return;
  }
  countFailure(cognito, user);
  throw wrongPassword();
}

/** @throws NotAuthorizedException */
export function checkAttempts({ world }: Cognito, { failures }: User): void {
  if (failures.until > world.clock.now()) throw notAuthorized('Password attempts exceeded');
}

export function countFailure({ world }: Cognito, { failures }: User): void {
  failures.count += 1;
  if (failures.count >= free)
    failures.until = world.clock.now() + Math.min(1000 * 2 ** (failures.count - free), longestWait);
  world.changed();
}

/** Days a temporary password counts. */
export const temporaryDays = ({ settings }: Pool): number =>
  settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ??
  settings.AdminCreateUserConfig?.UnusedAccountValidityDays ??
  7;

/** Made up where the administrator gives none: it fits every policy. */
export const temporaryPassword = ({ world }: Cognito, pool: Pool): string => {
  const length = pool.settings.Policies?.PasswordPolicy?.MinimumLength ?? 8;
  return `Aa1!${world.token(Math.max(9, length)).replaceAll(/[-_]/g, 'x')}`;
};
