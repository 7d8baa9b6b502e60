// Rows of topics, subscriptions, buckets, folders, objects, streams and instances.
import type { AutoOff } from '../../aws/resources/autoOff.ts';
import type { Found } from '../../aws/resources/kind.ts';
import { nameInArn } from '../../aws/resources/lookup.ts';
import { fact, numberFact, redriveOf, type Detail } from './detail.ts';
import { keyText, nameInFolder } from './keyText.ts';
import { plural, rowOf, type Row } from './row.ts';

export interface ResourceState {
  readonly found: Found;
  readonly detail: Detail | undefined;
  readonly mark?: string | undefined;
}

/** What no group of the view lists. */
const plain = {
  samlProvider: { kind: 'SAML provider', icon: 'verified' },
  role: { kind: 'role', icon: 'shield' },
  userPool: { kind: 'user pool', icon: 'organization' },
  userPoolDomain: { kind: 'user pool domain', icon: 'globe' },
  identityProvider: { kind: 'identity provider', icon: 'verified' },
  appClient: { kind: 'app client', icon: 'plug' },
} as const;

export const plainRow = (kind: keyof typeof plain, { found, mark }: ResourceState): Row =>
  rowOf({ ...plain[kind], label: found.name, context: kind, mark });

const failure = (detail: Detail | undefined): string[] =>
  detail?.error ? [detail.error.what, detail.error.advice ?? ''] : [];

export function topicRow({ found, detail, mark }: ResourceState): Row {
  const fifo = found.name.endsWith('.fifo');
  const confirmed = numberFact(detail, 'SubscriptionsConfirmed');
  const pending = numberFact(detail, 'SubscriptionsPending') ?? 0;
  const all = confirmed === undefined ? undefined : confirmed + pending;
  return rowOf({
    kind: 'topic',
    label: found.name,
    icon: 'megaphone',
    context: fifo ? 'topic;fifo' : 'topic',
    parts: [
      all === undefined ? '' : all === 0 ? 'no subscriptions' : plural(all, 'subscription'),
      pending > 0 ? `${pending} pending` : '',
      fifo ? 'FIFO' : '',
      detail?.error ? 'not readable' : '',
    ],
    lines: [fact(detail, 'DisplayName') ? `Display name ${fact(detail, 'DisplayName')}` : '', ...failure(detail)],
    mark,
    expandable: 'closed',
  });
}

const protocolIcons: Readonly<Record<string, string>> = {
  email: 'mail',
  'email-json': 'mail',
  sqs: 'inbox',
  lambda: 'symbol-function',
  http: 'globe',
  https: 'globe',
  sms: 'device-mobile',
};

/** Under its topic it is named by where it sends to; under a queue, by the topic it comes from. */
export function subscriptionRow({
  found,
  detail,
  mark,
  under,
}: ResourceState & { readonly under: 'topic' | 'queue' }): Row {
  const { topicArn = '', protocol = '', endpoint = '' } = found.key;
  const pending = found.arn === undefined || fact(detail, 'PendingConfirmation') === 'true';
  const target = endpoint.startsWith('arn:') ? nameInArn(endpoint) || endpoint : endpoint;
  return rowOf({
    kind: 'subscription',
    label: under === 'topic' ? target || '(endpoint hidden)' : nameInArn(topicArn),
    icon: pending ? 'bell-dot' : under === 'topic' ? (protocolIcons[protocol] ?? 'arrow-right') : 'megaphone',
    ...(pending && { colour: 'charts.yellow' }),
    context: pending ? 'subscription;pending' : 'subscription',
    parts: [
      pending ? 'pending' : '',
      under === 'topic' ? protocol : 'subscription',
      fact(detail, 'RawMessageDelivery') === 'true' ? 'raw' : '',
      fact(detail, 'FilterPolicy') ? 'filtered' : '',
      redriveOf(detail) ? `DLQ ${nameInArn(redriveOf(detail)?.arn ?? '')}` : '',
    ],
    lines: [
      pending ? 'It receives nothing until whoever owns the endpoint confirms it.' : '',
      fact(detail, 'FilterPolicy') ? `Filter ${fact(detail, 'FilterPolicy')}` : '',
      ...failure(detail),
    ],
    mark,
  });
}

export function bucketRow({ found, detail, mark }: ResourceState): Row {
  const facts = detail?.description?.facts ?? {};
  const targets = ['TopicConfigurations', 'QueueConfigurations', 'LambdaFunctionConfigurations'].reduce((sum, name) => {
    const list = facts[name];
    return sum + (Array.isArray(list) ? list.length : 0);
  }, 0);
  const versioning = fact(detail, 'Versioning');
  return rowOf({
    kind: 'bucket',
    label: found.name,
    icon: 'database',
    context: 'bucket',
    parts: [
      versioning === 'Enabled' ? 'versioned' : versioning === 'Suspended' ? 'versions suspended' : '',
      targets > 0 ? `${plural(targets, 'event target')}` : '',
      detail?.error ? 'settings not readable' : '',
    ],
    lines: [
      fact(detail, 'BucketRegion') ? `Region ${fact(detail, 'BucketRegion')}` : '',
      'Drop files here to upload them',
      ...failure(detail),
    ],
    mark,
    expandable: 'closed',
  });
}

