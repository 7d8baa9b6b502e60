// Whether a value can be what its operator compares.
import type { Node } from 'jsonc-parser';
import { hasWildcard, isArnPattern } from './arn.ts';
import type { Findings } from './findings.ts';
import { isAddressRange } from './address.ts';
import type { ReadOperator } from './operators.ts';
import { replace } from './tree.ts';

export function checkConditionValue(node: Node, operator: ReadOperator, findings: Findings): void {
  const text = String(node.value);
  if (text.includes('${')) return;
  if (operator.name === 'Null') {
    if (!isBool(text)) findings.error('value-null', node, 'Null wants "true" (the request lacks it) or "false".');
    return;
  }
  if (operator.type === 'String') checkWildcard(node, text, operator, findings);
  if (operator.type === 'any' || operator.type === 'String') return;
  const { fits, like } = forms[operator.type];
  if (fits(text)) return;
  findings.error(
    'value-type',
    node,
    `"${text}" is not what ${operator.name} compares, so that it never holds. Write ${like}.`,
  );
}

const isBool = (text: string): boolean => /^(true|false)$/i.test(text);

const forms = {
  Numeric: { fits: (text: string) => text.trim() !== '' && Number.isFinite(Number(text)), like: 'a number' },
  Date: {
    fits: (text: string) =>
      /^\d{5,}$/.test(text) || (/^\d{4}-\d\d(-\d\d)?/.test(text) && !Number.isNaN(Date.parse(text))),
    like: 'a time such as 2030-01-31T12:00:00Z',
  },
  Bool: { fits: isBool, like: '"true" or "false"' },
  Binary: { fits: (text: string) => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0, like: 'base64' },
  IP: { fits: isAddressRange, like: 'a range such as 203.0.113.0/24' },
  ARN: { fits: (text: string) => text === '*' || isArnPattern(text), like: 'an ARN such as arn:aws:s3:::bucket' },
} as const;

/** A star means any text only to the operators that end in Like. */
function checkWildcard(node: Node, text: string, operator: ReadOperator, findings: Findings): void {
  if (operator.wildcards || !hasWildcard(text)) return;
  const better = operator.name.startsWith('StringNot') ? 'StringNotLike' : 'StringLike';
  const operatorKey = node.parent && operatorOf(node.parent);
  const full = `${operator.each === undefined ? '' : `${operator.each}:`}${better}${operator.ifExists ? 'IfExists' : ''}`;
  const fixes =
    operatorKey === undefined ? [] : [{ title: `Use ${full}`, edits: replace(operatorKey, JSON.stringify(full)) }];
  const message = `To ${operator.name}, * and ? are plain characters, so that this hardly ever holds. Use ${better}.`;
  findings.warn('wildcard', node, message, ...fixes);
}

/** The operator's name above a value: value, list, key, keys, operator. */
function operatorOf(node: Node): Node | undefined {
  const property = node.type === 'array' ? node.parent : node;
  return property?.parent?.parent?.children?.[0];
}
