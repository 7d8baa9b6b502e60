// Configurations of which a bucket has many, by id: analytics, inventory, metrics, intelligent tiering. Kept and given back; nothing acts on them.
import type * as client from '@aws-sdk/client-s3';
import type { Call, Handlers } from '../../service.ts';
import { malformedXml, refuse } from '../errors.ts';
import { compareKeys } from '../keyOrder.ts';
import { readToken, writeToken } from '../listing/token.ts';
import { openBucket, type S3 } from '../s3.ts';

interface Input {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly Id?: string | undefined;
}

const pageLength = 100;

interface Named {
  readonly Id: string | undefined;
}

/** The operations on one kind. `Kept` is what the SDK calls its configuration: put and given back as it is. */
function operations<Kept extends Named>(s3: S3, kind: string, action: string) {
  const of = (input: Input, call: Call, verb: 'Get' | 'Put') => {
    const bucket = openBucket(s3, input, call, `${verb}${action}Configuration`);
    const known = bucket.settings.named.get(kind) ?? new Map<string, object>();
    bucket.settings.named.set(kind, known);
    // Only `put` below fills the map of a kind.
    return known as Map<string, Kept>;
  };
  return {
    put(input: Input, call: Call, configuration: Kept | undefined) {
      const all = of(input, call, 'Put');
      if (!configuration?.Id) throw malformedXml();
      if (configuration.Id !== input.Id) {
        if (kind !== 'inventory') throw malformedXml();
        throw refuse('IdMismatch', 'Document ID does not match the specified configuration ID.');
      }
      all.set(configuration.Id, configuration);
      s3.world.changed();
      return { $metadata: { httpStatusCode: 204 } };
    },
    get(input: Input, call: Call): Kept {
      const found = of(input, call, 'Get').get(input.Id ?? '');
      if (!found) throw missing();
      return found;
    },
    list(input: Input & { readonly ContinuationToken?: string | undefined }, call: Call) {
      const after = input.ContinuationToken ? readToken(input.ContinuationToken) : '';
      const left = [...of(input, call, 'Get').values()]
        .filter(({ Id = '' }) => compareKeys(Id, after) > 0)
        .toSorted((a, b) => compareKeys(a.Id ?? '', b.Id ?? ''));
      const page = left.slice(0, pageLength);
      const more = page.length < left.length;
      return {
        page,
        frame: {
          IsTruncated: more,
          ...(input.ContinuationToken && { ContinuationToken: input.ContinuationToken }),
          ...(more && { NextContinuationToken: writeToken(page.at(-1)?.Id ?? '') }),
        },
      };
    },
    remove(input: Input, call: Call): void {
      if (!of(input, call, 'Put').delete(input.Id ?? '')) throw missing();
      s3.world.changed();
    },
  };
}

const missing = () => refuse('NoSuchConfiguration', 'The specified configuration does not exist.', 404);

export function namedSettingHandlers(s3: S3) {
  const analytics = operations<client.AnalyticsConfiguration>(s3, 'analytics', 'Analytics');
  const inventory = operations<client.InventoryConfiguration>(s3, 'inventory', 'Inventory');
  const metrics = operations<client.MetricsConfiguration>(s3, 'metrics', 'Metrics');
  const tiering = operations<client.IntelligentTieringConfiguration>(s3, 'tiering', 'IntelligentTiering');
  return {
    PutBucketAnalyticsConfiguration: (input, call) => analytics.put(input, call, input.AnalyticsConfiguration),
    GetBucketAnalyticsConfiguration: (input, call) => ({ AnalyticsConfiguration: analytics.get(input, call) }),
    ListBucketAnalyticsConfigurations: (input, call) => {
      const { page, frame } = analytics.list(input, call);
      return { ...frame, AnalyticsConfigurationList: page };
    },
    DeleteBucketAnalyticsConfiguration: (input, call) => analytics.remove(input, call),
    PutBucketInventoryConfiguration: (input, call) => inventory.put(input, call, input.InventoryConfiguration),
    GetBucketInventoryConfiguration: (input, call) => ({ InventoryConfiguration: inventory.get(input, call) }),
    ListBucketInventoryConfigurations: (input, call) => {
      const { page, frame } = inventory.list(input, call);
      return { ...frame, InventoryConfigurationList: page };
    },
    DeleteBucketInventoryConfiguration: (input, call) => inventory.remove(input, call),
    PutBucketMetricsConfiguration: (input, call) => metrics.put(input, call, input.MetricsConfiguration),
    GetBucketMetricsConfiguration: (input, call) => ({ MetricsConfiguration: metrics.get(input, call) }),
    ListBucketMetricsConfigurations: (input, call) => {
      const { page, frame } = metrics.list(input, call);
      return { ...frame, MetricsConfigurationList: page };
    },
    DeleteBucketMetricsConfiguration: (input, call) => metrics.remove(input, call),
    PutBucketIntelligentTieringConfiguration: (input, call) =>
      tiering.put(input, call, input.IntelligentTieringConfiguration),
    GetBucketIntelligentTieringConfiguration: (input, call) => ({
      IntelligentTieringConfiguration: tiering.get(input, call),
    }),
    ListBucketIntelligentTieringConfigurations: (input, call) => {
      const { page, frame } = tiering.list(input, call);
      return { ...frame, IntelligentTieringConfigurationList: page };
    },
    DeleteBucketIntelligentTieringConfiguration: (input, call) => tiering.remove(input, call),
  } satisfies Handlers<typeof client>;
}
