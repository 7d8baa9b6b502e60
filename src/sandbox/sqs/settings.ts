// What a queue's attributes mean, read once when they are set. Times in milliseconds.
import { parsePolicy } from '../policy/parsePolicy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Values } from './attributes.ts';
import { parseRedriveAllowPolicy, parseRedrivePolicy } from './redrivePolicy.ts';
import type { RedriveAllowPolicy, RedrivePolicy } from './redrivePolicy.ts';

export interface Settings {
  readonly delay: number;
  readonly retention: number;
  readonly wait: number;
  readonly visibility: number;
  /** Bytes. */
  readonly maximumSize: number;
  readonly contentDeduplicates: boolean;
  readonly deduplicatesByGroup: boolean;
  readonly policy: Policy | undefined;
  readonly redrive: RedrivePolicy | undefined;
  readonly redriveAllow: RedriveAllowPolicy | undefined;
}

export function readSettings(values: Values): Settings {
  const ms = (name: string): number => Number(values[name] ?? 0) * 1000;
  const { Policy: policy, RedrivePolicy: redrive, RedriveAllowPolicy: allow } = values;
  return {
    delay: ms('DelaySeconds'),
    retention: ms('MessageRetentionPeriod'),
    wait: ms('ReceiveMessageWaitTimeSeconds'),
    visibility: ms('VisibilityTimeout'),
    maximumSize: Number(values['MaximumMessageSize'] ?? 0),
    contentDeduplicates: values['ContentBasedDeduplication'] === 'true',
    deduplicatesByGroup: values['DeduplicationScope'] === 'messageGroup',
    policy: policy === undefined ? undefined : parsePolicy(policy, 'open').policy,
    redrive: redrive === undefined ? undefined : parseRedrivePolicy(redrive),
    redriveAllow: allow === undefined ? undefined : parseRedriveAllowPolicy(allow),
  };
}
