// The notation of the grammar tables: what each namespace of SAML metadata allows, as its schema says. One table a namespace.
//
//   content      'ds:Signature? md:Extensions? (md:A | md:B)+ #other*'   sequence, choice and how often, as in a DTD;
//                'ds:P=ds:CryptoBinary' is an element known only in this place; '#any' '#other' 'xml' are wildcards:
//                elements of any, of another, of that namespace. '/strict': they must be known; otherwise lax: checked if known.
//   attributes   'entityID!=md:entityIDType ID=xs:ID xml:lang! @saml:Names *=#other'   `!` must be there; without type: declared
//                for all elements in `attributes`; `@` a group; `*` a wildcard.
//   text         the element holds this simple type; `mixed`: text may stand between the elements; neither: elements only.

export type SimpleTable =
  | {
      readonly base: string;
      readonly values?: readonly string[];
      readonly maxLength?: number;
      readonly pattern?: RegExp;
      /** For people, of the pattern: "should be ..." */
      readonly what?: string;
    }
  | { readonly list: string | SimpleTable }
  | { readonly union: readonly (string | SimpleTable)[] };

export interface ComplexTable {
  readonly abstract?: boolean;
  readonly mixed?: boolean;
  readonly text?: string;
  readonly extends?: string;
  readonly restricts?: string;
  readonly content?: string;
  readonly attributes?: string;
}

export interface GrammarTable {
  readonly prefix: string;
  /** Type -> the names of the elements that have it. */
  readonly elements?: Readonly<Record<string, string>>;
  readonly types?: Readonly<Record<string, ComplexTable>>;
  readonly simple?: Readonly<Record<string, SimpleTable>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly groups?: Readonly<Record<string, string>>;
}
