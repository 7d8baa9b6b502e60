// Faults that a test or a teacher asks for: throttling, errors, dropped connections, slowness; for some operations, some times.
import { AwsError } from './service.ts';
import type { Dialect } from './wire/fault.ts';

export const faultKinds = ['throttle', 'error', 'drop-before', 'drop-after', 'latency'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface FaultRule {
  /** 'sqs.CreateQueue', 'sqs.*' or '*'. */
  readonly operation: string;
  readonly kind: FaultKind;
  readonly status?: number;
  readonly code?: string;
  readonly ms?: number;
  /** So many times; without: always. */
  readonly times?: number;
  /** Not the first so many. */
  readonly skip?: number;
}

export interface Faults {
  add(rules: readonly FaultRule[]): void;
  list(): readonly FaultRule[];
  clear(): void;
  /** What is to happen to this call; counts it. */
  take(operation: string): readonly FaultRule[];
}

const none: readonly FaultRule[] = [];

export function createFaults(): Faults {
  let rules: { rule: FaultRule; seen: number }[] = [];
  return {
    add(added) {
      rules.push(...added.map((rule) => ({ rule, seen: 0 })));
    },
    list: () => rules.map(({ rule, seen }) => ({ ...rule, seen })),
    clear() {
      rules = [];
    },
    take(operation) {
      if (rules.length === 0) return none;
      return rules.filter((entry) => matches(entry.rule.operation, operation) && counts(entry)).map(({ rule }) => rule);
    },
  };
}

function counts(entry: { readonly rule: FaultRule; seen: number }): boolean {
  const { skip = 0, times = Number.POSITIVE_INFINITY } = entry.rule;
  entry.seen += 1;
  return entry.seen > skip && entry.seen <= skip + times;
}

function matches(pattern: string, operation: string): boolean {
  if (pattern === '*' || pattern === operation) return true;
  return pattern.endsWith('.*') && operation.startsWith(pattern.slice(0, -1));
}

const throttles: Readonly<Record<Dialect, { readonly code: string; readonly status: number }>> = {
  json: { code: 'ThrottlingException', status: 400 },
  query: { code: 'Throttling', status: 400 },
  ec2: { code: 'RequestLimitExceeded', status: 503 },
  restJson: { code: 'TooManyRequestsException', status: 429 },
  restXml: { code: 'SlowDown', status: 503 },
};

/** The refusal that a rule asks for, as the dialect says it. */
export function faultError(rule: FaultRule, dialect: Dialect): AwsError | undefined {
  if (rule.kind === 'throttle') {
    const { code, status } = throttles[dialect];
    return new AwsError(rule.code ?? code, 'Rate exceeded', { status: rule.status ?? status });
  }
  if (rule.kind !== 'error') return undefined;
  const status = rule.status ?? 500;
  const message = 'We encountered an internal error. Please try again.';
  return new AwsError(rule.code ?? (dialect === 'restXml' ? 'InternalError' : 'InternalFailure'), message, {
    status,
    fault: status >= 500 ? 'server' : 'client',
  });
}
