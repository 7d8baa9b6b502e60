// Unsigned GETs that are no AWS operation: what a service puts on the web at a path of its own, such as a certificate.
import type { Hosting } from '../hosting.ts';
import type { WireAnswer, WireRequest } from './exchange.ts';

/** Undefined: no service has this path. */
export function findPage(hosting: Hosting, request: WireRequest): Promise<WireAnswer> | undefined {
  if (request.method !== 'GET') return undefined;
  const owner = hosting.descriptions.find(({ pages }) => pages?.test(request.path));
  return owner && answer(hosting, owner.name, request);
}

async function answer(hosting: Hosting, name: string, request: WireRequest): Promise<WireAnswer> {
  const service = (await hosting.load(name))?.service;
  const page = service?.page?.(request.path, new URLSearchParams(request.query));
  const headers = { 'Content-Type': page?.type ?? 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return { status: page === undefined ? 404 : 200, headers, body: page?.body ?? 'There is no such page.\n' };
}
