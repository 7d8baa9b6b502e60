// What the local identity provider learns of user pools: where to send responses.
import type { CognitoPort, SamlService } from '../ports.ts';
import type { Cognito } from './cognito.ts';
import { webAddress } from './domains.ts';
import { mayStart, relayStateFor } from './web/idpInitiated.ts';
import { entityIdOf } from './web/sendToProvider.ts';
import type { Pool } from './state.ts';

export const createPort = (cognito: Cognito): CognitoPort => ({
  samlServices: (issuer) =>
    [...cognito.state.pools.values()]
      .map((pool) => ({ pool, providers: providersOf(pool, issuer) }))
      .filter(({ providers }) => providers.length > 0)
      .map(({ pool, providers }): SamlService => {
        const web = webAddress(cognito, pool);
        return {
          entityID: entityIdOf(pool),
          name: pool.name,
          consumer: web && `${web}/saml2/idpresponse`,
          logout: web && `${web}/saml2/logout`,
          starts: providers
            .filter(({ details }) => details['IDPInit'] === 'true')
            .flatMap((provider) =>
              [...pool.clients.values()]
                .filter((client) => mayStart(pool, client, provider))
                .map((client) => ({
                  client: client.settings.ClientName ?? client.id,
                  relayState: relayStateFor(client, provider),
                })),
            ),
        };
      }),
});

/** By the issuer standing in their metadata. */
const providersOf = ({ providers }: Pool, issuer: string) =>
  [...providers.values()].filter(({ type, metadata }) => type === 'SAML' && metadata.includes(`"${issuer}"`));
