// The viewer's page on the host's side: what it asks for, and what it shows. One for each queue that is open.
import { isSortKey } from '../../peek/messageList.ts';
import type { SeenMessage } from '../../peek/model.ts';
import type { Notice, OfferId } from '../../protocol/message.ts';
import type { PeekRequest, PeekView } from '../../protocol/peek.ts';
import { offerLabels, Refusal } from '../explain.ts';
import type { RequestTable } from '../parseMessage.ts';
import type { Page } from '../webviewChannel.ts';
import { copyBodies, copyJson, openBody, saveLines } from './copyMessages.ts';
import type { PeekDesk } from './peekDesk.ts';
import type { PeekSession } from './peekSession.ts';
import { mostRows, peekView } from './peekView.ts';
import { redriveMessages, removeMessages, resendMessage } from './peekActs.ts';

export const peekRequests: RequestTable<PeekRequest> = {
  ready: {},
  see: { from: 'index', count: 'index', cursor: 'text' },
  search: { text: 'text' },
  sort: { by: 'id', order: 'id' },
  refresh: {},
  look: { price: 'index' },
  lookAnyway: { price: 'index' },
  stop: {},
  giveBack: {},
  open: { message: 'id' },
  close: {},
  toggle: { message: 'id' },
  chooseTo: { from: 'id', to: 'id' },
  chooseAll: {},
  chooseNone: {},
  copyBody: { message: 'text' },
  copyJson: { message: 'text' },
  save: { message: 'text' },
  redrive: { message: 'text' },
  remove: { message: 'text' },
  resend: { message: 'text' },
  openBody: { message: 'text' },
  viewDeadLetters: {},
  viewSource: { source: 'index' },
  dismiss: {},
  offer: { offer: 'id' },
};

export interface PeekPageOptions {
  readonly session: PeekSession;
  readonly desk: PeekDesk;
  /** Whether this is a real account. */
  real(): boolean;
  changed(): void;
}

export class PeekPage implements Page<PeekView, PeekRequest> {
  readonly requests = peekRequests;
  readonly session: PeekSession;
  readonly #options: PeekPageOptions;
  #from = 0;
  #count = 100;
  #cursor = '';
  #search = '';
  #opened: string | undefined;
  #chosen = new Set<string>();
  #choices = 0;
  #begun = false;

  constructor(options: PeekPageOptions) {
    this.#options = options;
    this.session = options.session;
  }

