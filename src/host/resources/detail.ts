// What is known of a resource beyond its name, and when that was learned.
import type { Description, Found } from '../../aws/resources/kind.ts';
import type { Notice } from '../../protocol/message.ts';

export interface Detail {
  readonly description?: Description;
  /** Of a queue: those that dead-letter to it. */
  readonly sources?: readonly Found[];
  /** It could not be read. */
  readonly error?: Notice;
  /** Milliseconds, of the model's clock. */
  readonly at: number;
}

/** One resource, wherever it is shown. */
export function detailKey({ kind, arn, key }: Found): string {
  return arn ?? `${kind}:${JSON.stringify(key)}`;
}

export function fact(detail: Detail | undefined, name: string): string | undefined {
  const value = detail?.description?.facts[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Undefined where it is not known yet. */
export function numberFact(detail: Detail | undefined, name: string): number | undefined {
  const value = detail?.description?.facts[name];
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export interface Redrive {
  readonly arn: string;
  readonly maxReceives: number | undefined;
}

/** Of a queue's `RedrivePolicy`, or a subscription's. */
export function redriveOf(detail: Detail | undefined): Redrive | undefined {
  const text = fact(detail, 'RedrivePolicy');
  if (text === undefined) return undefined;
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy !== 'object' || policy === null || !('deadLetterTargetArn' in policy)) return undefined;
    const maxReceives = 'maxReceiveCount' in policy ? Number(policy.maxReceiveCount) : Number.NaN;
    return {
      arn: String(policy.deadLetterTargetArn),
      maxReceives: Number.isFinite(maxReceives) ? maxReceives : undefined,
    };
  } catch {
    return undefined;
  }
}
