// SAML providers: whom an account lets sign its users in. The metadata is judged by the rules the editor shows (src/saml), as IAM holds
// to them, and refused in IAM's words. Nothing in it is fetched.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html
import type { Call } from '../../service.ts';
import { checkConstraints } from '../constraints.ts';
import { freshId, ownOf, secondOf, type Iam, type IamHandlers } from '../iam.ts';
import { alreadyThere, invalidInput, overLimit } from '../refusals.ts';
import { addTags, dropTags, listTags, readTags, tagsIfAny } from '../tags.ts';
import { changeEncryption } from './privateKeys.ts';
import { readDocument, samlProviderFor, type SamlProvider } from './provider.ts';

const mostProviders = 100;

export const samlProviderHandlers = (iam: Iam) =>
  ({
    async CreateSAMLProvider(input, call) {
      const provider = await newProvider(iam, input, call);
      iam.state.samlProviders.set(provider.arn, provider);
      iam.world.changed();
      return { SAMLProviderArn: provider.arn, ...tagsIfAny(provider.tags) };
    },
    GetSAMLProvider({ SAMLProviderArn }) {
      const provider = samlProviderFor(iam, SAMLProviderArn);
      return {
        SAMLProviderUUID: provider.uuid,
        SAMLMetadataDocument: provider.metadata,
        ...datesOf(provider),
        ...tagsIfAny(provider.tags),
        ...encryptionOf(provider),
      };
    },
    ListSAMLProviders: (_input, call) => ({
      SAMLProviderList: ownOf(iam.state.samlProviders, call).map((one) => ({ Arn: one.arn, ...datesOf(one) })),
    }),
    async UpdateSAMLProvider(input) {
      const { SAMLProviderArn, SAMLMetadataDocument: document } = input;
      const provider = samlProviderFor(iam, SAMLProviderArn);
      if ([document, input.AssertionEncryptionMode, input.AddPrivateKey, input.RemovePrivateKey].every(isMissing))
        throw invalidInput(
          'Unable to update identity provider. No updates are defined for metadata or encryption assertion.',
        );
      const read = document === undefined ? undefined : await readMetadata(iam, document);
      changeEncryption(iam, provider, input, keyId(iam));
      if (read !== undefined && document !== undefined) Object.assign(provider, { ...read, metadata: document });
      iam.world.changed();
      return { SAMLProviderArn };
    },
    DeleteSAMLProvider({ SAMLProviderArn }) {
      iam.state.samlProviders.delete(samlProviderFor(iam, SAMLProviderArn).arn);
      iam.world.changed();
    },
    TagSAMLProvider: ({ SAMLProviderArn, Tags }) => addTags(iam, samlProviderFor(iam, SAMLProviderArn).tags, Tags),
    UntagSAMLProvider: ({ SAMLProviderArn, TagKeys }) =>
      dropTags(iam, samlProviderFor(iam, SAMLProviderArn).tags, TagKeys),
    ListSAMLProviderTags: (input) => listTags(samlProviderFor(iam, input.SAMLProviderArn).tags, input),
  }) satisfies IamHandlers;

const isMissing = (value: unknown): boolean => value === undefined;

type CreateInput = Parameters<NonNullable<IamHandlers['CreateSAMLProvider']>>[0];

async function newProvider(iam: Iam, input: CreateInput, { account }: Call): Promise<SamlProvider> {
  const { Name: name, SAMLMetadataDocument: metadata } = input;
  checkConstraints([['name', name, { min: 1, max: 128, pattern: '[\\w._-]+' }]]);
  const tags = readTags(input.Tags);
  const read = await readMetadata(iam, metadata);
  const arn = `arn:aws:iam::${account}:saml-provider/${name}`;
  if (iam.state.samlProviders.has(arn)) throw alreadyThere(`SAMLProvider with name ${name} already exists.`);
  if (ownOf(iam.state.samlProviders, { account }).length >= mostProviders)
    throw overLimit(`Cannot exceed quota for SAMLProvidersPerAccount: ${mostProviders}`);
  const provider: SamlProvider = {
    account,
    name,
    arn,
    uuid: `SAMLSP${keyId(iam)}`,
    created: secondOf(iam),
    tags,
    metadata,
    ...read,
    encryption: undefined,
    privateKeys: new Map(),
  };
  changeEncryption(iam, provider, input, keyId(iam));
  return provider;
}

/** @throws ValidationError, InvalidInput */
async function readMetadata(iam: Iam, document: string): Promise<{ entityID: string; validUntil: number }> {
  checkConstraints([['sAMLMetadataDocument', document, { min: 1000, max: 10_000_000 }]]);
  const read = await readDocument(document, iam.world.clock.now());
  if (read === undefined) throw invalidInput('Could not parse metadata');
  return read;
}

/** 22 capitals and digits. */
const keyId = (iam: Iam): string => freshId(iam, '') + freshId(iam, '').slice(0, 5);

const datesOf = ({ created, validUntil }: SamlProvider) => ({
  CreateDate: new Date(created),
  ValidUntil: new Date(validUntil),
});

const encryptionOf = ({ encryption, privateKeys }: SamlProvider) => ({
  ...(encryption !== undefined && { AssertionEncryptionMode: encryption }),
  ...(privateKeys.size > 0 && {
    PrivateKeyList: [...privateKeys.values()].map(({ id, added }) => ({ KeyId: id, Timestamp: new Date(added) })),
  }),
});
