// One message to one destination, as the service principal s3.amazonaws.com; the destination's own policy decides.
import type { Acting } from '../../ports.ts';
import type { World } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import { bucketArn } from '../names.ts';
import type { Rule } from './rule.ts';

/** Undefined: it went. Else why not, as AWS says it of a configuration. */
export type Refusal = { readonly name: string; readonly value: string } | undefined;

export async function send(world: World, bucket: Bucket, rule: Rule, message: string): Promise<Refusal> {
  const as: Acting = {
    service: 's3.amazonaws.com',
    sourceArn: bucketArn(bucket),
    sourceAccount: bucket.account,
  };
  switch (rule.kind) {
    case 'Queue': {
      const sent = (await world.port('sqs')).deliver(rule.arn, { body: message }, as);
      return sent.ok ? undefined : refusalOf(rule.arn, 'queue', sent.reason);
    }
    case 'Topic': {
      const published = { subject: 'Amazon S3 Notification', message };
      const sent = (await world.port('sns')).publish(rule.arn, published, as);
      return sent.ok ? undefined : refusalOf(rule.arn, 'topic', sent.reason);
    }
    case 'CloudFunction':
      // There are no functions in the sandbox yet: AWS says the same of one that is not there.
      return { name: `${rule.arn}, null`, value: `Not authorized to invoke function [${rule.arn}]` };
  }
}

const refusalOf = (name: string, what: string, reason: string): Refusal => ({
  name,
  value: reason.startsWith('no-such')
    ? `The destination ${what} does not exist`
    : `Permissions on the destination ${what} do not allow S3 to publish notifications from this bucket`,
});
