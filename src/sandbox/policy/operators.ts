import { BlockList, isIP } from 'node:net';
import { fillIn, matchesArn, matchesPattern } from './pattern.ts';
import type { PolicyRequest } from './request.ts';

type Context = PolicyRequest['context'];
/** Whether a value of the request is what a value of the policy asks for. */
type Compare = (wanted: string, value: string, context: Context | undefined) => boolean;

export interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly each?: 'all' | 'any';
  /** `Null` asks about the key itself. */
  readonly asksForKey: boolean;
}

const text =
  (same: (wanted: string, value: string) => boolean): Compare =>
  (wanted, value, context) => {
    const filled = fillIn(wanted, context);
    return filled !== undefined && same(filled, value);
  };
const numeric =
  (holds: (value: number, wanted: number) => boolean): Compare =>
  (wanted, value) =>
    isNumber(value) && isNumber(wanted) && holds(Number(value), Number(wanted));
const date =
  (holds: (value: number, wanted: number) => boolean): Compare =>
  (wanted, value) =>
    holds(instant(value), instant(wanted));

const same = text((wanted, value) => wanted === value);
const sameIgnoringCase = text((wanted, value) => wanted.toLowerCase() === value.toLowerCase());

const comparisons: Readonly<Record<string, Compare>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: sameIgnoringCase,
  StringLike: matchesPattern,
  NumericEquals: numeric((value, wanted) => value === wanted),
  NumericLessThan: numeric((value, wanted) => value < wanted),
  NumericLessThanEquals: numeric((value, wanted) => value <= wanted),
  NumericGreaterThan: numeric((value, wanted) => value > wanted),
  NumericGreaterThanEquals: numeric((value, wanted) => value >= wanted),
  DateEquals: date((value, wanted) => value === wanted),
  DateLessThan: date((value, wanted) => value < wanted),
  DateLessThanEquals: date((value, wanted) => value <= wanted),
  DateGreaterThan: date((value, wanted) => value > wanted),
  DateGreaterThanEquals: date((value, wanted) => value >= wanted),
  Bool: sameIgnoringCase,
  BinaryEquals: (wanted, value) => Buffer.from(wanted, 'base64').equals(Buffer.from(value, 'base64')),
  IpAddress: isAddressIn,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
};

const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** The operator's name without case, as AWS takes it: `ForAnyValue:StringLikeIfExists`. */
const byName = new Map<string, Pick<Operator, 'compare' | 'negated' | 'asksForKey'>>([
  ...Object.entries(comparisons).map(
    ([name, compare]) => [name.toLowerCase(), { compare, negated: false, asksForKey: false }] as const,
  ),
  ...Object.entries(negations).flatMap(([name, positive]) => {
    const compare = comparisons[positive];
    return compare === undefined ? [] : [[name.toLowerCase(), { compare, negated: true, asksForKey: false }] as const];
  }),
  ['null', { compare: sameIgnoringCase, negated: false, asksForKey: true }],
]);

/** Names that were understood before; there are only so many. */
const known = new Map<string, Operator>();

export function parseOperator(name: string): Operator | undefined {
  const found = known.get(name) ?? readOperator(name);
  if (found !== undefined && known.size < 1000) known.set(name, found);
  return found;
}

function readOperator(name: string): Operator | undefined {
  const [, prefix, base = ''] = /^(?:(forallvalues|foranyvalue):)?(.*)$/.exec(name.toLowerCase()) ?? [];
  const ifExists = base.endsWith('ifexists');
  const found = byName.get(ifExists ? base.slice(0, -'ifexists'.length) : base);
  if (found === undefined || (found.asksForKey && ifExists)) return undefined;
  return { ...found, ifExists, ...(prefix === undefined ? {} : { each: prefix === 'forallvalues' ? 'all' : 'any' }) };
}

const isNumber = (value: string) => value.trim() !== '' && Number.isFinite(Number(value));

/** A date is written as ISO 8601 or as seconds since 1970; NaN is no date and compares with nothing. */
const instant = (value: string) => (isNumber(value) && value.length > 4 ? Number(value) * 1000 : Date.parse(value));

function isAddressIn(range: string, address: string): boolean {
  const [net = '', bits] = range.split('/');
  const family = isIP(net);
  if (family === 0 || isIP(address) !== family) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(net, prefix, type);
  return list.check(address, type);
}
