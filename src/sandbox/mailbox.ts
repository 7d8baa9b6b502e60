// Mail that the sandbox's services send: kept here, never sent anywhere. The learner reads it and follows its links.

export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** ISO 8601, sandbox time. */
  readonly date: string;
  readonly read: boolean;
}

export interface Mailbox {
  deliver(mail: Omit<Mail, 'id' | 'date' | 'read'> & { readonly date?: string }): Mail;
  /** Newest last. */
  list(): readonly Mail[];
  read(id: string): Mail | undefined;
  remove(id: string): boolean;
  clear(): void;
  restore(mails: readonly Mail[]): void;
}

/** More than this many: the oldest go. */
const kept = 1000;

export function createMailbox(now: () => number, id: () => string, changed: () => void): Mailbox {
  let mails: Mail[] = [];
  return {
    deliver(mail) {
      const delivered: Mail = { date: new Date(now()).toISOString(), ...mail, id: id(), read: false };
      mails.push(delivered);
      if (mails.length > kept) mails.shift();
      changed();
      return delivered;
    },
    list: () => mails,
    read(wanted) {
      mails = mails.map((mail) => (mail.id === wanted ? { ...mail, read: true } : mail));
      changed();
      return mails.find((mail) => mail.id === wanted);
    },
    remove(wanted) {
      const left = mails.filter((mail) => mail.id !== wanted);
      const removed = left.length < mails.length;
      mails = left;
      if (removed) changed();
      return removed;
    },
    clear() {
      mails = [];
    },
    restore(restored) {
      mails = [...restored];
    },
  };
}
