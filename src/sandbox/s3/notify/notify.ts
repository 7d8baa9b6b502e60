// Something happened to an object: every rule that fits tells its destination. What a destination refuses is lost, as on AWS,
// but the log says so.
import type { Call } from '../../service.ts';
import type { Bucket } from '../bucket.ts';
import type { S3 } from '../s3.ts';
import { covers } from './eventNames.ts';
import { recordOf, type Happening } from './record.ts';
import { rulesOf, type Rule } from './rule.ts';
import { send } from './send.ts';

export async function notify(s3: S3, bucket: Bucket, call: Call, happening: Happening): Promise<void> {
  for (const rule of rulesOf(bucket.settings.notification)) {
    if (!concerns(rule, happening)) continue;
    const record = recordOf(s3, bucket, call, happening, rule.id);
    const refusal = await send(s3.world, bucket, rule, JSON.stringify({ Records: [record] }));
    if (refusal) s3.world.log(`An event of bucket ${bucket.name} was lost: ${refusal.value} (${refusal.name}).`);
  }
}

const concerns = ({ events, prefix, suffix }: Rule, { name, key }: Happening): boolean =>
  events.some((event) => covers(event, name)) && key.startsWith(prefix) && key.endsWith(suffix);
