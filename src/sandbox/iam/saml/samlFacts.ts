import type { ResourceFact } from '../../service.ts';
import type { IamState } from '../state.ts';

/** SAML providers for comparing before and after. The document itself is long: its issuer and length stand for it. */
export const samlFacts = ({ samlProviders }: IamState): ResourceFact[] =>
  [...samlProviders.values()].map(({ account, name, arn, tags, entityID, metadata, encryption, privateKeys }) => ({
    service: 'iam',
    type: 'samlProvider',
    arn,
    account,
    region: '',
    name,
    entityID,
    metadataLength: metadata.length,
    assertionEncryptionMode: encryption,
    privateKeys: privateKeys.size,
    tags: Object.fromEntries(tags),
  }));
