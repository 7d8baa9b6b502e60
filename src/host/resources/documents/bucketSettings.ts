// What a bucket does: one member for each of the settings that S3 keeps apart.
import { AwsFailure } from '../../../aws/errors.ts';
import { unlessMissing } from '../../../aws/resources/lookup.ts';
import type { SendOptions, Target } from '../../../aws/target.ts';
import { asJson, isObject, type Json, type JsonObject } from './json.ts';
import { DocumentProblem } from './problem.ts';
import { missingOf } from './queueUrl.ts';
import type { Rule } from './rules.ts';
import type { SettingsKind } from './settingsKind.ts';

interface Member {
  readonly rule: Rule;
  /** S3's word for a bucket without it. */
  readonly none?: string;
  read(target: Target, Bucket: string, options: SendOptions): Promise<unknown>;
  write(target: Target, Bucket: string, value: Json): Promise<unknown>;
}

const object = (value: Json): JsonObject => (isObject(value) ? value : {});

const members: Readonly<Record<string, Member>> = {
  Versioning: {
    rule: {
      kind: 'choice',
      of: ['Enabled', 'Suspended'],
      what: 'Whether overwritten and deleted objects are kept as versions.',
    },
    read: async (target, Bucket, options) =>
      (await target.send('s3.GetBucketVersioning', { Bucket }, options)).Status ?? 'Off',
    write: (target, Bucket, value) =>
      target.send('s3.PutBucketVersioning', {
        Bucket,
        VersioningConfiguration: { Status: value === 'Enabled' ? 'Enabled' : 'Suspended' },
      }),
  },
  PublicAccessBlock: {
    rule: { kind: 'object', removable: true, what: 'What keeps the public out, whatever policies and ACLs say.' },
    none: 'NoSuchPublicAccessBlockConfiguration',
    read: async (target, Bucket, options) =>
      (await target.send('s3.GetPublicAccessBlock', { Bucket }, options)).PublicAccessBlockConfiguration,
    write: (target, Bucket, value) =>
      value === null
        ? target.send('s3.DeletePublicAccessBlock', { Bucket })
        : target.send('s3.PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: object(value) }),
  },
  ObjectOwnership: {
    rule: {
      kind: 'choice',
      of: ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'],
      removable: true,
      what: 'Who owns what others upload. BucketOwnerEnforced turns ACLs off.',
    },
    none: 'OwnershipControlsNotFoundError',
    read: async (target, Bucket, options) =>
      (await target.send('s3.GetBucketOwnershipControls', { Bucket }, options)).OwnershipControls?.Rules?.[0]
        ?.ObjectOwnership,
    write: (target, Bucket, value) =>
      value === null
        ? target.send('s3.DeleteBucketOwnershipControls', { Bucket })
        : target.sendAny('s3.PutBucketOwnershipControls', {
            Bucket,
            OwnershipControls: { Rules: [{ ObjectOwnership: value }] },
          }),
  },
  Website: {
    rule: {
      kind: 'object',
      removable: true,
      what: 'The bucket as a website: IndexDocument, ErrorDocument, RoutingRules.',
    },
    none: 'NoSuchWebsiteConfiguration',
    read: (target, Bucket, options) => target.send('s3.GetBucketWebsite', { Bucket }, options),
    write: (target, Bucket, value) =>
      value === null
        ? target.send('s3.DeleteBucketWebsite', { Bucket })
        : target.sendAny('s3.PutBucketWebsite', { Bucket, WebsiteConfiguration: object(value) }),
  },
  Notifications: {
    rule: {
      kind: 'object',
      what: 'Where events are sent: TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations.',
    },
    read: (target, Bucket, options) => target.send('s3.GetBucketNotificationConfiguration', { Bucket }, options),
    write: (target, Bucket, value) =>
      target.sendAny('s3.PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: object(value) }),
  },
};

type Read = { readonly value: Json } | { readonly denied: string };

/** What may not be read is named, and all else is shown. */
async function readMember(target: Target, Bucket: string, { none, read }: Member): Promise<Read> {
  try {
    const value = await unlessMissing(
      (options) => read(target, Bucket, options),
      { target },
      none === undefined ? [] : [none],
    );
    return { value: asJson(value) };
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'access-denied') return { denied: error.what };
    throw error;
  }
}

export const bucketSettings: SettingsKind = {
  rules: Object.fromEntries(Object.entries(members).map(([name, { rule }]) => [name, rule])),
  async read(target, Bucket) {
    const head = await unlessMissing(
      (options) => target.send('s3.HeadBucket', { Bucket }, options),
      { target },
      missingOf.bucket,
    );
    if (head === undefined) return undefined;
    const parts = await Promise.all(
      Object.entries(members).map(async ([name, member]) => ({ name, part: await readMember(target, Bucket, member) })),
    );
    const editable = parts.flatMap(({ name, part }): [string, Json][] => ('value' in part ? [[name, part.value]] : []));
    const denied = parts.flatMap(({ name, part }): [string, Json][] => ('denied' in part ? [[name, part.denied]] : []));
    return {
      editable: Object.fromEntries(editable),
      readOnly: {
        Region: head.BucketRegion ?? target.region,
        ...(denied.length > 0 && { NotReadable: Object.fromEntries(denied) }),
      },
    };
  },
  groups: Object.entries(members).map(([name, { write }]) => ({
    members: [name],
    write(target, Bucket, { [name]: value = null }, { editable }) {
      if (!Object.hasOwn(editable, name))
        throw new DocumentProblem(
          'refused',
          `${name} may not be read, so that it is not changed either.`,
          'Take it away.',
        );
      return write(target, Bucket, value);
    },
  })),
};
