// Replication rules: checked and kept. The sandbox copies nothing to other buckets by itself.
import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { invalidRequest, malformedXml, refuse } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';

export const replicationSettingHandlers = (s3: S3) =>
  ({
    GetBucketReplication(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetReplicationConfiguration');
      if (!settings.replication) {
        const message = 'The replication configuration was not found';
        throw refuse('ReplicationConfigurationNotFoundError', message, 404, { BucketName: name });
      }
      return { ReplicationConfiguration: settings.replication };
    },
    PutBucketReplication(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutReplicationConfiguration');
      if (settings.versioning !== 'Enabled') {
        throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
      }
      const wanted = input.ReplicationConfiguration;
      if (!wanted?.Role || !wanted.Rules?.length) throw malformedXml();
      for (const { Destination: destination } of wanted.Rules) {
        const target = s3.buckets.get(destination?.Bucket?.split(':::')[1] ?? '');
        if (target?.settings.versioning !== 'Enabled') {
          throw invalidRequest('Destination bucket must have versioning enabled.');
        }
      }
      settings.replication = {
        ...wanted,
        Rules: wanted.Rules.map((rule) => ({ ...rule, ID: rule.ID ?? s3.world.id() })),
      };
      s3.world.changed();
    },
    DeleteBucketReplication(input, call) {
      delete openBucket(s3, input, call, 'PutReplicationConfiguration').settings.replication;
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;
