// Object Lock's own operations: of the bucket, and retention and legal hold of single versions.
import type * as client from '@aws-sdk/client-s3';
import type { ObjectLockConfiguration } from '@aws-sdk/client-s3';
import type { Call, Handlers } from '../../service.ts';
import { accessDenied, invalidArgument, invalidRequest, malformedXml, refuse } from '../errors.ts';
import { findVersion } from '../objects/findVersion.ts';
import { openBucket, touched, type S3 } from '../s3.ts';
import { checkBypass } from './lock.ts';

export const lockHandlers = (s3: S3) =>
  ({
    GetObjectLockConfiguration(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketObjectLockConfiguration');
      if (!settings.objectLock) {
        const message = 'Object Lock configuration does not exist for this bucket';
        throw refuse('ObjectLockConfigurationNotFoundError', message, 404, { BucketName: name });
      }
      return { ObjectLockConfiguration: settings.objectLock };
    },
    PutObjectLockConfiguration(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketObjectLockConfiguration');
      if (settings.versioning !== 'Enabled') {
        const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
        throw refuse('InvalidBucketState', message, 409);
      }
      settings.objectLock = checked(input.ObjectLockConfiguration);
      s3.world.changed();
    },
    GetObjectRetention(input, call) {
      const { lock } = locked(s3, input, call, 'GetObjectRetention').version;
      if (!lock?.mode || lock.until === undefined) throw noLock();
      return { Retention: { Mode: lock.mode, RetainUntilDate: new Date(lock.until) } };
    },
    PutObjectRetention(input, call) {
      const { bucket, version } = locked(s3, input, call, 'PutObjectRetention');
      checkBypass(bucket, input.BypassGovernanceRetention);
      const { Mode: mode, RetainUntilDate: until } = input.Retention ?? {};
      if ((mode === undefined) !== (until === undefined)) throw malformedXml();
      if (mode !== undefined && mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') throw malformedXml();
      const now = s3.world.clock.now();
      if (until && until.getTime() <= now) {
        const message = 'The retain until date must be in the future!';
        throw invalidArgument(message, 'RetainUntilDate', until.toISOString());
      }
      const before = version.lock;
      const held = before?.until !== undefined && before.until > now ? before : undefined;
      const shorter = (until?.getTime() ?? 0) < (held?.until ?? 0);
      if (held?.mode === 'COMPLIANCE' ? shorter || mode !== held.mode : shorter && !input.BypassGovernanceRetention) {
        throw accessDenied('Access Denied because object protected by object lock.');
      }
      version.lock = {
        ...(before?.legalHold !== undefined && { legalHold: before.legalHold }),
        ...(mode && until && { mode, until: until.getTime() }),
      };
      touched(s3, bucket, input.Key ?? '');
    },
    GetObjectLegalHold(input, call) {
      const { lock } = locked(s3, input, call, 'GetObjectLegalHold').version;
      if (lock?.legalHold === undefined) throw noLock();
      return { LegalHold: { Status: lock.legalHold ? 'ON' : 'OFF' } };
    },
    PutObjectLegalHold(input, call) {
      openBucket(s3, input, call, 'PutObjectLegalHold', input.Key);
      const status = input.LegalHold?.Status;
      if (status !== 'ON' && status !== 'OFF') throw malformedXml();
      const { bucket, version } = locked(s3, input, call, 'PutObjectLegalHold');
      version.lock = { ...version.lock, legalHold: status === 'ON' };
      touched(s3, bucket, input.Key ?? '');
    },
  }) satisfies Handlers<typeof client>;

interface Input {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

function locked(s3: S3, input: Input, call: Call, action: string) {
  const bucket = openBucket(s3, input, call, action, input.Key);
  const { version } = findVersion(bucket, input.Key ?? '', input.VersionId, action.startsWith('Get') ? 'GET' : 'PUT');
  if (!bucket.settings.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
  return { bucket, version };
}

const noLock = () =>
  refuse('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration', 404);

function checked(configuration: ObjectLockConfiguration | undefined): ObjectLockConfiguration {
  if (configuration?.ObjectLockEnabled !== 'Enabled') throw malformedXml();
  const retention = configuration.Rule?.DefaultRetention;
  if (configuration.Rule && !retention) throw malformedXml();
  if (retention) {
    const { Mode: mode, Days: days, Years: years } = retention;
    if ((mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') || (days === undefined) === (years === undefined)) {
      throw malformedXml();
    }
    if ((days ?? years ?? 0) < 1) {
      throw invalidArgument(
        'Default retention period must be a positive integer value.',
        days === undefined ? 'Years' : 'Days',
      );
    }
  }
  return configuration;
}
