// Object Lock: versions that may not be deleted until a date, or while a legal hold lasts.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
import type { Bucket } from '../bucket.ts';
import { accessDenied, invalidArgument, invalidRequest } from '../errors.ts';
import type { Lock, Version } from '../objects/version.ts';

export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

const isMode = (text: string): text is 'GOVERNANCE' | 'COMPLIANCE' => text === 'GOVERNANCE' || text === 'COMPLIANCE';

const day = 24 * 3600 * 1000;

/** The lock of a new version: what the request says, else the bucket's default. @throws InvalidArgument, InvalidRequest */
export function lockOf(input: LockInput, bucket: Bucket, now: number): Lock | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  const asked = mode !== undefined || until !== undefined || hold !== undefined;
  if (asked && !bucket.settings.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
  if ((mode === undefined) !== (until === undefined)) {
    throw invalidArgument(
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
      mode === undefined ? 'x-amz-object-lock-mode' : 'x-amz-object-lock-retain-until-date',
    );
  }
  if (mode !== undefined && !isMode(mode)) {
    throw invalidArgument('Unknown wormMode directive.', 'x-amz-object-lock-mode', mode);
  }
  if (until && until.getTime() <= now) {
    throw invalidArgument(
      'The retain until date must be in the future!',
      'x-amz-object-lock-retain-until-date',
      until.toISOString(),
    );
  }
  const retention = mode && until ? { mode, until: until.getTime() } : defaultRetention(bucket, now);
  const lock: Lock = { ...retention, ...(hold === 'ON' && { legalHold: true }) };
  return Object.keys(lock).length === 0 ? undefined : lock;
}

function defaultRetention({ settings }: Bucket, now: number): Pick<Lock, 'mode' | 'until'> {
  const rule = settings.objectLock?.Rule?.DefaultRetention;
  if (!rule?.Mode) return {};
  return { mode: rule.Mode, until: now + (rule.Days ?? (rule.Years ?? 0) * 365) * day };
}

/** @throws AccessDenied */
export function checkUnlocked({ lock }: Version, bypass: boolean, now: number): void {
  const held = lock?.legalHold === true;
  const retained = lock?.until !== undefined && lock.until > now;
  if (!held && (!retained || (lock.mode === 'GOVERNANCE' && bypass))) return;
  throw accessDenied('Access Denied because object protected by object lock.');
}

/** @throws InvalidArgument where the bucket locks nothing */
export function checkBypass(bucket: Bucket, bypass: boolean | undefined): void {
  if (bypass === undefined || bucket.settings.objectLock) return;
  throw invalidArgument(
    'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    'x-amz-bypass-governance-retention',
  );
}

export const shownLock = (lock: Lock | undefined) => ({
  ...(lock?.mode && { ObjectLockMode: lock.mode }),
  ...(lock?.until !== undefined && { ObjectLockRetainUntilDate: new Date(lock.until) }),
  ...(lock?.legalHold !== undefined && {
    ObjectLockLegalHoldStatus: lock.legalHold ? ('ON' as const) : ('OFF' as const),
  }),
});
