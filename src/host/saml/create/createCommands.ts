// What is made from SAML metadata, as commands: from the lines above it, the palette, notices and keys. In: a document, or nothing, and
// maybe answers. Out: what was made, so that commands can call each other. Never: creates what was not named before, or keeps a secret.
import type { samlCreateIds } from '../../commandIds.ts';
import type { Command } from '../../commands.ts';
import { createCognitoProvider } from './cognitoProvider.ts';
import { writeClaimRules, writeSpMetadata } from './copies.ts';
import { deleteSignIn } from './deleteSignIn.ts';
import { createIamProvider } from './iamProvider.ts';
import { createRole } from './role.ts';
import type { SignInRim } from './signInRim.ts';
import { TrustDrafts } from './trustDraft.ts';

export function createCommands(rim: SignInRim): Readonly<Record<(typeof samlCreateIds)[number], Command>> {
  const drafts = new TrustDrafts((error) => rim.tell(error));
  rim.keep(drafts);
  return {
    'awsLabs.createIamProvider': (which, second) => createIamProvider(rim, which, second),
    'awsLabs.createSamlRole': (which, second) => createRole(rim, drafts, which, second),
    'awsLabs.createCognitoProvider': (which, second) => createCognitoProvider(rim, which, second),
    'awsLabs.adfsClaimRules': (which, second) => writeClaimRules(rim, which, second),
    'awsLabs.spMetadata': (which, second) => writeSpMetadata(rim, which, second),
    'awsLabs.deleteSignIn': (which, second) => deleteSignIn(rim, which, second),
  };
}
