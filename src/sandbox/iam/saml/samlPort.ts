// What the rest of the sandbox learns of SAML providers: STS to verify responses, the local identity provider to offer roles.
import type { SamlProviderFacts } from '../../ports.ts';
import type { Iam } from '../iam.ts';
import type { SamlProvider } from './provider.ts';

export const publicFacts = (provider: SamlProvider | undefined): SamlProviderFacts | undefined =>
  provider && {
    arn: provider.arn,
    account: provider.account,
    name: provider.name,
    entityID: provider.entityID,
    metadata: provider.metadata,
    encryption: provider.encryption,
    privateKeys: [...provider.privateKeys.values()].map(({ pem }) => pem),
  };

/** By the ARN standing in the trust policy: whether its conditions hold is known only when somebody comes. */
export const rolesFor = ({ state }: Iam, entityID: string): { role: string; provider: string }[] =>
  [...state.samlProviders.values()]
    .filter((provider) => provider.entityID === entityID)
    .flatMap(({ arn, account }) =>
      [...state.roles.values()]
        .filter((role) => role.account === account && role.trust.includes(`"${arn}"`))
        .map((role) => ({ role: role.arn, provider: arn })),
    )
    .toSorted((a, b) => (a.role < b.role ? -1 : 1));
