// IAM SAML providers by hand. In: a name and metadata that was judged. Out: the provider, made or brought up to date.
// Never: takes one that is there for one it made.
import type { Found, Look } from '../resources/kind.ts';
import { kinds } from '../resources/kinds.ts';
import { globalArnOf, sendOptions } from '../resources/lookup.ts';
import type { Target } from '../target.ts';
import { settled } from './settled.ts';

export const samlProviderArn = (target: Pick<Target, 'region' | 'account'>, name: string): string =>
  globalArnOf(target, 'iam', `saml-provider/${name}`);

export const findSamlProvider = (look: Look, name: string): Promise<Found | undefined> =>
  kinds.samlProvider.find(look, { name });

export async function createSamlProvider(look: Look, name: string, metadata: string): Promise<Found> {
  const input = { Name: name, SAMLMetadataDocument: metadata };
  const find = () => findSamlProvider(look, name);
  const found = await settled(find, () => look.target.send('iam.CreateSAMLProvider', input, sendOptions(look)));
  const arn = samlProviderArn(look.target, name);
  // What was made a moment ago may not be told yet.
  return found ?? { kind: 'samlProvider', key: { name }, name, arn, ref: arn };
}

/** The metadata as IAM has it: as it was given. */
export async function metadataOf(look: Look, arn: string): Promise<string> {
  const answer = await look.target.send('iam.GetSAMLProvider', { SAMLProviderArn: arn }, sendOptions(look));
  return answer.SAMLMetadataDocument ?? '';
}

export async function updateSamlProvider(look: Look, arn: string, metadata: string): Promise<void> {
  const input = { SAMLProviderArn: arn, SAMLMetadataDocument: metadata };
  await look.target.send('iam.UpdateSAMLProvider', input, sendOptions(look));
}
