// ListUsers, with its filter of one condition: `email = "ann@example.com"`, `username ^= "a"`.
import type { UserType } from '@aws-sdk/client-cognito-identity-provider';
import { pageOf, poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { checkConstraints, invalid } from './refusals.ts';
import type { User } from './state.ts';
import { describeUser } from './users.ts';

export const listUserHandlers = (cognito: Cognito) =>
  ({
    ListUsers({ UserPoolId, Filter, Limit = 60, PaginationToken, AttributesToGet }, call) {
      checkConstraints([['limit', Limit, { min: 0, max: 60 }]]);
      const pool = poolFor(cognito, UserPoolId, call);
      const fits = Filter === undefined || Filter.trim() === '' ? () => true : parseFilter(Filter);
      const { items, next } = pageOf([...pool.users.values()].filter(fits), PaginationToken, Limit || 60);
      return {
        Users: items.map((user) => chosen(describeUser(user), AttributesToGet)),
        ...(next !== undefined && { PaginationToken: next }),
      };
    },
  }) satisfies CognitoHandlers;

function chosen(user: UserType, names: readonly string[] | undefined): UserType {
  if (!names?.length) return user;
  return { ...user, Attributes: user.Attributes?.filter(({ Name = '' }) => names.includes(Name)) };
}

const searchable = [
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
];

/** @throws InvalidParameterException */
function parseFilter(text: string): (user: User) => boolean {
  const [, name = '', how, quoted = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(text) ?? [];
  if (how === undefined) throw invalid('Error while parsing filter.');
  if (!searchable.includes(name)) throw invalid('Invalid search attribute: ' + name);
  const wanted = quoted.replaceAll(/\\(.)/g, '$1');
  return (user) => {
    const value = valueOf(user, name);
    return value !== undefined && (how === '=' ? sameText(name, value, wanted) : value.startsWith(wanted));
  };
}

const sameText = (name: string, value: string, wanted: string): boolean =>
  name === 'cognito:user_status' || name === 'status' ? value.toLowerCase() === wanted.toLowerCase() : value === wanted;

function valueOf(user: User, name: string): string | undefined {
  if (name === 'username') return user.username;
  if (name === 'cognito:user_status') return user.status;
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled';
  return user.attributes.get(name);
}
