import type { ActionView, CheckView, LabRequest, LabView, PartView } from '../protocol/lab.ts';
import type { Json, Notice, OfferId } from '../protocol/message.ts';
import { Refusal, offerLabels } from './explain.ts';
import type { LabSession } from './labSession.ts';
import { labView, type LabViewSource } from './labView.ts';
import type { RequestTable } from './parseMessage.ts';
import { labFile, type LinkTable } from './webAddress.ts';

/** The forms of all that the lab panel can ask. */
export const labRequests: RequestTable<LabRequest> = {
  ready: {},
  chooseFile: { input: 'id' },
  leaveFileOut: { input: 'id' },
  start: { inputs: 'texts' },
  runStep: { step: 'id' },
  runTo: { step: 'id' },
  runAll: {},
  checkStep: { step: 'id' },
  undoStep: { step: 'id' },
  cancel: {},
  reset: {},
  answer: { question: 'id', value: 'id' },
  planTeardown: {},
  teardown: { confirmation: 'text' },
  empty: { resource: 'id', confirmation: 'text' },
  leaveTeardown: {},
  copy: { item: 'id', what: 'id' },
  openLink: { link: 'index' },
  openConsole: { resource: 'id' },
  openProblem: { problem: 'index' },
  offer: { offer: 'id' },
  dismissNotice: {},
};

/** What the panel's requests are done with. */
export interface LabDesk {
  session(lab: string): LabSession;
  source(lab: string): LabViewSource;
  /** Called when a panel shows itself: reads the lab thoroughly, and takes up an unfinished session. */
  opened(lab: string): Promise<void>;
  /** Asks for a file of the learner's own. */
  chooseFile(lab: string, input: string): Promise<void>;
  leaveFileOut(lab: string, input: string): void;
  openAddress(address: string): Promise<void>;
  /** A copy of a file that comes with the lab, to try things on. */
  openFile(lab: string, name: string): Promise<void>;
  openText(lab: string, problem?: number): Promise<void>;
  copy(text: string): Promise<void>;
  offer(lab: string, offer: OfferId): unknown;
  explain(error: unknown): Notice;
}

export async function handleLabRequest(
  request: LabRequest,
  lab: string,
  desk: LabDesk,
  links: LinkTable,
  changed: () => void,
): Promise<Notice | undefined> {
  const session = desk.session(lab);
  switch (request.kind) {
    case 'ready':
      changed();
      void desk.opened(lab);
      return undefined;
    case 'chooseFile':
    case 'leaveFileOut':
      await desk[request.kind](lab, request.input);
      return undefined;
    case 'start':
      await session.start(withChosen(request.inputs, desk.source(lab)));
      return undefined;
    case 'runStep':
    case 'runTo':
    case 'checkStep':
    case 'undoStep':
      await session.step(request.kind, request.step);
      return undefined;
    case 'runAll':
    case 'reset':
    case 'planTeardown':
      await session[request.kind]();
      return undefined;
    case 'cancel':
    case 'leaveTeardown':
    case 'dismissNotice':
      session[request.kind]();
      return undefined;
    case 'answer':
      session.answer(request.question, request.value);
      return undefined;
    case 'teardown':
      await session.teardown(request.confirmation);
      return undefined;
    case 'empty':
      await session.empty(request.resource, request.confirmation);
      return undefined;
    case 'copy':
      await desk.copy(copied(labView(desk.source(lab), links, lab), request.item, request.what));
      return undefined;
    case 'openLink': {
      const address = needed(links.address(request.link));
      const file = labFile(address);
      await (file === undefined ? desk.openAddress(address) : desk.openFile(lab, file));
      return undefined;
    }
    case 'openConsole':
      await desk.openAddress(needed(session.run?.resources.find(({ id }) => id === request.resource)?.consoleUrl));
      return undefined;
    case 'openProblem':
      await desk.openText(lab, request.problem);
      return undefined;
    case 'offer':
      if (isOffer(request.offer)) await desk.offer(lab, request.offer);
      return undefined;
  }
}

/** A page never names a file: which one it is the host knows, because the learner chose it there. */
function withChosen(
  inputs: Readonly<Record<string, string>>,
  { lab, chosen = {} }: LabViewSource,
): Readonly<Record<string, string>> {
  const files = (lab?.inputs ?? []).filter(({ type }) => type === 'file');
  return { ...inputs, ...Object.fromEntries(files.map(({ name }) => [name, chosen[name] ?? ''])) };
}

export function isOffer(text: string): text is OfferId {
  return Object.hasOwn(offerLabels, text);
}

function needed<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Refusal({
      what: 'That is no longer there.',
      advice: 'The panel has been brought up to date; look again.',
    });
  return value;
}

/** The text of one item, looked up in what the panel shows: the webview names it and does not send it. */
export function copied(view: LabView, item: string, what: string): string {
  const found = view.steps.flatMap(({ parts }) => parts.flatMap(itemsOf)).find(({ id }) => id === item);
  const [, text] = /^text:(\d{1,3})$/.exec(what) ?? [];
  if (text !== undefined) return needed(found && 'texts' in found ? found.texts?.[Number(text)]?.text : undefined);
  if (what === 'cli') return needed(found?.call?.cli);
  const json: Json | undefined = what === 'answer' ? found?.answer : found?.call?.request;
  return JSON.stringify(needed(json), undefined, 2);
}

function itemsOf(part: PartView): readonly (ActionView | CheckView)[] {
  switch (part.kind) {
    case 'prose':
      return [];
    case 'action':
      return [part.action];
    case 'check':
      return [part.check];
  }
}
