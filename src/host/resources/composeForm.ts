import { destinationOf } from '../../aws/actions/destination.ts';
import { weigh, type Destination, type Draft } from '../../aws/actions/draft.ts';
import { problemsOf } from '../../aws/actions/messageRules.ts';
import { deleteOriginal } from '../../aws/actions/redrive.ts';
import { sendDraft, type Sent } from '../../aws/actions/sendDraft.ts';
import { isRealAccount } from '../../aws/realAccount.ts';
import type { Found } from '../../aws/resources/kind.ts';
import { kinds } from '../../aws/resources/kinds.ts';
import { nameInUrl } from '../../aws/resources/lookup.ts';
import type { Target } from '../../aws/target.ts';
import type { ComposeRequest, ComposeView, DestinationView, SentView } from '../../protocol/compose.ts';
import type { Notice } from '../../protocol/message.ts';
import { Refusal, offer } from '../explain.ts';
import { isOffer } from '../labRequests.ts';
import type { ResourceRefresh } from './aim.ts';
import type { Original } from './prefill.ts';
import { parseDraft } from './readDraft.ts';

/** What one form is for. Plain JSON: it is remembered over a reload of the window. */
export interface FormFacts {
  readonly id: string;
  readonly to: Found;
  /** Where `to` is; sending from anywhere else is refused. */
  readonly account: string;
  readonly region: string;
  readonly label: string;
  readonly replaces?: Original;
}

export interface FormDesk {
  open(): Promise<Target>;
  readonly refresh: ResourceRefresh;
  explain(error: unknown): Notice;
  copy(text: string): PromiseLike<void>;
  takeOffer(id: string): PromiseLike<void>;
  changed(): void;
  now(): Date;
}

/** One form of the composer: judges what was typed, sends it, tells what came of it. Knows no editor; never loses or changes the text. */
export class ComposeForm {
  readonly facts: FormFacts;
  readonly #desk: FormDesk;
  readonly #prefill: Draft;
  #draft: Draft;
  #to: Destination | undefined;
  #real = false;
  #phase: ComposeView['phase'] = 'opening';
  #sending: { readonly done: number; readonly total: number; readonly stop: AbortController } | undefined;
  #outcome: ComposeView['outcome'];
  #results: readonly Sent[] = [];
  #notice: Notice | undefined;
  #replaced = false;

  constructor(facts: FormFacts, prefill: Draft, desk: FormDesk) {
    this.facts = facts;
    this.#prefill = prefill;
    this.#draft = prefill;
    this.#desk = desk;
  }

