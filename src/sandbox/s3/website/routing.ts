// A website's redirections: of everything, and by its routing rules.
import type { RedirectAllRequestsTo, RoutingRule } from '@aws-sdk/client-s3';
import type { WebAnswer, WebRequest } from '../../service.ts';

export const redirectionOfAll = (
  { HostName, Protocol }: RedirectAllRequestsTo,
  path: string,
  request: WebRequest,
): WebAnswer =>
  redirection(301, `${Protocol ?? 'http'}://${HostName ?? request.host}/${encodeURI(path)}${queryOf(request)}`);

const queryOf = ({ query }: WebRequest): string => (query === '' ? '' : `?${query}`);

/** The first rule that fits; `status`: the error on the way, undefined before the object is looked for. */
export function redirectFor(
  rules: readonly RoutingRule[] | undefined,
  path: string,
  status: number | undefined,
  request: WebRequest,
): WebAnswer | undefined {
  const rule = rules?.find((one) => fits(one, path, status));
  if (!rule?.Redirect) return undefined;
  const { Protocol, HostName, HttpRedirectCode, ReplaceKeyPrefixWith: prefix, ReplaceKeyWith: whole } = rule.Redirect;
  const start = rule.Condition?.KeyPrefixEquals ?? '';
  const key = whole ?? (prefix === undefined ? path : `${prefix}${path.slice(start.length)}`);
  const location = `${Protocol ?? 'http'}://${HostName ?? request.host}/${encodeURI(key)}`;
  return redirection(Number(HttpRedirectCode ?? 301), location);
}

function fits({ Condition: condition }: RoutingRule, path: string, status: number | undefined): boolean {
  const error = condition?.HttpErrorCodeReturnedEquals;
  // Rules about errors wait for the error; the others are asked before.
  if (error === undefined ? status !== undefined : Number(error) !== status) return false;
  return path.startsWith(condition?.KeyPrefixEquals ?? '');
}

const redirection = (status: number, location: string): WebAnswer => ({
  status,
  headers: { Location: location.replace(/[\r\n]/g, '') },
  body: '',
});
