import { unlessMissing } from '../../../aws/resources/lookup.ts';
import { asJson, isObject } from './json.ts';
import { missingOf } from './queueUrl.ts';
import type { SettingsKind } from './settingsKind.ts';

/** The mode, the shards and the encryption of a stream are shown; changing them costs money, and has commands of its own. */
export const streamSettings: SettingsKind = {
  rules: {
    RetentionPeriodHours: { kind: 'number', min: 24, max: 8760, unit: 'hours', what: 'How long records are kept.' },
  },
  async read(target, StreamName) {
    const answer = await unlessMissing(
      (options) => target.send('kinesis.DescribeStreamSummary', { StreamName }, options),
      { target },
      missingOf.stream,
    );
    if (answer === undefined) return undefined;
    const { RetentionPeriodHours = 24, ...rest } = answer.StreamDescriptionSummary ?? {};
    const readOnly = asJson(rest);
    return { editable: { RetentionPeriodHours }, readOnly: isObject(readOnly) ? readOnly : {} };
  },
  groups: [
    {
      members: ['RetentionPeriodHours'],
      write(target, StreamName, { RetentionPeriodHours: wanted }, { editable }) {
        const input = { StreamName, RetentionPeriodHours: Number(wanted) };
        return Number(wanted) > Number(editable['RetentionPeriodHours'])
          ? target.send('kinesis.IncreaseStreamRetentionPeriod', input)
          : target.send('kinesis.DecreaseStreamRetentionPeriod', input);
      },
    },
  ],
};
