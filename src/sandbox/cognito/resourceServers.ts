// Resource servers: scopes of one's own, such as https://api.example.com/read.
import type { Call } from '../service.ts';
import { pageOf, poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { invalid, notFound } from './refusals.ts';
import type { Pool, ResourceServer } from './state.ts';

interface Given {
  readonly Identifier: string;
  readonly Name: string;
  readonly Scopes?:
    readonly { readonly ScopeName?: string | undefined; readonly ScopeDescription?: string | undefined }[] | undefined;
}

export const resourceServerHandlers = (cognito: Cognito) =>
  ({
    CreateResourceServer({ UserPoolId, ...given }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      if (pool.resourceServers.has(given.Identifier))
        throw invalid(`${given.Identifier} already exists in user pool ${pool.id}.`);
      return put(cognito, pool, given);
    },
    UpdateResourceServer({ UserPoolId, ...given }, call) {
      const { pool } = serverFor(cognito, UserPoolId, given.Identifier, call);
      return put(cognito, pool, given);
    },
    DescribeResourceServer({ UserPoolId, Identifier }, call) {
      const { pool, server } = serverFor(cognito, UserPoolId, Identifier, call);
      return { ResourceServer: describe(pool, server) };
    },
    ListResourceServers({ UserPoolId, MaxResults = 50, NextToken }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const { items, next } = pageOf([...pool.resourceServers.values()], NextToken, MaxResults);
      return {
        ResourceServers: items.map((server) => describe(pool, server)),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    DeleteResourceServer({ UserPoolId, Identifier }, call) {
      const { pool } = serverFor(cognito, UserPoolId, Identifier, call);
      pool.resourceServers.delete(Identifier);
      cognito.world.changed();
    },
  }) satisfies CognitoHandlers;

function put({ world }: Cognito, pool: Pool, { Identifier, Name, Scopes = [] }: Given) {
  const scopes = Scopes.map(({ ScopeName = '', ScopeDescription = '' }) => ({ ScopeName, ScopeDescription }));
  const server: ResourceServer = { identifier: Identifier, name: Name, scopes };
  pool.resourceServers.set(Identifier, server);
  world.changed();
  return { ResourceServer: describe(pool, server) };
}

/** @throws ResourceNotFoundException */
function serverFor(cognito: Cognito, poolId: string, identifier: string, call: Call) {
  const pool = poolFor(cognito, poolId, call);
  const server = pool.resourceServers.get(identifier);
  if (!server) throw notFound(`Resource server ${identifier} does not exist.`);
  return { pool, server };
}

const describe = (pool: Pool, { identifier, name, scopes }: ResourceServer) => ({
  UserPoolId: pool.id,
  Identifier: identifier,
  Name: name,
  Scopes: scopes.map((one) => ({ ...one })),
});
