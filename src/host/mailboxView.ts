import type * as vscode from 'vscode';
import type { Mail, MailboxClient } from '../aws/target.ts';
import type { MailboxRequest, MailboxView, MailLink } from '../protocol/mailbox.ts';
import type { Notice } from '../protocol/message.ts';
import { Refusal } from './explain.ts';
import type { RequestTable } from './parseMessage.ts';
import { takeOffer } from './showNotice.ts';
import { showPage } from './showPage.ts';
import type { Targets } from './targets.ts';
import { WebviewChannel } from './webviewChannel.ts';

export interface MailboxDesk {
  readonly targets: Targets;
  copy(text: string): PromiseLike<void>;
  explain(error: unknown): Notice;
}

const requests: RequestTable<MailboxRequest> = {
  ready: {},
  refresh: {},
  wake: {},
  showLog: {},
  switchTarget: {},
  read: { mail: 'id' },
  remove: { mail: 'id' },
  copyBody: { mail: 'id' },
  follow: { mail: 'id', link: 'index' },
};

/** How often the mailbox is looked at while it is in sight. */
const everyMs = 1500;

/** The mails that the sandbox's services sent. Links are followed here, and only into the sandbox itself. */
export class MailboxPage implements vscode.WebviewViewProvider {
  readonly #desk: MailboxDesk;
  readonly #extension: vscode.Uri;
  readonly #outcomes = new Map<string, Omit<MailLink, 'label'>>();
  #mails: readonly Mail[] = [];
  #notice: Notice | undefined;
  #listed = false;
  #view: vscode.WebviewView | undefined;
  #channel: WebviewChannel<MailboxView, MailboxRequest> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(extension: vscode.Uri, desk: MailboxDesk) {
    this.#extension = extension;
    this.#desk = desk;
    desk.targets.moved.on(() => {
      this.#listed = false;
      this.#mails = [];
    });
    desk.targets.changes.on(() => void this.refresh());
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const page = { requests, view: () => this.#draw(), handle: (request: MailboxRequest) => this.#handle(request) };
    const channel = new WebviewChannel<MailboxView, MailboxRequest>(view.webview, page, this.#desk.explain);
    this.#channel = channel;
    view.onDidChangeVisibility(() => this.#watch());
    view.onDidDispose(() => {
      channel.dispose();
      clearInterval(this.#timer);
      this.#view = undefined;
    });
    showPage(view.webview, this.#extension, 'mailbox', 'Sandbox mailbox');
    this.#watch();
  }

  /** Lists the mails again. Does not start the sandbox: what sleeps has sent nothing. Answers how many there are. */
  async refresh(): Promise<number> {
    const client = this.#desk.targets.current?.mailbox;
    try {
      if (client) await this.#list(client);
      this.#notice = undefined;
    } catch (error) {
      if (client === this.#desk.targets.current?.mailbox) this.#notice = this.#desk.explain(error);
    }
    this.#show();
    return this.#mails.length;
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  async #list(client: MailboxClient): Promise<void> {
    const mails = await client.list(AbortSignal.timeout(5000));
    if (client !== this.#desk.targets.current?.mailbox) return;
    this.#mails = mails;
    this.#listed = true;
  }

  #watch(): void {
    clearInterval(this.#timer);
    if (this.#view?.visible !== true) return;
    void this.refresh();
    this.#timer = setInterval(() => void this.refresh(), everyMs);
  }

  #shown = '';

  /** Nothing is sent while nothing changed: the page keeps its focus and a screen reader its peace. */
  #show(always = false): void {
    const drawn = JSON.stringify(this.#draw());
    if (!always && drawn === this.#shown) return;
    this.#shown = drawn;
    this.#channel?.changed();
    const unread = this.#mails.filter(({ read }) => !read).length;
    if (this.#view) this.#view.badge = unread === 0 ? undefined : { value: unread, tooltip: `${unread} unread` };
  }

  #draw(): MailboxView {
    const { choice, current, view } = this.#desk.targets;
    const state =
      choice.kind !== 'sandbox'
        ? 'elsewhere'
        : current === undefined
          ? 'asleep'
          : this.#notice
            ? 'failed'
            : this.#listed
              ? 'ready'
              : 'loading';
    return {
      state,
      target: view.label,
      mails: this.#mails.map((mail) => this.#mailView(mail)).toReversed(),
      ...(this.#notice && { notice: this.#notice }),
    };
  }

  #mailView({ id, from, to, subject, body, date, read, links }: Mail): MailboxView['mails'][number] {
    const outcome = (link: number) => this.#outcomes.get(`${id}#${link}`);
    return {
      id,
      from,
      to,
      subject,
      body,
      date,
      read,
      links: links.map(({ label }, link) => ({ label, ...outcome(link) })),
    };
  }

  async #handle(request: MailboxRequest): Promise<Notice | undefined> {
    switch (request.kind) {
      case 'ready':
        this.#show(true);
        return undefined;
      case 'refresh':
        await this.refresh();
        return undefined;
      case 'wake':
        await this.#desk.targets.open();
        return undefined;
      case 'showLog':
      case 'switchTarget':
        await takeOffer(request.kind);
        return undefined;
      case 'read':
        return this.#change((client) => client.markRead(request.mail));
      case 'remove':
        return this.#change((client) => client.remove(request.mail));
      case 'copyBody':
        await this.#desk.copy(this.#mail(request.mail).body);
        return undefined;
      case 'follow':
        return this.#follow(request.mail, request.link);
    }
  }

  #mail(id: string): Mail {
    const mail = this.#mails.find((each) => each.id === id);
    if (mail === undefined) throw new Refusal({ what: 'This mail is no longer there.' });
    return mail;
  }

  async #change(act: (client: MailboxClient) => Promise<void>): Promise<undefined> {
    const client = this.#desk.targets.current?.mailbox;
    if (client) await act(client);
    await this.refresh();
  }

  async #follow(id: string, link: number): Promise<undefined> {
    const url = this.#mail(id).links[link]?.url;
    const client = this.#desk.targets.current?.mailbox;
    if (url === undefined || client === undefined) return;
    const say = (outcome: MailLink['outcome'] & string, said?: string) => {
      this.#outcomes.set(`${id}#${link}`, { outcome, ...(said === undefined ? {} : { said }) });
      this.#show();
    };
    say('following');
    await client.follow(url, AbortSignal.timeout(10_000)).then(
      () => say('done'),
      (error: unknown) => say('failed', this.#desk.explain(error).what),
    );
    await client.markRead(id);
    await this.refresh();
  }
}
