// Saving a configuration: checked, tried out on its destinations, kept only if all of them take the test event.
import type * as client from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { malformedXml, refuse } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';
import { checkConfiguration, keptConfiguration } from './checkConfiguration.ts';
import { testEvent } from './record.ts';
import type { Rule } from './rule.ts';
import { send, type Refusal } from './send.ts';

export const notificationSettingHandlers = (s3: S3) =>
  ({
    GetBucketNotificationConfiguration: (input, call) =>
      openBucket(s3, input, call, 'GetBucketNotification').settings.notification,
    async PutBucketNotificationConfiguration(input, call) {
      const bucket = openBucket(s3, input, call, 'PutBucketNotification');
      if (!input.NotificationConfiguration) throw malformedXml();
      const rules = checkConfiguration(input.NotificationConfiguration, bucket);
      if (!input.SkipDestinationValidation) {
        const refusals: Refusal[] = [];
        const message = JSON.stringify(testEvent(s3, bucket, call));
        for (const rule of onePerDestination(rules)) refusals.push(await send(s3.world, bucket, rule, message));
        const refused = refusals.filter((refusal) => refusal !== undefined);
        if (refused.length > 0) throw notValidated(refused);
      }
      bucket.settings.notification = keptConfiguration(input.NotificationConfiguration, () => s3.world.id());
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

const onePerDestination = (rules: readonly Rule[]): readonly Rule[] => [
  ...new Map(rules.map((rule) => [rule.arn, rule])).values(),
];

const notValidated = (refused: readonly NonNullable<Refusal>[]) =>
  refuse(
    'InvalidArgument',
    'Unable to validate the following destination configurations',
    400,
    Object.fromEntries(
      refused.flatMap(({ name, value }, index) => [
        [`ArgumentName${index + 1}`, name],
        [`ArgumentValue${index + 1}`, value],
      ]),
    ),
  );
