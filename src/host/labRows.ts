// The Labs tree as plain rows. In: labs, and what is known of their sessions. Out: what each row says. Pure.
import type { SessionSummary } from '../lab/session.ts';
import type { Step } from '../lab/model.ts';
import type { RunSnapshot, StepStatus } from '../lab/snapshot.ts';
import type { LabEntry } from './labCatalog.ts';
import { capital } from './teardownView.ts';

export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A product icon and the colour it has, as the editor names them. */
  readonly icon: string;
  readonly colour?: string;
  /** What menus are held to: `lab;ok;session`, `step;do;done`. */
  readonly context: string;
  readonly spoken: string;
  readonly lab?: string;
  readonly step?: string;
  readonly expandable: boolean;
  /** What a click does, where the row has no lab. */
  readonly command?: 'awsLabs.refreshLabs' | 'awsLabs.showLog';
}

export interface LabState {
  readonly entry: LabEntry;
  readonly run?: RunSnapshot | undefined;
  /** An unfinished session of an earlier window, when none is open in this one. */
  readonly unfinished?: SessionSummary | undefined;
  readonly busy: boolean;
  readonly trusted: boolean;
}

export function labRow({ entry, run, unfinished, busy, trusted }: LabState): Row {
  const { id, title, lab, origin } = entry;
  const facts = entryFacts(entry, trusted);
  const total = lab?.steps.length ?? 0;
  const done = run?.progress.done ?? unfinished?.stepsDone;
  const progress = run?.closed ? '0 left' : done === undefined ? '' : `${done}/${total}`;
  const left =
    run === undefined ? (unfinished?.resources ?? 0) : run.resources.filter(({ state }) => state !== 'removed').length;
  const description = [progress || facts.word, origin === 'workspace' ? 'workspace' : '']
    .filter((word) => word !== '')
    .join(' · ');
  const session = (run !== undefined && !run.closed) || unfinished !== undefined;
  return {
    id,
    label: title,
    description,
    tooltip: [
      lab?.summary ?? facts.tooltip,
      lab ? `${lab.minutes === 1 ? '1 minute' : `${lab.minutes} minutes`} · ${lab.services.join(', ')}` : '',
      left > 0 ? `${left === 1 ? '1 resource' : `${left} resources`} to clean up` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
    icon: busy ? 'loading~spin' : run?.closed ? 'pass' : facts.icon,
    ...(facts.colour === undefined ? {} : { colour: facts.colour }),
    context: ['lab', facts.context, session ? 'session' : '', busy ? 'busy' : '']
      .filter((flag) => flag !== '')
      .join(';'),
    spoken: `Lab ${title}, ${run?.closed ? 'finished, ' : ''}${description === '' ? 'not begun' : description.replace('/', ' of ')}`,
    lab: id,
    expandable: total > 0,
  };
}

function entryFacts({ problems, lab }: LabEntry, trusted: boolean) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (lab === undefined || errors > 0) {
    const word = errors === 1 ? '1 error' : `${errors} errors`;
    return {
      word,
      tooltip: `This lab cannot be run: ${word} in its text.`,
      icon: 'error',
      colour: 'list.errorForeground',
      context: 'broken',
    };
  }
  if (!trusted) return { word: 'not trusted', tooltip: '', icon: 'shield', colour: undefined, context: 'untrusted' };
  return { word: '', tooltip: '', icon: 'beaker', colour: undefined, context: 'ok' };
}

const statuses: Readonly<
  /** `word` is spoken and in the tooltip; written beside the title only where the icon does not say it to everybody. */
  Record<StepStatus, { readonly icon: string; readonly colour?: string; readonly word: string; readonly quiet?: true }>
> = {
  waiting: { icon: 'circle-large-outline', word: 'not run yet', quiet: true },
  running: { icon: 'loading~spin', word: 'running', quiet: true },
  asking: { icon: 'bell-dot', colour: 'charts.yellow', word: 'your turn' },
  done: { icon: 'pass-filled', colour: 'testing.iconPassed', word: 'done', quiet: true },
  failed: { icon: 'error', colour: 'testing.iconFailed', word: 'failed', quiet: true },
};

export function stepRow(step: Step, { entry, run, unfinished, trusted }: LabState): Row {
  const found = run?.steps.find(({ id }) => id === step.id);
  const status = found?.status ?? unfinished?.stepStatus[step.id] ?? 'waiting';
  const { icon, colour, word, quiet } = statuses[status];
  const special = found?.stale ? 'to be run again' : found?.byHand ? 'done by hand' : undefined;
  const said = special ?? (status === 'waiting' && step.kind === 'read' ? 'not read yet' : word);
  const checkable = step.checks.length > 0 ? 'checkable' : '';
  const closed = run?.closed || !trusted ? 'closed' : 'open';
  return {
    id: `${entry.id}#${step.id}`,
    label: `${step.number}. ${step.title}`,
    description: special ?? (quiet ? '' : word),
    tooltip: [`${step.number}. ${step.title}`, capital(said), found?.error?.what ?? '']
      .filter((line) => line !== '')
      .join('\n'),
    icon: status === 'waiting' && step.kind === 'read' ? 'book' : icon,
    ...(colour === undefined ? {} : { colour }),
    context: ['step', step.kind, status, checkable, closed].filter((flag) => flag !== '').join(';'),
    spoken: `Step ${step.number}, ${step.title}, ${said}`,
    lab: entry.id,
    step: step.id,
    expandable: false,
  };
}

const message = (row: Pick<Row, 'id' | 'label' | 'icon'> & Partial<Row>): Row => ({
  description: '',
  tooltip: row.label,
  context: 'message',
  spoken: row.label,
  expandable: false,
  ...row,
});

export const loadingRow = message({ id: 'loading', label: 'Reading the labs', icon: 'loading~spin' });
export const emptyRow = message({
  id: 'empty',
  label: 'No labs found',
  description: 'look again',
  icon: 'info',
  command: 'awsLabs.refreshLabs',
});

export function errorRow(error: unknown): Row {
  const what = error instanceof Error ? error.message : String(error);
  return message({
    id: 'error',
    label: 'The labs could not be read',
    description: 'show log',
    tooltip: what,
    icon: 'error',
    command: 'awsLabs.showLog',
  });
}
