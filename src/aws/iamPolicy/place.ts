import type { JSONPath } from 'jsonc-parser';

/** What stands at a path of a policy: an object whose members are asked for, or a value. */
export type Place =
  | { readonly kind: 'document' | 'version' | 'statements' | 'statement' | 'effect' | 'principal' | 'action' }
  | { readonly kind: 'resource' | 'condition' | 'other' }
  | { readonly kind: 'principalName'; readonly type: string }
  | { readonly kind: 'operator'; readonly operator: string }
  | { readonly kind: 'conditionValue'; readonly operator: string; readonly key: string };

/** Of `['Statement', 0, 'Action', 1]`: an action. One statement needs no list around it, nor does one value. */
export function placeOf(path: JSONPath): Place {
  const [top, ...below] = path;
  if (top === undefined) return { kind: 'document' };
  if (top === 'Version') return { kind: below.length === 0 ? 'version' : 'other' };
  if (top !== 'Statement') return { kind: 'other' };
  if (below.length === 0) return { kind: 'statements' };
  const inside = typeof below[0] === 'number' ? below.slice(1) : below;
  return inStatement(inside.filter((part) => typeof part === 'string'));
}

function inStatement([element, second, third]: readonly string[]): Place {
  switch (element) {
    case undefined:
      return { kind: 'statement' };
    case 'Effect':
      return { kind: 'effect' };
    case 'Principal':
    case 'NotPrincipal':
      return second === undefined ? { kind: 'principal' } : { kind: 'principalName', type: second };
    case 'Action':
    case 'NotAction':
      return { kind: 'action' };
    case 'Resource':
    case 'NotResource':
      return { kind: 'resource' };
    case 'Condition':
      if (second === undefined) return { kind: 'condition' };
      if (third === undefined) return { kind: 'operator', operator: second };
      return { kind: 'conditionValue', operator: second, key: third };
    default:
      return { kind: 'other' };
  }
}
