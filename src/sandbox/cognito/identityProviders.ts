// Identity providers of a pool. SAML ones are judged by the rules the editor shows (src/saml), as Cognito holds to them; others are kept
// as they are given, since the sandbox has nobody to ask.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp.html
import type { IdentityProviderType, IdentityProviderTypeType } from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../service.ts';
import { pageOf, poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { checkConstraints, duplicateProvider, invalid, notFound } from './refusals.ts';
import { readSamlDetails } from './samlDetails.ts';
import { encryptionCertificate } from './samlKey.ts';
import type { IdentityProvider, Pool } from './state.ts';

export const identityProviderHandlers = (cognito: Cognito) =>
  ({
    async CreateIdentityProvider(input, call) {
      const pool = poolFor(cognito, input.UserPoolId, call);
      const { ProviderName: name, ProviderType: type, ProviderDetails = {} } = input;
      checkName(name);
      if (pool.providers.has(name)) throw duplicateProvider(`A provider with the name ${name} already exists.`);
      if (pool.providers.size >= 300) throw invalid('Too many identity providers for this user pool.');
      checkIdentifiers(pool, name, input.IdpIdentifiers ?? []);
      checkMapping(pool, input.AttributeMapping ?? {});
      const now = cognito.world.clock.now();
      const { details, metadata } = await readDetails(cognito, type, ProviderDetails);
      const provider: IdentityProvider = {
        name,
        type,
        created: now,
        updated: now,
        details,
        mapping: input.AttributeMapping ?? {},
        identifiers: input.IdpIdentifiers ?? [],
        metadata,
        fetched: now,
      };
      pool.providers.set(name, provider);
      cognito.world.changed();
      return { IdentityProvider: describeProvider(cognito, pool, provider) };
    },
    DescribeIdentityProvider({ UserPoolId, ProviderName }, call) {
      const { pool, provider } = providerFor(cognito, UserPoolId, ProviderName, call);
      return { IdentityProvider: describeProvider(cognito, pool, provider) };
    },
    GetIdentityProviderByIdentifier({ UserPoolId, IdpIdentifier }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const provider = [...pool.providers.values()].find(({ identifiers }) => identifiers.includes(IdpIdentifier));
      if (!provider) throw notFound(`Identity provider with identifier ${IdpIdentifier} does not exist.`);
      return { IdentityProvider: describeProvider(cognito, pool, provider) };
    },
    ListIdentityProviders({ UserPoolId, MaxResults = 60, NextToken }, call) {
      checkConstraints([['maxResults', MaxResults, { min: 0, max: 60 }]]);
      const pool = poolFor(cognito, UserPoolId, call);
      const { items, next } = pageOf([...pool.providers.values()], NextToken, MaxResults);
      return {
        Providers: items.map((one) => ({
          ProviderName: one.name,
          ProviderType: typeOf(one),
          CreationDate: new Date(one.created),
          LastModifiedDate: new Date(one.updated),
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    async UpdateIdentityProvider(
      { UserPoolId, ProviderName, ProviderDetails, AttributeMapping, IdpIdentifiers },
      call,
    ) {
      const { pool, provider } = providerFor(cognito, UserPoolId, ProviderName, call);
      if (IdpIdentifiers) checkIdentifiers(pool, ProviderName, IdpIdentifiers);
      if (AttributeMapping) checkMapping(pool, AttributeMapping);
      const read = ProviderDetails && (await readDetails(cognito, provider.type, ProviderDetails));
      Object.assign(provider, read);
      provider.mapping = AttributeMapping ?? provider.mapping;
      provider.identifiers = IdpIdentifiers ?? provider.identifiers;
      provider.updated = cognito.world.clock.now();
      if (read) provider.fetched = provider.updated;
      cognito.world.changed();
      return { IdentityProvider: describeProvider(cognito, pool, provider) };
    },
    DeleteIdentityProvider({ UserPoolId, ProviderName }, call) {
      const { pool, provider } = providerFor(cognito, UserPoolId, ProviderName, call);
      pool.providers.delete(provider.name);
      cognito.world.changed();
    },
  }) satisfies CognitoHandlers;

/** @throws ResourceNotFoundException */
function providerFor(cognito: Cognito, poolId: string, name: string, call: Call) {
  const pool = poolFor(cognito, poolId, call);
  const provider = pool.providers.get(name);
  if (!provider) throw notFound(`Identity provider ${name} does not exist.`);
  return { pool, provider };
}

const readDetails = async (cognito: Cognito, type: string, details: Readonly<Record<string, string>>) =>
  type === 'SAML' ? readSamlDetails(cognito, details) : { details, metadata: '' };

const namePattern = '[^_\\p{Z}][\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}][^_\\p{Z}]+';

function checkName(name: string): void {
  checkConstraints([['providerName', name, { min: 1, max: 32 }]]);
  if (new RegExp(`^${namePattern}$`, 'u').test(name)) return;
  const rule = `Member must satisfy regular expression pattern: ${namePattern}`;
  throw invalid(`1 validation error detected: Value '${name}' at 'providerName' failed to satisfy constraint: ${rule}`);
}

function checkIdentifiers(pool: Pool, name: string, identifiers: readonly string[]): void {
  if (identifiers.length > 50) throw invalid('A provider has 50 identifiers at most.');
  checkConstraints(
    identifiers.map((one) => ['idpIdentifiers', one, { min: 1, max: 40, pattern: '[\\w\\s+=.@-]+' }] as const),
  );
  const others = [...pool.providers.values()].filter((one) => one.name !== name);
  const taken = identifiers.find((one) => others.some((other) => other.identifiers.includes(one)));
  if (taken !== undefined) throw duplicateProvider(`The identifier ${taken} belongs to another provider.`);
}

/** Keys are attributes of the pool, values names of the identity provider's. */
function checkMapping(pool: Pool, mapping: Readonly<Record<string, string>>): void {
  for (const key of Object.keys(mapping)) {
    checkConstraints([['attributeMapping', key, { min: 1, max: 32 }]]);
    if (key !== 'username' && !pool.schema.some(({ Name }) => Name === key))
      throw invalid(`Invalid attribute mapping: the attribute ${key} does not exist in the user pool.`);
  }
}

const typeOf = ({ type }: IdentityProvider): IdentityProviderTypeType => type as IdentityProviderTypeType;

function describeProvider(cognito: Cognito, pool: Pool, provider: IdentityProvider): IdentityProviderType {
  const { name, details, mapping, identifiers, created, updated } = provider;
  const encrypted = details['EncryptedResponses'] === 'true';
  return {
    UserPoolId: pool.id,
    ProviderName: name,
    ProviderType: typeOf(provider),
    ProviderDetails: {
      ...details,
      ...(encrypted && { ActiveEncryptionCertificate: encryptionCertificate(cognito, pool) }),
    },
    AttributeMapping: { ...mapping },
    IdpIdentifiers: [...identifiers],
    CreationDate: new Date(created),
    LastModifiedDate: new Date(updated),
  };
}
