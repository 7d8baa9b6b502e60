// A browser as far as signing in at the sandbox needs one: it follows redirections, keeps cookies by host, and sends the forms it is shown.
// In: an address. Out: the page it ends at, or the address that leads out of the sandbox, which is where an app would take over.
// Never: asks anything but the sandbox itself. Names under .localhost are loopback here, whatever this machine's resolver says.
import { request } from 'node:http';

export interface ShownPage {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/** `left`: an address outside the sandbox; nobody was asked there. */
export type Visit =
  { readonly kind: 'page'; readonly page: ShownPage } | { readonly kind: 'left'; readonly url: string };

export interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Way {
  readonly form?: Form['fields'];
  readonly leaveAt?: string;
  /** An access token, for what an app asks. */
  readonly token?: string;
}

const mostHops = 12;
const patience = 20_000;
const longestPage = 4 * 1_048_576;

export class LoopbackBrowser {
  readonly #sandbox: URL;
  readonly #signal: AbortSignal | undefined;
  readonly #jars = new Map<string, Map<string, string>>();

  constructor(endpoint: string, signal?: AbortSignal) {
    this.#sandbox = new URL(endpoint);
    this.#signal = signal;
  }

  /** Follows redirections; one that begins with `leaveAt` is the app's, even where the app is on this machine. */
  async open(url: string, { form, leaveAt, token }: Way = {}): Promise<Visit> {
    let next = new URL(url);
    let body = form && new URLSearchParams(form).toString();
    for (let hop = 0; hop < mostHops; hop++) {
      if (!this.#isSandbox(next) || (leaveAt !== undefined && next.href.startsWith(leaveAt)))
        return { kind: 'left', url: next.href };
      const { page, location } = await this.#ask(next, body, token);
      if (location === undefined) return { kind: 'page', page };
      next = new URL(location, next);
      body = undefined;
    }
    throw new Error(`The sandbox's pages sent the browser on more than ${mostHops} times.`);
  }

  #isSandbox({ protocol, hostname, port }: URL): boolean {
    const isOurs = hostname === this.#sandbox.hostname || hostname === 'localhost' || hostname.endsWith('.localhost');
    return protocol === 'http:' && port === this.#sandbox.port && isOurs;
  }

  async #ask(
    url: URL,
    body: string | undefined,
    token: string | undefined,
  ): Promise<{ page: ShownPage; location: string | undefined }> {
    const jar = this.#jars.get(url.host) ?? new Map<string, string>();
    this.#jars.set(url.host, jar);
    const answer = await this.#send(url, jar, body, token);
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/;\s*max-age=0\b/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    const moved = answer.status >= 300 && answer.status < 400;
    return {
      page: { url: url.href, status: answer.status, text: answer.text },
      location: moved ? answer.location : undefined,
    };
  }

  #send(
    url: URL,
    jar: ReadonlyMap<string, string>,
    body: string | undefined,
    token: string | undefined,
  ): Promise<{ status: number; text: string; location: string | undefined; cookies: readonly string[] }> {
    const headers = {
      Host: url.host,
      ...(jar.size > 0 && { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      // As browsers say it of a page that tells nobody where it is.
      ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'null' }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: this.#sandbox.hostname,
          port: this.#sandbox.port,
          path: url.pathname + url.search,
          method: body === undefined ? 'GET' : 'POST',
          headers,
          timeout: patience,
          ...(this.#signal && { signal: this.#signal }),
        },
        (response) => {
          const chunks: Buffer[] = [];
          let length = 0;
          response.on('data', (chunk: Buffer) => {
            length += chunk.length;
            if (length > longestPage) asked.destroy(new Error('A page of the sandbox is too long.'));
            else chunks.push(chunk);
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
              location: response.headers.location,
              cookies: response.headers['set-cookie'] ?? [],
            }),
          );
        },
      );
      asked.on('timeout', () => asked.destroy(new Error('The sandbox does not answer.')));
      asked.on('error', reject).end(body);
    });
  }
}

/** The first form of a page, filled as the page fills it. */
export function formOf({ url, text }: ShownPage): Form | undefined {
  const [whole, tag = ''] = /<form\b([^>]*)>[\s\S]*?<\/form>/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const inputs = [...whole.matchAll(/<input\b[^>]*>/g)].map(([input]) => input);
  const sent = inputs.filter((input) => !/\btype="(?:radio|checkbox)"/.test(input) || /\schecked\b/.test(input));
  const selects = [...whole.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].map(([, head = '', options = '']) => {
    const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => option);
    const chosen = all.find((option) => /\sselected\b/.test(option)) ?? all[0] ?? '';
    return [attributeOf(head, 'name') ?? '', attributeOf(chosen, 'value') ?? ''] as const;
  });
  return {
    action: new URL(attributeOf(tag, 'action') ?? '', url).href,
    fields: Object.fromEntries([
      ...sent.map((input) => [attributeOf(input, 'name') ?? '', attributeOf(input, 'value') ?? ''] as const),
      ...selects,
    ]),
  };
}

function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(` ${tag}`)?.[1];
  return found === undefined ? undefined : plain(found);
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const plain = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_all, code: string | undefined, name: string | undefined) =>
    code === undefined ? (named[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  );

/** What a page says to a person: its heading, and its text without markup. */
export function wordsOf({ text }: ShownPage): { readonly title: string; readonly words: string } {
  const title = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(text)?.[1] ?? '').trim();
  const main = /<main[^>]*>([\s\S]*?)<\/main>/.exec(text)?.[1] ?? '';
  const words = plain(main.replace(/<h1[\s\S]*?<\/h1>/, '').replaceAll(/<[^>]*>/g, ' '));
  return { title, words: words.replaceAll(/\s+/g, ' ').trim() };
}
