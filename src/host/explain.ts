import { AwsFailure, type FailureKind } from '../aws/errors.ts';
import { LabRefusal } from '../lab/refusal.ts';
import type { Notice, Offer, OfferId } from '../protocol/message.ts';

/** A sentence the host itself wants shown, with the acts that mend it. */
export class Refusal extends Error {
  readonly notice: Notice;

  constructor(notice: Omit<Notice, 'severity' | 'offers'> & Partial<Notice>) {
    super(notice.what);
    this.name = 'Refusal';
    this.notice = { severity: 'error', offers: [], ...notice };
  }
}

export const offerLabels: Readonly<Record<OfferId, string>> = {
  showLog: 'Show log',
  switchTarget: 'Switch target',
  switchRegion: 'Switch region',
  signIn: 'Sign in again',
  pasteCredentials: 'Paste credentials',
  restartSandbox: 'Restart sandbox',
  openMailbox: 'Open the mailbox',
  manageTrust: 'Manage trust',
  openSource: 'Open the text',
  useSandbox: 'Use the sandbox',
  continueHere: 'Continue here',
};

export const offer = (id: OfferId): Offer => ({ id, label: offerLabels[id] });

/** What mends each kind of failure, the likeliest first. */
const mends: Readonly<Record<FailureKind, readonly OfferId[]>> = {
  'credentials-missing': ['signIn', 'pasteCredentials', 'switchTarget', 'useSandbox'],
  'credentials-expired': ['signIn', 'pasteCredentials', 'switchTarget'],
  'credentials-invalid': ['signIn', 'pasteCredentials', 'switchTarget'],
  'access-denied': ['switchTarget', 'useSandbox'],
  throttled: [],
  network: ['restartSandbox', 'switchTarget'],
  'wrong-region': ['switchRegion'],
  'wrong-account': ['switchTarget'],
  'clock-skew': [],
  service: [],
  refused: [],
  'not-sent': [],
};

/** Any error as a sentence for people. Stack traces go to the log, never here. */
export function explain(error: unknown, onSandbox: boolean): Notice {
  if (error instanceof Refusal) return error.notice;
  if (error instanceof AwsFailure) return fromFailure(error, onSandbox);
  if (error instanceof LabRefusal) {
    const offers = error.code === 'SessionLocked' ? [offer('continueHere')] : [];
    return { severity: 'error', what: error.what, advice: error.advice, offers };
  }
  if (isAbort(error))
    return {
      severity: 'info',
      what: 'Stopped.',
      advice: 'What was done so far stays; go on whenever you like.',
      offers: [],
    };
  return {
    severity: 'error',
    what: `That did not work: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Try it again. If it stays so, the log says more.',
    offers: [offer('showLog')],
  };
}

function fromFailure(failure: AwsFailure, onSandbox: boolean): Notice {
  const fits = (id: OfferId) =>
    id === 'restartSandbox' || id === 'useSandbox' ? onSandbox === (id === 'restartSandbox') : true;
  const offers = [...mends[failure.kind].filter(fits), 'showLog' as const].map(offer);
  return { severity: 'error', what: failure.what, ...(failure.advice && { advice: failure.advice }), offers };
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
