// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
import { textOf, type Asks } from './ask.ts';

/** Needs no permission, or has rules of its own about session credentials. */
const free = new Set(['GetCallerIdentity', 'GetSessionToken', 'GetFederationToken']);

export const stsAsks: Asks = (operation, input) => {
  if (free.has(operation) || operation.startsWith('AssumeRoleWith')) return [];
  const context: Record<string, string> = {};
  for (const name of ['ExternalId', 'RoleSessionName', 'SourceIdentity']) {
    const value = textOf(input, name);
    if (value !== undefined) context[`sts:${name}`] = value;
  }
  return [{ action: `sts:${operation}`, resource: textOf(input, 'RoleArn') ?? '*', context }];
};
