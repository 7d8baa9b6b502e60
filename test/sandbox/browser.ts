// A browser as far as signing on needs one: follows redirections, keeps cookies by host, and sends the forms it is shown.
// Names under .localhost are loopback here, whatever this machine's resolver says.
import { request } from 'node:http';

export interface Shown {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Browser {
  /** Until a page is shown, or an address is met that begins with `stopAt`: that is then its URL. */
  open(
    url: string,
    options?: { readonly form?: Readonly<Record<string, string>>; readonly stopAt?: string },
  ): Promise<Shown>;
  /** Sends the first form of a page, with these fields changed. */
  submit(
    page: Shown,
    fields?: Readonly<Record<string, string>>,
    options?: { readonly stopAt?: string },
  ): Promise<Shown>;
}

export function openBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();

  const open: Browser['open'] = async (url, { form, stopAt } = {}) => {
    let [next, body, origin] = [new URL(url), form && new URLSearchParams(form).toString(), form && 'null'];
    for (let hops = 0; hops < 10; hops++) {
      if (stopAt !== undefined && next.href.startsWith(stopAt))
        return { status: 0, url: next.href, headers: {}, text: '' };
      const jar = jars.get(next.host) ?? new Map<string, string>();
      jars.set(next.host, jar);
      const shown = await ask(next, jar, body, origin);
      for (const cookie of [shown.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/max-age=0/i.test(cookie)) jar.delete(name);
        else jar.set(name, value);
      }
      const location = shown.headers['location'];
      if (typeof location !== 'string' || shown.status < 300 || shown.status >= 400) return shown;
      [next, body, origin] = [new URL(location, next), undefined, undefined];
    }
    throw new Error('too many redirections');
  };

  return {
    open,
    submit(page, fields = {}, options = {}) {
      const action = /<form[^>]*\baction="([^"]*)"/.exec(page.text)?.[1] ?? '';
      const inputs = [...page.text.matchAll(/<input\b[^>]*>/g)].map(([input]) => ({
        name: attribute(input, 'name') ?? '',
        value: attribute(input, 'value') ?? '',
        left: /type="radio"/.test(input) && !/\schecked/.test(input),
      }));
      const given = Object.fromEntries(inputs.filter(({ left }) => !left).map(({ name, value }) => [name, value]));
      return open(new URL(unescaped(action), page.url).href, { form: { ...given, ...fields }, ...options });
    },
  };
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

export const unescaped = (text: string): string =>
  text.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code))).replaceAll('&amp;', '&');

function ask(
  url: URL,
  jar: ReadonlyMap<string, string>,
  body: string | undefined,
  origin: string | undefined,
): Promise<Shown> {
  return new Promise((done, failed) => {
    const headers = {
      Host: url.host,
      ...(jar.size > 0 && { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(origin !== undefined && { Origin: origin }),
    };
    const asked = request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        method: body === undefined ? 'GET' : 'POST',
        headers,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            url: url.href,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    asked.on('error', failed).end(body);
  });
}
