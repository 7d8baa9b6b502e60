/** A filter policy, compiled: a message passes when one of the alternatives holds, each of them in all its fields. */
export interface Filter {
  readonly alternatives: readonly (readonly Field[])[];
  /** Whether it looks into objects, which only a message's body has. */
  readonly nested: boolean;
}

export interface Field {
  /** Names from the outside in, joined with dots: `a.b` finds `{"a":{"b":1}}` and `{"a.b":1}`. */
  readonly path: string;
  readonly depth: number;
  /** One of them is enough. */
  readonly conditions: readonly Condition[];
}

export type Scalar = string | number | boolean | null;

export type Condition =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case' | 'cidr'; readonly text: string }
  | { readonly kind: 'numeric'; readonly ranges: readonly NumericRange[] }
  | { readonly kind: 'exists'; readonly present: boolean }
  | { readonly kind: 'anything-but'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'anything-but-matching'; readonly condition: Condition };

export interface NumericRange {
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly value: number;
}
