/** All that IAM remembers, as plain data. Names are unique without regard to case, within an account. */
export interface IamState {
  /** By account and name: see `keyOf`. */
  readonly roles: Map<string, Role>;
  readonly profiles: Map<string, InstanceProfile>;
  readonly users: Map<string, User>;
  /** Customers' managed policies, by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
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

export type User = Entity;

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
});

export const keyOf = (account: string, name: string): string => `${account}/${name.toLowerCase()}`;
