import type { Caller } from '../service.ts';
import type { Role, User } from './state.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** The condition keys that every request has. */
export function circumstances(caller: Caller, holder: Role | User | undefined, region?: string): Context {
  const tags = { ...Object.fromEntries(holder?.tags ?? []), ...caller.session?.tags };
  return {
    'aws:SourceIp': '127.0.0.1',
    'aws:SecureTransport': 'true',
    ...(region !== undefined && { 'aws:RequestedRegion': region }),
    'aws:PrincipalAccount': caller.account,
    'aws:PrincipalArn': holder?.arn ?? caller.arn,
    'aws:PrincipalType': caller.kind === 'role' ? 'AssumedRole' : 'User',
    'aws:userid': caller.userId,
    ...(caller.kind === 'user' && { 'aws:username': caller.arn.slice(caller.arn.lastIndexOf('/') + 1) }),
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}
