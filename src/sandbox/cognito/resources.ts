import type { ResourceFact } from '../service.ts';
import type { CognitoState, Pool } from './state.ts';

/** What there is, for comparing before and after: no keys, no times, nobody's sign-ins. */
export const resourcesOf = ({ pools }: CognitoState): ResourceFact[] => [...pools.values()].flatMap(factsOf);

function factsOf(pool: Pool): ResourceFact[] {
  const { arn, account, region } = pool;
  const place = (type: string, name: string) => ({
    service: 'cognito-idp',
    type,
    arn: type === 'userPool' ? arn : `${arn}/${type}/${name}`,
    account,
    region,
    name,
  });
  return [
    {
      ...place('userPool', pool.name),
      id: pool.id,
      domain: pool.domain?.name,
      settings: pool.settings,
      tags: Object.fromEntries(pool.tags),
    },
    ...[...pool.clients.values()].map(({ id, settings }) => ({ ...place('userPoolClient', id), settings })),
    ...[...pool.providers.values()].map(({ name, type, details, mapping, identifiers }) => {
      const { MetadataFile: _document, ...kept } = details;
      return { ...place('identityProvider', name), providerType: type, details: kept, mapping, identifiers };
    }),
    ...[...pool.groups.values()].map(({ name, members }) => ({ ...place('group', name), members: [...members] })),
    ...[...pool.resourceServers.values()].map(({ identifier, scopes }) => ({
      ...place('resourceServer', identifier),
      scopes,
    })),
    ...[...pool.users.values()].map(({ username, status, enabled, attributes }) => ({
      ...place('user', username),
      status,
      enabled,
      attributes: Object.fromEntries(attributes),
    })),
  ];
}
