/** A policy as written: every list already a list, nothing interpreted. */
export interface Policy {
  readonly version: '2012-10-17' | '2008-10-17';
  readonly id?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: Principals;
  readonly actions: Elements;
  readonly resources?: Elements;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Elements {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

/** `Principal` or `NotPrincipal`; `anyone` is the bare `"*"`. */
export interface Principals {
  readonly not: boolean;
  readonly anyone: boolean;
  readonly named: Readonly<Partial<Record<PrincipalType, readonly string[]>>>;
}

/** One operator with one key and its values; several of them must all hold. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What is wrong with a policy, and where: a path of keys and indexes from the document's root. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
