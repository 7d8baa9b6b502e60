import type { SamlProvider } from './saml/provider.ts';

/** All that IAM remembers, as plain data. Names are unique without regard to case, within an account. */
export interface IamState {
  /** By account and name: see `keyOf`. */
  readonly roles: Map<string, Role>;
  readonly profiles: Map<string, InstanceProfile>;
  readonly users: Map<string, User>;
  /** Customers' managed policies, by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** By ARN. */
  readonly samlProviders: Map<string, SamlProvider>;
}

interface Entity {
  readonly account: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly tags: Map<string, string>;
}

export interface Role extends Entity {
  trust: string;
  description: string | undefined;
  maxSeconds: number;
  /** ARN of the managed policy that limits it. */
  boundary: string | undefined;
  /** Inline policies: documents by name. */
  readonly inline: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

export interface InstanceProfile extends Entity {
  /** Name of its one role. */
  role: string | undefined;
}

export interface User extends Entity {
  boundary: string | undefined;
  readonly inline: Map<string, string>;
  readonly attached: Set<string>;
  /** By the key's id. */
  readonly keys: Map<string, AccessKey>;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly created: number;
  status: 'Active' | 'Inactive';
}

export interface ManagedPolicy extends Entity {
  readonly description: string | undefined;
  updated: number;
  defaultVersion: string;
  /** How many there ever were: numbers are not used again. */
  lastVersion: number;
  /** By id ('v1'), oldest first. */
  readonly versions: Map<string, PolicyVersion>;
}

export interface PolicyVersion {
  readonly document: string;
  readonly created: number;
}

export const emptyState = (): IamState => ({
  roles: new Map(),
  profiles: new Map(),
  users: new Map(),
  policies: new Map(),
  samlProviders: new Map(),
});

export const keyOf = (account: string, name: string): string => `${account}/${name.toLowerCase()}`;

/** What an older sandbox saved: its users had no policies and no keys, and there were no SAML providers. */
export const grown = (saved: Omit<IamState, 'samlProviders'> & Partial<IamState>): IamState => ({
  ...saved,
  samlProviders: saved.samlProviders ?? new Map(),
  users: new Map([...saved.users].map(([key, user]) => [key, withKeys(user)])),
});

type OlderUser = Omit<User, 'boundary' | 'inline' | 'attached' | 'keys'> & Partial<User>;

const withKeys = ({ boundary, inline, attached, keys, ...user }: OlderUser): User => ({
  ...user,
  boundary,
  inline: inline ?? new Map(),
  attached: attached ?? new Set(),
  keys: keys ?? new Map(),
});