export function folderRow(key: string, prefix: string): Row {
  return rowOf({
    kind: 'folder',
    label: nameInFolder(key, prefix),
    icon: 'folder',
    context: 'folder',
    lines: [`Key ${keyText(key)}`],
    expandable: 'closed',
  });
}

export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  readonly modified?: Date | undefined;
  readonly storageClass?: string | undefined;
}

export function objectRow({ key, size, modified, storageClass }: ObjectFacts, prefix: string): Row {
  return rowOf({
    kind: 'object',
    label: nameInFolder(key, prefix),
    icon: 'file',
    context: 'object',
    click: { do: 'command', command: 'awsLabs.openObject', title: 'Open' },
    parts: [
      sizeText(size),
      modified ? modified.toISOString().slice(0, 16).replace('T', ' ') : '',
      storageClass === undefined || storageClass === 'STANDARD' ? '' : storageClass,
    ],
    lines: [`Key ${keyText(key)}`, `${plural(size, 'byte')}`],
  });
}

/** 0 B, 1.5 kB, 12 MB */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step] ?? 'B'}`;
}

export function streamRow({ found, detail, mark }: ResourceState): Row {
  const status = fact(detail, 'StreamStatus');
  const shards = numberFact(detail, 'OpenShardCount');
  const hours = numberFact(detail, 'RetentionPeriodHours');
  const mode = modeOf(detail);
  return rowOf({
    kind: 'stream',
    label: found.name,
    icon: 'pulse',
    ...(status !== undefined && status !== 'ACTIVE' && { colour: 'charts.yellow' }),
    context: 'stream',
    parts: [
      status === undefined ? '' : status.toLowerCase(),
      mode === 'ON_DEMAND' ? 'on demand' : mode === 'PROVISIONED' ? 'provisioned' : '',
      shards === undefined ? '' : plural(shards, 'shard'),
      hours === undefined ? '' : `keeps ${hours % 24 === 0 ? plural(hours / 24, 'day') : plural(hours, 'hour')}`,
      detail?.error ? 'not readable' : '',
    ],
    lines: failure(detail),
    mark,
  });
}

function modeOf(detail: Detail | undefined): string | undefined {
  const mode = detail?.description?.facts['StreamModeDetails'];
  return typeof mode === 'object' && mode !== null && 'StreamMode' in mode ? String(mode.StreamMode) : undefined;
}

const stateIcons: Readonly<Record<string, { readonly icon: string; readonly colour?: string }>> = {
  running: { icon: 'vm-running', colour: 'charts.green' },
  pending: { icon: 'vm-active', colour: 'charts.yellow' },
  stopping: { icon: 'vm-active', colour: 'charts.yellow' },
  'shutting-down': { icon: 'vm-active', colour: 'charts.yellow' },
  stopped: { icon: 'vm-outline' },
};

export interface InstanceState extends ResourceState {
  readonly autoOff: AutoOff;
  /** Milliseconds. */
  readonly now: number;
}

export function instanceRow({ found, detail, autoOff, now, mark }: InstanceState): Row {
  const facts = detail?.description?.facts ?? {};
  const state = stateOf(facts['State']);
  const launched = facts['LaunchTime'];
  const age = launched instanceof Date ? ageText(now - launched.getTime()) : '';
  const type = fact(detail, 'InstanceType') ?? '';
  return rowOf({
    kind: 'instance',
    label: found.name,
    ...(stateIcons[state] ?? { icon: 'vm' }),
    context: ['instance', state, autoOff.is === 'yes' ? 'autooff' : autoOff.is === 'nearly' ? 'nearly' : '']
      .filter((flag) => flag !== '')
      .join(';'),
    parts: autoOff.is === 'nearly' ? [autoOff.why, state, type] : [state, type, age],
    lines: [found.ref, autoOff.is === 'nearly' ? age : '', ...failure(detail)],
    mark,
  });
}

function stateOf(state: unknown): string {
  return typeof state === 'object' && state !== null && 'Name' in state ? String(state.Name) : '';
}

/** Since it was last started. */
function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just started';
  if (minutes < 60) return `${plural(minutes, 'minute')} old`;
  if (minutes < 2880) return `${plural(Math.floor(minutes / 60), 'hour')} old`;
  return `${plural(Math.floor(minutes / 1440), 'day')} old`;
}
