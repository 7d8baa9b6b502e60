// Amazon S3. In: requests typed by the SDK, object bodies as streams. Out: its results, and AWS's own errors. Buckets and what is known of
// objects live in memory and are saved as one snapshot; bodies are saved once, beside it (see bodies/bodyStore.ts).
// It carries out no lifecycle, replication or inventory: such settings are checked, kept and given back.
import { join } from 'node:path';
import type * as client from '@aws-sdk/client-s3';
import type { Call, Handlers, Service, World } from '../service.ts';
import { existingTags } from './access/authorize.ts';
import { aclHandlers } from './acl/aclOperations.ts';
import { BodyStore } from './bodies/bodyStore.ts';
import { bucketHandlers } from './buckets/bucketOperations.ts';
import { welcomePage } from './cors/welcomePage.ts';
import { corsSettingHandlers } from './cors/corsSettings.ts';
import { listingHandlers } from './listing/listingOperations.ts';
import { lockHandlers } from './lock/lockOperations.ts';
import { multipartHandlers } from './multipart/multipartOperations.ts';
import { notificationSettingHandlers } from './notify/notificationSettings.ts';
import { objectHandlers } from './objects/objectOperations.ts';
import { putObject } from './objects/putObject.ts';
import { objectTaggingHandlers } from './objects/tagging.ts';
import { listResources } from './resources.ts';
import type { S3 } from './s3.ts';
import { lifecycleSettingHandlers } from './settings/lifecycleSettings.ts';
import { namedSettingHandlers } from './settings/namedSettings.ts';
import { plainSettingHandlers } from './settings/plainSettings.ts';
import { policySettingHandlers } from './settings/policySettings.ts';
import { replicationSettingHandlers } from './settings/replicationSettings.ts';
import { restoreSnapshot, takeSnapshot, type Snapshot } from './snapshot.ts';
import { serveWebsite } from './website/serveWebsite.ts';
import { websiteSettingHandlers } from './website/websiteSettings.ts';

export function createS3(world: World): Service {
  const root = world.dataDir === undefined ? undefined : join(world.dataDir, 's3-bodies');
  const store = new BodyStore({ root, id: () => world.id() });
  const s3: S3 = { world, buckets: new Map(), store, sequence: 0 };
  return {
    name: 's3',
    // What an HTML form uploads is a PutObject that events call by another name.
    handlers: { ...createHandlers(s3), PostObject: formUpload(s3) },
    snapshot: () => takeSnapshot(s3),
    // Only what `snapshot` gave is ever given back.
    restore: (data) => restoreSnapshot(s3, data as Snapshot),
    reset() {
      s3.buckets.clear();
      store.startOver();
    },
    resources: () => listResources(s3),
    policyOf: (arn) => s3.buckets.get(/^arn:[\w-]+:s3:::([^/]+)/.exec(arn)?.[1] ?? '')?.settings.policy,
    conditionsOf: (arn) => conditionsOf(s3, arn),
    site: (request) => serveWebsite(s3, request),
    welcome: (request) => welcomePage(s3, request),
  };
}

/** Tags of the object that an ARN names. */
function conditionsOf(s3: S3, arn: string): Readonly<Record<string, string>> {
  const [, name = '', key] = /^arn:[\w-]*:s3:::([^/]+)\/(.+)$/s.exec(arn) ?? [];
  const bucket = s3.buckets.get(name);
  return bucket && key !== undefined ? existingTags(bucket, key) : {};
}

const formUpload = (s3: S3) => (input: Parameters<typeof putObject>[1], call: Call) =>
  putObject(s3, input, call, 'ObjectCreated:Post');

const createHandlers = (s3: S3) =>
  ({
    ...bucketHandlers(s3),
    ...plainSettingHandlers(s3),
    ...policySettingHandlers(s3),
    ...corsSettingHandlers(s3),
    ...lifecycleSettingHandlers(s3),
    ...websiteSettingHandlers(s3),
    ...notificationSettingHandlers(s3),
    ...replicationSettingHandlers(s3),
    ...namedSettingHandlers(s3),
    ...aclHandlers(s3),
    ...objectHandlers(s3),
    ...objectTaggingHandlers(s3),
    ...lockHandlers(s3),
    ...multipartHandlers(s3),
    ...listingHandlers(s3),
  }) satisfies Handlers<typeof client>;
