// Pages that the sandbox shows in a browser: sign-in pages and their like. Text becomes HTML only through the tag `html`, which escapes
// whatever is put in; a page may load nothing, and runs no script but the one line that sends a form on.
import { randomBytes } from 'node:crypto';
import type { WebAnswer, WebRequest } from './service.ts';

export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | undefined;

export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, at) => text + (at < parts.length ? shown(parts[at]) : '')).join(''),
});

function shown(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map((one) => one.html).join('');
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export interface PageWish {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Where its forms may lead, redirections included: sources as in a Content-Security-Policy. */
  readonly formsTo?: readonly string[];
  /** The first form is sent at once. */
  readonly sendForm?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f3f4f6, #16181d); color: light-dark(#1c1f24, #e6e8eb); }
main { max-width: 46rem; margin: 3rem auto; padding: 2rem; border-radius: 12px; background: light-dark(#fff, #20232a); box-shadow: 0 1px 8px #0003; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
input, select, button, .button { font: inherit; padding: .5rem .8rem; border-radius: 6px; border: 1px solid #8888; background: transparent; color: inherit; }
label { display: block; margin: .6rem 0; } input:not([type=radio]), select { display: block; width: 100%; box-sizing: border-box; margin-top: .2rem; }
button, .button { background: #0b6bcb; border-color: #0b6bcb; color: #fff; cursor: pointer; text-decoration: none; display: inline-block; margin: .3rem .3rem .3rem 0; }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
.error { border-left: 4px solid #d33; padding: .5rem 1rem; background: #d331; } .note { opacity: .75; font-size: .9rem; }
pre { overflow: auto; padding: .8rem; background: #8881; border-radius: 6px; } code { overflow-wrap: anywhere; }
`;

const sender = 'document.forms[0].submit()';

export function page({ title, body, status = 200, formsTo = [], sendForm = false, headers = {} }: PageWish): WebAnswer {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(sendForm ? [`script-src 'nonce-${nonce}'`] : []),
    `form-action ${formsTo.length > 0 ? formsTo.join(' ') : "'none'"}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const script = sendForm ? `<script nonce="${nonce}">${sender}</script>` : '';
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      ...headers,
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body.html}</main>${script}</body></html>`,
  };
}

/** A form that goes on to another place by itself: SAML by HTTP-POST. */
export function postOn(action: string, fields: Readonly<Record<string, string | undefined>>, title: string): WebAnswer {
  const inputs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`],
  );
  return page({
    title,
    // Where the receiver sends the browser on to counts too, and that is any address of an app.
    formsTo: ['http:', 'https:'],
    sendForm: true,
    body: html`<form method="post" action="${action}">${inputs}<button>Continue</button></form>`,
  });
}

export const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): WebAnswer => ({
  status: 302,
  headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', ...headers },
  body: '',
});

export const errorPage = (status: number, title: string, message: string): WebAnswer =>
  page({ title, status, body: html`<p class="error" role="alert">${message}</p>` });

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WebAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json;charset=UTF-8', 'Cache-Control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

const longestForm = 1_000_000;

/** What a form posted; empty where it is too long. */
export const formOf = ({ body }: WebRequest): URLSearchParams =>
  new URLSearchParams(body.length > longestForm ? '' : Buffer.from(body).toString('utf8'));

export const queryOf = ({ query }: WebRequest): URLSearchParams => new URLSearchParams(query);

export const cookieOf = (request: WebRequest, name: string): string | undefined =>
  request
    .header('cookie')
    ?.split(/;\s*/)
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** For the host alone, and not for scripts. */
export const setCookie = (name: string, value: string, seconds: number): Readonly<Record<string, string>> => ({
  'Set-Cookie': `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`,
});
