// One place where a document is not what the schema allows.
import type { Attribute, Element, Range } from '../xml/document.ts';

export interface SchemaProblem {
  readonly kind:
    | 'root'
    | 'element'
    | 'order'
    | 'missing-element'
    | 'missing-attribute'
    | 'unknown-attribute'
    | 'attribute-value'
    | 'text'
    | 'stray-text'
    | 'type'
    | 'nil';
  readonly element: Element;
  readonly attribute?: Attribute;
  readonly range: Range;
  /** Well-known names of what could stand there. */
  readonly expected: readonly string[];
  readonly message: string;
  /** The element should stand before this sibling. */
  readonly before?: Element;
}
