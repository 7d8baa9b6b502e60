// S3 buckets. Key: the name, which is global. Removing one removes what is in it first: every version and every unfinished upload.
import { AwsFailure } from '../errors.ts';
import type { Content, Description, Emptying, Found, Look, Relation, ResourceKind, Tags } from './kind.ts';
import type { KindName } from './kindName.ts';
import { partitionOf, sendOptions, tagList, tagsIn, text, unlessMissing } from './lookup.ts';

const missing = ['NotFound', 'NoSuchBucket', '404'] as const;

/** Of `contents`: enough to say how much would be lost, without reading a million keys. */
const countedPages = 10;

function found(name: string, region: string): Found {
  const arn = `arn:${partitionOf(region).name}:s3:::${name}`;
  return { kind: 'bucket', key: { name }, name, arn, ref: name, output: { Location: `/${name}` } };
}

export const bucket: ResourceKind = {
  kind: 'bucket',
  label: 'bucket',
  plural: 'buckets',
  goesAfter: [],
  taggable: true,
  costPerHour: 0,

  keyOf(_operation, input) {
    const name = text(input['Bucket']);
    return name === undefined ? undefined : { name };
  },

  nameOf: (key) => key['name'] ?? '',

  /** `CreateBucketConfiguration.Tags`, which S3 takes since 2025. */
  withTags(input, tags) {
    const { CreateBucketConfiguration: given = {}, ...rest }: { CreateBucketConfiguration?: { Tags?: object[] } } =
      input;
    return { ...rest, CreateBucketConfiguration: { ...given, Tags: [...(given.Tags ?? []), ...tagList(tags)] } };
  },

  /** Every region but us-east-1 wants to be named. */
  forRegion(input, region) {
    const { CreateBucketConfiguration: given = {} }: { CreateBucketConfiguration?: { LocationConstraint?: string } } =
      input;
    if (region === 'us-east-1' || given.LocationConstraint !== undefined) return input;
    return { ...input, CreateBucketConfiguration: { LocationConstraint: region, ...given } };
  },

  async list(look, next) {
    const input = { MaxBuckets: 1000, ...(next !== undefined && { ContinuationToken: next }) };
    const page = await look.target.send('s3.ListBuckets', input, sendOptions(look));
    return {
      entries: (page.Buckets ?? []).flatMap(({ Name }) =>
        Name === undefined ? [] : [found(Name, look.target.region)],
      ),
      ...(page.ContinuationToken !== undefined && { next: page.ContinuationToken }),
    };
  },

  async find(look, key) {
    const Bucket = key['name'] ?? '';
    const answer = await unlessMissing(
      (options) => look.target.send('s3.HeadBucket', { Bucket }, options),
      look,
      missing,
    );
    return answer && found(Bucket, look.target.region);
  },

  async describe(look, bucket_) {
    const Bucket = bucket_.ref;
    const head = await unlessMissing(
      (options) => look.target.send('s3.HeadBucket', { Bucket }, options),
      look,
      missing,
    );
    if (head === undefined) return undefined;
    const versioning = await look.target.send('s3.GetBucketVersioning', { Bucket }, sendOptions(look));
    const notifications = await look.target.send(
      's3.GetBucketNotificationConfiguration',
      { Bucket },
      sendOptions(look),
    );
    const facts = { BucketRegion: head.BucketRegion, Versioning: versioning.Status ?? 'Off', ...notifications };
    return { ...bucket_, facts };
  },

  tags: (look, { ref }) => tagsOf(look, ref),

  /** S3 only replaces the whole set. */
  async tag(look, { ref }, tags) {
    const all = { ...(await tagsOf(look, ref)), ...tags };
    const Tagging = { TagSet: tagList(all) };
    await look.target.send('s3.PutBucketTagging', { Bucket: ref, Tagging }, sendOptions(look));
  },

  relations,

  async contents(look, { ref }) {
    const count = await countObjects(look, ref);
    return count === 0 ? [] : [{ what: count === 1 ? 'object' : 'objects', count } satisfies Content];
  },

  empty: async (look, { ref }): Promise<Emptying> => {
    await unlessMissing(() => emptyBucket(look, ref), look, missing);
    return { state: 'emptied' };
  },

  async remove(look, { ref }) {
    await unlessMissing(
      async (options) => {
        await emptyBucket(look, ref);
        return look.target.send('s3.DeleteBucket', { Bucket: ref }, options);
      },
      look,
      missing,
    );
    return { state: 'gone' };
  },

  consoleUrl: ({ name }, region) =>
    `https://${partitionOf(region).console}/s3/buckets/${encodeURIComponent(name)}?region=${region}`,
};

async function tagsOf(look: Look, Bucket: string): Promise<Tags> {
  const answer = await unlessMissing((options) => look.target.send('s3.GetBucketTagging', { Bucket }, options), look, [
    ...missing,
    'NoSuchTagSet',
  ]);
  return tagsIn(answer?.TagSet);
}

/** Where the bucket sends its events. */
function relations({ facts }: Description): readonly Relation[] {
  const destinations: readonly [string, string, KindName][] = [
    ['TopicConfigurations', 'TopicArn', 'topic'],
    ['QueueConfigurations', 'QueueArn', 'queue'],
  ];
  return destinations.flatMap(([list, member, to]) => {
    const configured: unknown = facts[list];
    if (!Array.isArray(configured)) return [];
    return configured.flatMap((each: Readonly<Record<string, unknown>>) => {
      const arn = text(each[member]);
      return arn === undefined ? [] : [{ to, arn, label: 'sends events to' }];
    });
  });
}

async function countObjects(look: Look, Bucket: string): Promise<number> {
  let count = 0;
  let token: string | undefined;
  for (let pages = 0; pages < countedPages; pages++) {
    const input = { Bucket, ...(token !== undefined && { ContinuationToken: token }) };
    const page = await unlessMissing((options) => look.target.send('s3.ListObjectsV2', input, options), look, missing);
    count += page?.KeyCount ?? 0;
    token = page?.NextContinuationToken;
    if (token === undefined) break;
  }
  return count;
}

/** Every version, delete marker and unfinished upload, a thousand at a time. */
async function emptyBucket(look: Look, Bucket: string): Promise<void> {
  const options = sendOptions(look);
  for (;;) {
    const page = await look.target.send('s3.ListObjectVersions', { Bucket, MaxKeys: 1000 }, options);
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await look.target.send(
      's3.DeleteObjects',
      { Bucket, Delete: { Objects, Quiet: true } },
      options,
    );
    const refused = Errors[0];
    if (refused) throw refusal(Bucket, refused, Errors.length);
  }
  const { Uploads = [] } = await look.target.send('s3.ListMultipartUploads', { Bucket }, options);
  for (const { Key, UploadId } of Uploads)
    await look.target.send('s3.AbortMultipartUpload', { Bucket, Key, UploadId }, options);
}

interface Refused {
  readonly Key?: string | undefined;
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

function refusal(name: string, { Key, Code, Message }: Refused, count: number): AwsFailure {
  const all = count === 1 ? `${Key ?? 'An object'}` : `${count} objects`;
  return new AwsFailure('refused', {
    code: Code ?? 'DeleteObjects',
    what: `${all} of ${name} could not be deleted: ${Message ?? Code ?? 'S3 gives no reason'}.`,
    advice: 'An object lock or a policy may hold them. Lift it, and try again.',
  });
}
