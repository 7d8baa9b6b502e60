import type { ResourceFact } from '../service.ts';
import type { Stream } from './state.ts';

/** What there is, for comparing before and after. A stream's status is left out: it changes while nobody acts. */
export const resourcesOf = (streams: Iterable<Stream>): readonly ResourceFact[] =>
  [...streams].flatMap((stream) => {
    const place = { service: 'kinesis', account: stream.account, region: stream.region };
    const consumers = [...stream.consumers.values()].map(({ arn, name, tags, policy }) => ({
      ...place,
      type: 'consumer',
      arn,
      name,
      tags: Object.fromEntries(tags),
      policy,
    }));
    return [{ ...place, type: 'stream', arn: stream.arn, ...factsOf(stream) }, ...consumers];
  });

const factsOf = ({ name, mode, retentionHours, maxRecordKiB, keyId, policy, metrics, tags, shards }: Stream) => ({
  name,
  mode,
  retentionHours,
  maxRecordKiB,
  keyId,
  policy,
  metrics: [...metrics].toSorted(),
  tags: Object.fromEntries(tags),
  shards: shards
    .filter(({ closed }) => closed === undefined)
    .map(({ id, from, to }) => ({ id, from: `${from}`, to: `${to}` })),
});