  view(): PeekView {
    this.#forgetGone();
    const { session } = this;
    const sight = {
      from: this.#from,
      count: this.#count,
      cursor: this.#cursor,
      search: this.#search,
      opened: this.#opened,
      chosen: this.#chosen,
      choices: this.#choices,
    };
    return peekView(session, sight, this.#options.real());
  }

  #forgetGone(): void {
    const { list } = this.session;
    for (const id of this.#chosen) if (list.find(id) === undefined) this.#chosen.delete(id);
    if (this.#opened !== undefined && list.find(this.#opened) === undefined) this.#opened = undefined;
  }

  async handle(request: PeekRequest): Promise<Notice | undefined> {
    const shown = await this.#act(request);
    this.#options.changed();
    return shown;
  }

  #act(request: PeekRequest): Promise<Notice | undefined> | undefined {
    const { session } = this;
    const { desk } = this.#options;
    switch (request.kind) {
      case 'ready':
        return this.#begin();
      case 'see':
        this.#from = request.from;
        this.#count = Math.min(request.count, mostRows);
        this.#cursor = request.cursor;
        return undefined;
      case 'search':
        this.#searchFor(request.text);
        return undefined;
      case 'sort':
        if (isSortKey(request.by)) session.list.sort({ by: request.by, descending: request.order === 'down' });
        return undefined;
      case 'refresh':
        return this.#refresh();
      case 'look':
      case 'lookAnyway':
        return session.look(request.price, request.kind === 'lookAnyway').then(nothing);
      case 'stop':
        session.stop();
        return undefined;
      case 'giveBack':
        return session.giveBack().then(nothing);
      case 'open':
        this.#opened = this.#cursor = request.message;
        return undefined;
      case 'close':
        this.#opened = undefined;
        return undefined;
      case 'toggle':
        this.#cursor = request.message;
        if (!this.#chosen.delete(request.message)) this.#chosen.add(request.message);
        this.#choices++;
        return undefined;
      case 'chooseTo':
        this.#chooseTo(request.from, request.to);
        return undefined;
      case 'chooseAll':
        this.#chosen = new Set(session.list.shown(session.now()).map(({ id }) => id));
        this.#choices++;
        session.say(`${this.#chosen.size} chosen.`);
        return undefined;
      case 'chooseNone':
        this.#chosen.clear();
        this.#choices++;
        session.say('None chosen.');
        return undefined;
      case 'copyBody':
        return copyBodies(desk, session, this.#meant(request.message)).then(nothing);
      case 'copyJson':
        return copyJson(desk, session, this.#meant(request.message)).then(nothing);
      case 'save':
        return saveLines(
          desk,
          session,
          this.#chosen.size > 0 ? this.#meant('') : [...session.list.shown(session.now())],
        );
      case 'openBody':
        return openBody(desk, this.#one(request.message)).then(nothing);
      case 'resend':
        return resendMessage(desk, session, this.#one(request.message)).then(nothing);
      case 'redrive':
        return redriveMessages(desk, session, this.#meant(request.message), this.#options.real()).then(nothing);
      case 'remove':
        return removeMessages(desk, session, this.#meant(request.message), this.#options.real()).then(nothing);
      case 'viewDeadLetters':
      case 'viewSource':
        this.#viewOther(request.kind === 'viewSource' ? request.source : undefined);
        return undefined;
      case 'dismiss':
        session.notice = undefined;
        return undefined;
      case 'offer':
        return this.#takeOffer(request.offer);
    }
  }

  /** The page asks anew whenever it comes back to sight; the queue is read for the first time only. */
  async #begin(): Promise<undefined> {
    const first = !this.#begun;
    this.#begun = true;
    if (first) await this.session.refresh(this.session.phase === 'loading' ? 'asked' : 'after');
  }

  async #refresh(): Promise<undefined> {
    await this.session.refresh();
  }

  #searchFor(text: string): void {
    const { list } = this.session;
    this.#search = text;
    this.#from = 0;
    list.search(text);
    const found = list.shown(this.session.now()).length;
    if (list.filtered) this.session.say(found === 1 ? '1 message found.' : `${found} messages found.`);
  }

  #chooseTo(from: string, to: string): void {
    const { list } = this.session;
    const now = this.session.now();
    this.#choices++;
    const [start = 0, end = 0] = [list.placeOf(from, now), list.placeOf(to, now)].toSorted((a, b) => a - b);
    this.#chosen = new Set(
      list
        .shown(now)
        .slice(Math.max(0, start), end + 1)
        .map(({ id }) => id),
    );
  }

  /** The chosen ones in the order they are shown in; none chosen: the one named. */
  #meant(id: string): readonly SeenMessage[] {
    const { list } = this.session;
    if (this.#chosen.size === 0) return [this.#one(id)];
    const shown = list.shown(this.session.now()).filter((message) => this.#chosen.has(message.id));
    const hidden = [...this.#chosen].map((each) => list.find(each)).filter((each) => each !== undefined);
    return [...new Set([...shown, ...hidden])];
  }

  #one(id: string): SeenMessage {
    const message = this.session.list.find(id);
    if (message === undefined) throw new Refusal({ what: 'Choose a message first.', severity: 'info' });
    return message;
  }

  #viewOther(source: number | undefined): void {
    const { facts } = this.session;
    const other = source === undefined ? facts?.redrive : facts?.sources[source];
    if (other?.url === undefined)
      throw new Refusal({ what: 'That queue cannot be found: it was deleted, or may not be read.' });
    this.#options.desk.view({ name: other.name, url: other.url });
  }

  async #takeOffer(id: string): Promise<undefined> {
    if (isOffer(id)) await this.#options.desk.takeOffer(id);
  }
}

const isOffer = (id: string): id is OfferId => Object.hasOwn(offerLabels, id);
const nothing = (): undefined => undefined;
