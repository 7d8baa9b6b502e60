// Rows that are no resource: reading, empty, more, and what went wrong with what mends it.
import type { Notice, OfferId } from '../../protocol/message.ts';
import type { GroupName } from './aim.ts';
import { counted, type Click, type Row } from './row.ts';

export const groupNames: readonly GroupName[] = ['topic', 'queue', 'bucket', 'stream', 'instance'];

export const groupLabels: Readonly<
  Record<GroupName, { readonly label: string; readonly icon: string; readonly many: string; readonly none: string }>
> = {
  topic: { label: 'SNS topics', icon: 'megaphone', many: 'topics', none: 'No topics' },
  queue: { label: 'SQS queues', icon: 'inbox', many: 'queues', none: 'No queues' },
  bucket: { label: 'S3 buckets', icon: 'database', many: 'buckets', none: 'No buckets' },
  stream: { label: 'Kinesis streams', icon: 'pulse', many: 'streams', none: 'No streams' },
  instance: { label: 'AutoOff instances', icon: 'vm', many: 'instances', none: 'No instance is tagged AutoOff=yes' },
};

export function groupRow(group: GroupName, count: string): Row {
  const { label, icon } = groupLabels[group];
  return {
    label,
    icon,
    description: count,
    tooltip: [group === 'instance' ? 'EC2 instances tagged AutoOff=yes' : label],
    context: `group;${group}`,
    spoken: count === '' ? label : `${label}, ${count}`,
    expandable: 'closed',
  };
}

export function messageRow(label: string, icon: string, rest: Partial<Row> = {}): Row {
  return {
    label,
    icon,
    description: '',
    tooltip: [label],
    context: 'message',
    spoken: label,
    expandable: 'no',
    ...rest,
  };
}

export const readingRow = (what: string, soFar = 0): Row =>
  messageRow(soFar === 0 ? `Reading ${what}` : `Reading ${what}: ${counted(soFar)} so far`, 'loading~spin');

export const emptyRow = (label: string, where: string): Row =>
  messageRow(where === '' ? label : `${label} in ${where}`, 'info');

const command = (id: string, title: string): Click => ({ do: 'command', command: id, title });

export const moreRow = (what: string, shown: number): Row =>
  messageRow(`More ${what}`, 'ellipsis', {
    description: `${counted(shown)} shown`,
    context: 'more',
    spoken: `More ${what}, ${counted(shown)} shown`,
    click: command('awsLabs.loadMore', 'Load more'),
  });

export const tryAgainRow = (): Row =>
  messageRow('Try again', 'refresh', { context: 'more', click: command('awsLabs.loadMore', 'Try again') });

export const byNameRow = (): Row =>
  messageRow('Add by name', 'add', {
    tooltip: ['Who may not list them may still know one by its name.'],
    click: command('awsLabs.addByName', 'Add by name'),
  });

export const errorRow = ({ what, advice = '' }: Notice): Row =>
  messageRow(what, 'error', {
    colour: 'list.errorForeground',
    description: advice,
    tooltip: [what, advice].filter((line) => line !== ''),
    spoken: `${what} ${advice}`,
  });

const offerIcons: Readonly<Partial<Record<OfferId, string>>> = {
  showLog: 'output',
  switchTarget: 'arrow-swap',
  switchRegion: 'globe',
  signIn: 'key',
  pasteCredentials: 'clippy',
  restartSandbox: 'debug-restart',
  useSandbox: 'beaker',
};

export const offerRows = ({ offers }: Notice): readonly Row[] =>
  offers.map(({ id, label }) =>
    messageRow(label, offerIcons[id] ?? 'lightbulb', { click: { do: 'offer', offer: id } }),
  );
