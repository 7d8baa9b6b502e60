// Settings that are kept and given back, each with the checks that AWS makes: versioning, tags, encryption, ownership, payment, logging.
import type * as client from '@aws-sdk/client-s3';
import type { ServerSideEncryptionConfiguration } from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { invalidArgument, invalidRequest, malformedXml, refuse } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';
import { checkTags } from './tags.ts';

export const plainSettingHandlers = (s3: S3) =>
  ({
    GetBucketVersioning(input, call) {
      const { versioning } = openBucket(s3, input, call, 'GetBucketVersioning').settings;
      return { ...(versioning && { Status: versioning }) };
    },
    PutBucketVersioning(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketVersioning');
      const status = input.VersioningConfiguration?.Status;
      if (status === undefined) {
        throw refuse('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
      }
      if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
      if (settings.objectLock && status === 'Suspended') {
        const message =
          'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.';
        throw refuse('InvalidBucketState', message, 409);
      }
      settings.versioning = status;
      s3.world.changed();
    },
    GetBucketTagging(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketTagging');
      if (!settings.tags) throw refuse('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: name });
      return { TagSet: settings.tags };
    },
    PutBucketTagging(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketTagging');
      const tags = input.Tagging?.TagSet ?? [];
      checkTags(tags, 'bucket');
      if (tags.length === 0) delete settings.tags;
      else settings.tags = tags;
      s3.world.changed();
      return { $metadata: { httpStatusCode: 204 } };
    },
    DeleteBucketTagging(input, call) {
      delete openBucket(s3, input, call, 'PutBucketTagging').settings.tags;
      s3.world.changed();
    },
    GetBucketEncryption(input, call) {
      const { encryption } = openBucket(s3, input, call, 'GetEncryptionConfiguration').settings;
      return encryption.Rules?.length ? { ServerSideEncryptionConfiguration: encryption } : {};
    },
    PutBucketEncryption(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutEncryptionConfiguration');
      settings.encryption = checkedEncryption(input.ServerSideEncryptionConfiguration);
      s3.world.changed();
    },
    DeleteBucketEncryption(input, call) {
      openBucket(s3, input, call, 'PutEncryptionConfiguration').settings.encryption = { Rules: [] };
      s3.world.changed();
    },
    GetBucketOwnershipControls(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketOwnershipControls');
      if (!settings.ownership) {
        const message = 'The bucket ownership controls were not found';
        throw refuse('OwnershipControlsNotFoundError', message, 404, { BucketName: name });
      }
      return { OwnershipControls: { Rules: [{ ObjectOwnership: settings.ownership }] } };
    },
    PutBucketOwnershipControls(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketOwnershipControls');
      const [rule, ...others] = input.OwnershipControls?.Rules ?? [];
      const ownership = rule?.ObjectOwnership;
      if (others.length > 0 || !ownership) throw malformedXml();
      if (!['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'].includes(ownership)) throw malformedXml();
      if (ownership === 'BucketOwnerEnforced' && settings.acl.grants.length > 1) {
        throw refuse(
          'InvalidBucketAclWithObjectOwnership',
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        );
      }
      settings.ownership = ownership;
      s3.world.changed();
    },
    DeleteBucketOwnershipControls(input, call) {
      delete openBucket(s3, input, call, 'PutBucketOwnershipControls').settings.ownership;
      s3.world.changed();
    },
    GetBucketRequestPayment: (input, call) => ({
      Payer: openBucket(s3, input, call, 'GetBucketRequestPayment').settings.requesterPays
        ? 'Requester'
        : 'BucketOwner',
    }),
    PutBucketRequestPayment(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketRequestPayment');
      const payer = input.RequestPaymentConfiguration?.Payer;
      if (payer !== 'Requester' && payer !== 'BucketOwner') throw malformedXml();
      settings.requesterPays = payer === 'Requester';
      s3.world.changed();
    },
    GetBucketAccelerateConfiguration(input, call) {
      const { accelerate } = openBucket(s3, input, call, 'GetAccelerateConfiguration').settings;
      return { ...(accelerate && { Status: accelerate }) };
    },
    PutBucketAccelerateConfiguration(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'PutAccelerateConfiguration');
      if (name.includes('.')) {
        throw invalidRequest('S3 Transfer Acceleration is not supported for buckets with periods (.) in their names');
      }
      const status = input.AccelerateConfiguration?.Status;
      if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
      settings.accelerate = status;
      s3.world.changed();
    },
    GetBucketLogging(input, call) {
      const { logging } = openBucket(s3, input, call, 'GetBucketLogging').settings;
      return { ...(logging && { LoggingEnabled: logging }) };
    },
    PutBucketLogging(input, call) {
      const bucket = openBucket(s3, input, call, 'PutBucketLogging');
      const logging = input.BucketLoggingStatus?.LoggingEnabled;
      if (logging) checkTarget(s3, logging.TargetBucket ?? '', bucket.region);
      if (logging) bucket.settings.logging = logging;
      else delete bucket.settings.logging;
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

function checkTarget(s3: S3, target: string, region: string): void {
  const bucket = s3.buckets.get(target);
  if (!bucket) {
    const message = 'The target bucket for logging does not exist';
    throw refuse('InvalidTargetBucketForLogging', message, 400, { TargetBucket: target });
  }
  if (bucket.region === region) return;
  throw refuse('CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', 403, {
    ...(region !== 'us-east-1' && { SourceBucketLocation: region }),
    TargetBucketLocation: bucket.region,
  });
}

function checkedEncryption(
  configuration: ServerSideEncryptionConfiguration | undefined,
): ServerSideEncryptionConfiguration {
  const [rule, ...others] = configuration?.Rules ?? [];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  if (!rule || others.length > 0) throw malformedXml();
  const algorithm = byDefault?.SSEAlgorithm;
  if (algorithm !== undefined && !['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm)) throw malformedXml();
  if (algorithm === 'AES256' && byDefault?.KMSMasterKeyID) {
    throw invalidArgument(
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      'ApplyServerSideEncryptionByDefault',
    );
  }
  return { Rules: [{ ...rule, BucketKeyEnabled: rule.BucketKeyEnabled ?? false }] };
}
