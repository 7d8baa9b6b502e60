// Cognito user pools: users, their sign-in and tokens, app clients, and SAML identity providers. In: requests of the SDK's shapes, and what
// browsers ask at a pool's domain (web/). Out: answers in Cognito's words, tokens that anybody can verify, mail in the sandbox's mailbox.
// Deliberately absent: second factors, functions called on events, devices, and identity pools.
import type { Handler, Service, World } from '../service.ts';
import { authenticateHandlers } from './authenticate.ts';
import { clientHandlers } from './clients.ts';
import type { Cognito } from './cognito.ts';
import { domainHandlers } from './domains.ts';
import { groupHandlers } from './groups.ts';
import { identityProviderHandlers } from './identityProviders.ts';
import { listUserHandlers } from './listUsers.ts';
import { poolHandlers } from './pools.ts';
import { keepKeys } from './poolKeys.ts';
import { createPort } from './port.ts';
import { resourceServerHandlers } from './resourceServers.ts';
import { resourcesOf } from './resources.ts';
import { certificateHandlers } from './samlKey.ts';
import { selfServiceHandlers } from './selfService.ts';
import { signUpHandlers } from './signUp.ts';
import { emptyState, type CognitoState } from './state.ts';
import { tagHandlers } from './tags.ts';
import { userHandlers } from './users.ts';
import { discoveryPage, greet } from './web/discovery.ts';
import { serveSite } from './web/site.ts';

export function createCognito(world: World): Service {
  const cognito: Cognito = { world, state: emptyState(), spareKeys: [] };
  const handlers = {
    ...poolHandlers(cognito),
    ...clientHandlers(cognito),
    ...domainHandlers(cognito),
    ...identityProviderHandlers(cognito),
    ...resourceServerHandlers(cognito),
    ...certificateHandlers(cognito),
    ...userHandlers(cognito),
    ...listUserHandlers(cognito),
    ...groupHandlers(cognito),
    ...signUpHandlers(cognito),
    ...authenticateHandlers(cognito),
    ...selfServiceHandlers(cognito),
    ...tagHandlers(cognito),
  };
  return {
    name: 'cognito-idp',
    handlers: handlers satisfies Record<string, Handler>,
    port: createPort(cognito),
    page: (path) => discoveryPage(cognito, path),
    site: (request) => serveSite(cognito, request),
    welcome: (request) => greet(cognito, request),
    snapshot: () => cognito.state,
    restore(data) {
      cognito.state = data as CognitoState; // what snapshot gave
    },
    reset() {
      keepKeys(cognito);
      cognito.state = emptyState();
    },
    resources: () => resourcesOf(cognito.state),
  };
}
