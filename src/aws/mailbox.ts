// The sandbox's mailbox, over its admin path. In: the sandbox's address. Out: the mails SNS has sent.
// Never: follows a link that leads out of the sandbox.
import { classifyError } from './classifyError.ts';
import type { Mail, MailboxClient } from './target.ts';

const attempts = 3;

export function mailboxClient(endpoint: string): MailboxClient {
  const base = `${endpoint}/_sandbox/mailbox`;
  /** All of these may be done twice without harm, so a broken connection or a failing service is tried again. */
  const ask = async (url: string, init: RequestInit = {}, attempt = 1): Promise<Response> => {
    const answer = await fetch(url, init).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      if (attempt >= attempts)
        throw classifyError(error, { operation: 'the mailbox', region: '', endpoint, sandbox: true });
      return undefined;
    });
    if (answer?.ok) return answer;
    if (attempt < attempts && (!answer || answer.status >= 500 || answer.status === 429 || answer.status === 400))
      return ask(url, init, attempt + 1);
    throw new Error(`${init.method ?? 'GET'} of the mailbox answered ${answer?.status ?? 'nothing'}.`);
  };
  return {
    async list(signal) {
      const body: unknown = await (await ask(base, signal ? { signal } : {})).json();
      return parseMails(body);
    },
    async markRead(id) {
      await (await ask(`${base}/${encodeURIComponent(id)}/read`, { method: 'POST' })).arrayBuffer();
    },
    async remove(id) {
      await (await ask(`${base}/${encodeURIComponent(id)}`, { method: 'DELETE' })).arrayBuffer();
    },
    async follow(url, signal) {
      if (new URL(url).origin !== new URL(endpoint).origin)
        throw new Error('This link leads out of the sandbox; it was not followed.');
      await (await ask(url, signal ? { signal } : {})).arrayBuffer();
    },
  };
}

function parseMails(body: unknown): readonly Mail[] {
  const messages = record(body)['messages'];
  return (Array.isArray(messages) ? messages : []).map((message: unknown) => {
    const { id, to, from, subject, body: text, links, date, read } = record(message);
    return {
      id: String(id),
      to: String(to),
      from: String(from),
      subject: String(subject),
      body: String(text),
      date: String(date),
      read: read === true,
      links: (Array.isArray(links) ? links : []).map((link: unknown) => ({
        label: String(record(link)['label']),
        url: String(record(link)['url']),
      })),
    };
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
