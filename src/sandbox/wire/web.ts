// What browsers ask without signing: websites at hosts of their own, and requests that pages of other origins make where a service says
// that they may. Everything else that a web page asks is turned away before it comes here (see hosts.ts).
import type { Hosted, Hosting } from '../hosting.ts';
import type { Greeting, WebAnswer, WebRequest } from '../service.ts';
import type { Outcome } from './dispatch.ts';
import { isFormPost } from './formPost.ts';
import { header, type WireAnswer, type WireRequest } from './exchange.ts';
import type { Serve } from './server.ts';
import { addressOf } from './restRoutes.ts';

export interface Web {
  readonly serve: Serve;
  /** Whether a web page may ask this. */
  isPublic(request: WireRequest): boolean;
}

export function createWeb(hosting: Hosting, operations: Serve, id: () => string): Web {
  return {
    isPublic: (request) =>
      siteOf(hosting, request) !== undefined ||
      // Pages are what upload forms are for: the policy signed inside decides, or the bucket's own.
      isFormPost(request) ||
      (!request.path.startsWith('/_sandbox') && welcome(hosting, request, '') !== undefined),
    serve(request, connection) {
      const site = siteOf(hosting, request);
      if (site !== undefined) return answerSite(hosting, site, webRequest(request, id()));
      const greeting = mayBeForeign(request) ? welcome(hosting, request, id()) : undefined;
      if (greeting === undefined) return operations(request, connection);
      return greeting.kind === 'answer'
        ? Promise.resolve(answerOf(greeting.answer))
        : withHeaders(operations(request, connection), greeting.headers);
    },
  };
}

const siteOf = (hosting: Hosting, { host }: WireRequest): string | undefined =>
  hosting.descriptions.find(({ sites }) => sites?.test(host.replace(/:\d+$/, '').toLowerCase()))?.name;

async function answerSite(hosting: Hosting, name: string, request: WebRequest): Promise<WireAnswer> {
  const answer = await (await hosting.load(name))?.service?.site?.(request);
  return answerOf(answer ?? { status: 404, headers: {}, body: 'There is no such site.\n' });
}

const answerOf = ({ status, headers, body }: WebAnswer): WireAnswer => ({ status, headers: { ...headers }, body });

const mayBeForeign = ({ method, headers }: WireRequest): boolean =>
  headers.origin !== undefined || method === 'OPTIONS';

/** The first service that takes the request for its own. */
function welcome(hosting: Hosting, request: WireRequest, requestId: string): Greeting | undefined {
  for (const { name } of hosting.descriptions) {
    const hosted = hosting.ready(name);
    const greeting = hosted?.service?.welcome?.(addressed(hosted, request, requestId));
    if (greeting !== undefined) return greeting;
  }
  return undefined;
}

function addressed({ model }: Hosted, request: WireRequest, requestId: string): WebRequest {
  const { bucket, path } = addressOf(model, request);
  return { ...webRequest(request, requestId), path, ...(bucket !== undefined && { bucket }) };
}

const webRequest = (request: WireRequest, requestId: string): WebRequest => ({
  method: request.method,
  host: request.host,
  path: request.path,
  query: request.query,
  requestId,
  body: request.body,
  header: (name) => header(request, name),
});

async function withHeaders(answer: ReturnType<Serve>, headers: Readonly<Record<string, string>>): Promise<Outcome> {
  const outcome = await answer;
  return outcome === 'drop' ? outcome : { ...outcome, headers: { ...outcome.headers, ...headers } };
}
