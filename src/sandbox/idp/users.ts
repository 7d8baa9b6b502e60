// Who can sign in. Nobody has a password: whom one wants to be is chosen from a table.
export interface IdpUser {
  /** The NameID, which stays the same for ever. */
  readonly name: string;
  readonly mail: string;
  readonly givenName: string;
  readonly surname: string;
  readonly groups: readonly string[];
  /** Names of the AWS roles they get, of those that trust this provider: all with '*'. */
  readonly roles: readonly string[];
  /** Further attributes of their assertions: name -> values. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

const person = (
  name: string,
  givenName: string,
  surname: string,
  groups: readonly string[],
  roles: readonly string[],
): IdpUser => ({ name, mail: `${name}@example.com`, givenName, surname, groups, roles, attributes: {} });

export const firstUsers: readonly IdpUser[] = [
  person('ann', 'Ann', 'Archer', ['admins', 'developers'], ['*']),
  person('bob', 'Bob', 'Baker', ['developers'], ['*']),
  person('carol', 'Carol', 'Carter', ['guests'], []),
];

/** From outside: a sentence where something is wrong. */
export function parseUsers(given: unknown): readonly IdpUser[] | string {
  if (!Array.isArray(given) || given.length === 0 || given.length > 50)
    return 'Say { "users": [...] }, 1 to 50 of them.';
  const users = given.map(parseUser);
  const wrong = users.find((one) => typeof one === 'string');
  if (wrong !== undefined) return String(wrong);
  const read = users.filter((one) => typeof one !== 'string');
  return new Set(read.map(({ name }) => name)).size === read.length ? read : 'Two users have the same name.';
}

function parseUser(given: unknown): IdpUser | string {
  const one = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
  const text = (key: string, otherwise: string): string => (typeof one[key] === 'string' ? one[key] : otherwise);
  const name = text('name', '');
  if (!/^[\w.@-]{1,64}$/.test(name)) return 'A user has a name of 1 to 64 letters, digits and . _ @ -';
  const attributes = Object.entries(typeof one['attributes'] === 'object' ? (one['attributes'] ?? {}) : {});
  return {
    name,
    mail: text('mail', `${name}@example.com`),
    givenName: text('givenName', name),
    surname: text('surname', ''),
    groups: textsIn(one['groups']),
    roles: one['roles'] === undefined ? ['*'] : textsIn(one['roles']),
    attributes: Object.fromEntries(attributes.map(([key, value]) => [key, textsIn(value)])),
  };
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
