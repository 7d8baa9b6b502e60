// Which service and operation a request means: by its target header, by its form's Action, else by its path.
import type { Hosted, Hosting } from '../hosting.ts';
import { header, type WireRequest } from './exchange.ts';
import type { Operation } from './model.ts';
import type { Protocol } from './protocol.ts';
import { formOf } from './queryProtocol.ts';
import type { Claimed } from './sigv4.ts';

export interface Route {
  readonly hosted: Hosted;
  readonly protocol: Protocol;
  /** As asked for; '' where a path fits no operation. */
  readonly name: string;
  readonly operation: Operation | undefined;
  /** Where a handler of another name than the operation's does it. */
  readonly handler?: string;
}

/** Undefined: no service of the sandbox is meant. */
export type Router = (request: WireRequest, claimed: Claimed) => Route | undefined | Promise<Route | undefined>;

export function createRouter(hosting: Hosting): Router {
  const targets = new Map<string, Route>();
  const byTarget = new Map(
    hosting.descriptions.flatMap(({ target, name }) => (target ? [[target, name] as const] : [])),
  );
  const bySigning = new Map(
    hosting.descriptions.flatMap(({ signing, name }) => signing.map((one) => [one, name] as const)),
  );

  const targeted = async (target: string): Promise<Route | undefined> => {
    const dot = target.lastIndexOf('.');
    const service = byTarget.get(target.slice(0, dot));
    const hosted = service && (await hosting.load(service));
    if (!hosted) return undefined;
    const name = target.slice(dot + 1);
    const route: Route = { hosted, protocol: hosted.protocol, name, operation: hosted.model.operations.get(name) };
    if (route.operation) targets.set(target, route);
    return route;
  };

  // In the same turn where the service is loaded, which is nearly always.
  const named = (
    request: WireRequest,
    claimed: Claimed,
    action: string,
  ): Route | undefined | Promise<Route | undefined> => {
    const service =
      (claimed.kind === 'claim' && bySigning.get(claimed.claim.service)) || unsignedService(hosting, request, action);
    if (!service) return undefined;
    const ready = hosting.ready(service);
    if (ready) return actionOf(ready, action);
    return hosting.load(service).then((hosted) => hosted && actionOf(hosted, action));
  };

  const pathed = async (request: WireRequest, claimed: Claimed): Promise<Route | undefined> => {
    const service =
      claimed.kind === 'claim'
        ? bySigning.get(claimed.claim.service)
        : hosting.descriptions.find((one) => one.bucket)?.name;
    const hosted = service ? await hosting.load(service) : undefined;
    if (!hosted) return undefined;
    const { protocol } = hosted;
    if (!protocol.dialect.startsWith('rest')) return { hosted, protocol, name: '', operation: undefined };
    const { matchRest } = await import('./restRoutes.ts');
    const operation = matchRest(hosted.model, request);
    return { hosted, protocol, name: operation?.name ?? '', operation };
  };

  return (request, claimed) => {
    const target = header(request, 'x-amz-target');
    if (target !== undefined) return targets.get(target) ?? targeted(target);
    const action = mayBeForm(request) ? formOf(request).get('Action') : undefined;
    return action === undefined ? pathed(request, claimed) : named(request, claimed, action);
  };
}

const actionOf = (hosted: Hosted, action: string): Route => ({
  hosted,
  protocol: hosted.query ?? hosted.protocol,
  name: action,
  operation: hosted.model.operations.get(action),
});

const mayBeForm = (request: WireRequest): boolean =>
  request.query.includes('Action=') ||
  (request.method === 'POST' &&
    (header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded') ?? false));

/** Links in mails carry no signature: the API's version tells the service, else the one that lets anybody do this. */
function unsignedService(hosting: Hosting, request: WireRequest, action: string): string | undefined {
  const version = formOf(request).get('Version');
  const found =
    hosting.descriptions.find((one) => one.version === version && ['query', 'ec2'].includes(one.protocol)) ??
    hosting.descriptions.find((one) => one.version === version && one.alsoQuery) ??
    hosting.descriptions.find((one) => Array.isArray(one.anonymous) && one.anonymous.includes(action)) ??
    hosting.descriptions.find((one) => one.urlMember && request.path.length > 1);
  return found?.name;
}