  view(): ComposeView {
    const to = this.#to;
    return {
      id: this.facts.id,
      phase: this.#phase,
      prefill: this.#prefill,
      problems: to ? problemsOf(to, this.#draft) : [],
      bytes: to ? weigh(to, this.#draft) : 0,
      results: this.#results.map(sentView),
      ...(to && { to: this.#toView(to) }),
      ...(this.#sending && { sending: { done: this.#sending.done, total: this.#sending.total } }),
      ...(this.#outcome && { outcome: this.#outcome }),
      ...(this.#notice && { notice: this.#notice }),
      ...(this.facts.replaces && !this.#replaced && { replaces: nameInUrl(this.facts.replaces.queueUrl) }),
    };
  }

  async handle(request: ComposeRequest): Promise<Notice | undefined> {
    switch (request.kind) {
      case 'ready':
        if (request.draft !== '') this.#draft = parseDraft(request.draft);
        this.#desk.changed();
        return this.#look();
      case 'check':
        this.#draft = parseDraft(request.draft);
        this.#desk.changed();
        return undefined;
      case 'send':
        this.#draft = parseDraft(request.draft);
        return this.#send();
      case 'stop':
        this.#sending?.stop.abort();
        return undefined;
      case 'dismiss':
        this.#notice = undefined;
        this.#desk.changed();
        return undefined;
      case 'copyResult':
        await this.#desk.copy(this.#results[request.place]?.id ?? '');
        return undefined;
      case 'offer':
        if (isOffer(request.offer)) await this.#desk.takeOffer(request.offer);
        return undefined;
    }
  }

  dispose(): void {
    this.#sending?.stop.abort();
  }

  /** What the destination wants may have changed since the form was last looked at. */
  async #look(): Promise<undefined> {
    try {
      const target = await this.#target();
      this.#real = isRealAccount(target);
      this.#to = await destinationOf({ target }, this.facts.to);
      if (this.#to === undefined) throw gone(this.facts.to);
      this.#phase = 'ready';
      this.#notice = undefined;
    } catch (error) {
      this.#phase = this.#to ? 'ready' : 'failed';
      this.#notice = this.#desk.explain(error);
    }
    this.#desk.changed();
  }

  async #target(): Promise<Target> {
    const target = await this.#desk.open();
    const { account, region, label } = this.facts;
    if (target.account === account && target.region === region) return target;
    throw new Refusal({
      what: `This form is for ${label}, account ${account} in ${region}, and the target now is ${target.label}, ${target.account} in ${target.region}.`,
      advice: 'Switch back to send it there. The text stays.',
      offers: [offer('switchTarget')],
    });
  }

  async #send(): Promise<Notice | undefined> {
    const to = this.#to;
    if (to === undefined || this.#sending) return undefined;
    const [problem] = problemsOf(to, this.#draft);
    if (problem) {
      this.#desk.changed();
      return { severity: 'warning', what: `Nothing was sent. ${problem.what}`, offers: [] };
    }
    this.#begin();
    try {
      const target = await this.#target();
      const draft = this.#draft;
      const watch = {
        signal: this.#stop.signal,
        onProgress: (done: number, total: number) => this.#progress(done, total),
      };
      const sent = await sendDraft(target, to, draft, watch);
      this.#results = sent;
      this.#outcome = { ...told(to, sent, Number(draft.count)), at: this.#desk.now().toISOString() };
      if (sent.length > 0 && sent.every(({ ok }) => ok)) await this.#replace(target);
    } catch (error) {
      this.#notice = this.#desk.explain(error);
    } finally {
      this.#sending = undefined;
      this.#desk.refresh.refresh({ kind: 'resource', found: this.facts.to });
      this.#desk.changed();
    }
    return undefined;
  }

  #stop = new AbortController();

  #begin(): void {
    this.#stop = new AbortController();
    this.#notice = undefined;
    this.#outcome = undefined;
    this.#results = [];
    this.#progress(0, Number(this.#draft.count));
  }

  #progress(done: number, total: number): void {
    this.#sending = { done, total, stop: this.#stop };
    this.#desk.changed();
  }

  /** The copy is accepted: now, and only now, the original goes. */
  async #replace(target: Target): Promise<void> {
    const { replaces } = this.facts;
    if (replaces === undefined || this.#replaced || this.#outcome === undefined) return;
    const from = nameInUrl(replaces.queueUrl);
    const why = await removeOriginal(target, replaces).catch((error: unknown) => this.#desk.explain(error).what);
    this.#replaced = why === undefined;
    const what =
      why === undefined
        ? `${this.#outcome.what} The original was deleted from ${from}.`
        : `${this.#outcome.what} The original is still in ${from}: ${why}`;
    this.#outcome = { ...this.#outcome, ok: why === undefined, what };
  }

  #toView({ kind, name, fifo, contentDeduplication, limit }: Destination): DestinationView {
    const { label, account, region } = this.facts;
    const where = this.#real ? `${label}, account ${account}, ${region}` : `${label}, ${region}`;
    return { kind, name, fifo, contentDeduplication, limit, where, real: this.#real };
  }
}

function gone({ kind, name }: Found): Refusal {
  return new Refusal({
    what: `The ${kinds[kind].label} ${name} is not there.`,
    advice: 'Somebody deleted it, or it is in another region. The text stays.',
  });
}

/** Undefined when it is gone, else why it is not. */
async function removeOriginal(target: Target, original: Original): Promise<string | undefined> {
  const { queueUrl, messageId, receiptHandle } = original;
  if (receiptHandle !== undefined) return deleteOriginal(target, queueUrl, receiptHandle);
  if (target.peek === undefined) return 'nobody has received it.';
  const { left } = await target.peek.act('delete', { queueUrl, region: target.region }, [messageId]);
  const [why] = left.map((each) => each.why);
  if (why === undefined || why === 'gone') return undefined;
  return why === 'in-flight' ? 'somebody else is working on it.' : 'its queue is gone.';
}

const units = { queue: 'message', topic: 'message', stream: 'record' } as const;

function told({ kind, name }: Destination, sent: readonly Sent[], total: number): { ok: boolean; what: string } {
  const accepted = sent.filter(({ ok }) => ok).length;
  const verb = kind === 'topic' ? 'Published' : kind === 'stream' ? 'Put' : 'Sent';
  const amount = (count: number) => `${count} ${units[kind]}${count === 1 ? '' : 's'}`;
  const where = `${kind === 'stream' ? 'into' : 'to'} ${name}`;
  if (accepted === total) return { ok: true, what: `${verb} ${total === 1 ? '' : `${amount(total)} `}${where}.` };
  const refused = sent.length - accepted;
  const left = total - sent.length;
  const parts = [
    `${verb} ${accepted} of ${amount(total)}`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(left > 0 ? [`${left} not tried, as you stopped it`] : []),
  ];
  return { ok: false, what: `${parts.join('; ')}.` };
}

function sentView(sent: Sent): SentView {
  return sent.ok ? { ok: true, id: sent.id, ...(sent.more !== undefined && { more: sent.more }) } : { ...sent };
}
