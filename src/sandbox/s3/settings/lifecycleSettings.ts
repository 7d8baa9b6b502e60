// Lifecycle rules: checked and kept, and told of by objects (x-amz-expiration). The sandbox does not carry them out.
import type * as client from '@aws-sdk/client-s3';
import type { LifecycleRule, LifecycleRuleFilter } from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { invalidArgument, invalidRequest, malformedXml, refuse } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';

const day = 24 * 3600 * 1000;

export const lifecycleSettingHandlers = (s3: S3) =>
  ({
    GetBucketLifecycleConfiguration(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetLifecycleConfiguration');
      if (!settings.lifecycle) {
        const message = 'The lifecycle configuration does not exist';
        throw refuse('NoSuchLifecycleConfiguration', message, 404, { BucketName: name });
      }
      const minimum = settings.lifecycleMinimum ?? 'all_storage_classes_128K';
      return { Rules: settings.lifecycle.Rules, TransitionDefaultMinimumObjectSize: minimum };
    },
    PutBucketLifecycleConfiguration(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutLifecycleConfiguration');
      const minimum = input.TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K';
      if (minimum !== 'all_storage_classes_128K' && minimum !== 'varies_by_storage_class') {
        throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${String(minimum)}`);
      }
      const rules = input.LifecycleConfiguration?.Rules ?? [];
      if (rules.length === 0 || rules.length > 1000) throw malformedXml();
      rules.forEach(checkRule);
      settings.lifecycle = { Rules: rules.map((rule) => ({ ...rule, ID: rule.ID ?? s3.world.id() })) };
      settings.lifecycleMinimum = minimum;
      s3.world.changed();
      return { TransitionDefaultMinimumObjectSize: minimum };
    },
    DeleteBucketLifecycle(input, call) {
      delete openBucket(s3, input, call, 'PutLifecycleConfiguration').settings.lifecycle;
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

function checkRule(rule: LifecycleRule): void {
  const { Expiration: expiration, Filter: filter, NoncurrentVersionExpiration: noncurrent } = rule;
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml();
  if (filter === undefined && rule.Prefix === undefined) throw malformedXml();
  const acts = [expiration, noncurrent, rule.AbortIncompleteMultipartUpload].some(Boolean);
  if (!acts && !rule.Transitions?.length && !rule.NoncurrentVersionTransitions?.length) throw malformedXml();
  if (noncurrent && noncurrent.NoncurrentDays === undefined) throw malformedXml();
  if (filter) checkFilter(filter);
  if (!expiration) return;
  const given = [expiration.Date, expiration.Days, expiration.ExpiredObjectDeleteMarker];
  if (given.filter((one) => one !== undefined).length !== 1) throw malformedXml();
  if (expiration.Days !== undefined && expiration.Days < 1) {
    throw invalidArgument("'Days' for Expiration action must be a positive integer", 'Days', String(expiration.Days));
  }
  if (expiration.Date && expiration.Date.getTime() % day !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', expiration.Date.toISOString());
  }
}

function checkFilter(filter: LifecycleRuleFilter): void {
  if (Object.keys(filter).length > 1) throw malformedXml();
  if (!filter.And) return;
  const { Tags: tags = [], ...others } = filter.And;
  if (Object.keys(others).length + tags.length < 2) throw malformedXml();
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidRequest('Duplicate Tag Keys are not allowed.');
  }
}

interface Facts {
  readonly key: string;
  readonly size: number;
  readonly modified: number;
  readonly tags: ReadonlyMap<string, string>;
}

/** `x-amz-expiration` of an object: the earliest that a rule says. */
export function expirationOf(rules: readonly LifecycleRule[] | undefined, object: Facts): string | undefined {
  const due = (rules ?? [])
    .filter((rule) => rule.Status === 'Enabled' && rule.Expiration && matches(rule, object))
    .flatMap(({ Expiration, ID }) => {
      // The day after so many days, at midnight.
      const days = Expiration?.Days;
      const at =
        Expiration?.Date?.getTime() ??
        (days === undefined ? undefined : Math.ceil((object.modified + days * day) / day) * day);
      return at === undefined ? [] : [{ at, id: ID ?? '' }];
    })
    .toSorted((a, b) => a.at - b.at)[0];
  return due && `expiry-date="${new Date(due.at).toUTCString()}", rule-id="${encodeURIComponent(due.id)}"`;
}

function matches({ Prefix: old, Filter: filter = {} }: LifecycleRule, { key, size, tags }: Facts): boolean {
  const { Tag: tag, And: and } = filter;
  const all = { ...filter, ...and };
  const wanted = [...(tag ? [tag] : []), ...(and?.Tags ?? [])];
  return (
    key.startsWith(all.Prefix ?? old ?? '') &&
    size > (all.ObjectSizeGreaterThan ?? -1) &&
    size < (all.ObjectSizeLessThan ?? Infinity) &&
    wanted.every(({ Key = '', Value }) => tags.get(Key) === Value)
  );
}
