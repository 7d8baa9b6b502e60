import type { RetryPolicy } from './deliveryPolicy.ts';

/**
 * Seconds before retry `n` (from 1), or none when there is no such retry. Four phases: at once, after the least delay,
 * backing off from the least to the longest, after the longest.
 */
export function retryDelay(policy: RetryPolicy, n: number): number | undefined {
  const { minDelayTarget: min, maxDelayTarget: max } = policy;
  if (n > policy.numRetries) return undefined;
  if (n <= policy.numNoDelayRetries) return 0;
  const early = policy.numNoDelayRetries + policy.numMinDelayRetries;
  if (n <= early) return min;
  const steps = policy.numRetries - early - policy.numMaxDelayRetries;
  const step = n - early;
  if (step > steps) return max;
  return min + (max - min) * backoff(policy.backoffFunction, steps === 1 ? 0 : (step - 1) / (steps - 1));
}

/** How far the delay has come, from 0 to 1, after a part of the steps. */
function backoff(curve: RetryPolicy['backoffFunction'], part: number): number {
  switch (curve) {
    case 'linear':
      return part;
    case 'arithmetic':
      return (part * (part + 1)) / 2;
    case 'geometric':
      return part ** 2;
    case 'exponential':
      return (2 ** (10 * part) - 1) / 1023;
  }
}
