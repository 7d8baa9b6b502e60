// What a person wants of signing in through Cognito, asked for step by step. Out: the wish, or nothing where they gave up.
import { poolFacts, type PoolFacts } from '../../../aws/actions/cognitoPool.ts';
import type { SignInWish } from '../../../aws/actions/cognitoSignIn.ts';
import { addressesIn, mistakeInAddresses, mistakeInClientName } from '../../../aws/actions/signInNames.ts';
import type { Target } from '../../../aws/target.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { checkCognitoProvider } from '../../../saml/checkRequests.ts';
import type { Call } from '../../resources/actions/actionRim.ts';
import type { Answers } from '../../resources/actions/answers.ts';
import type { ChosenMetadata } from './chosenMetadata.ts';
import { askMapping } from './mappingWish.ts';
import { askDomain, askPool, title } from './poolWish.ts';
import { nameFrom } from './signInRim.ts';

/** Cognito takes no longer text. */
export const longestFile = 131_072;

export interface Asked {
  readonly wish: SignInWish;
  /** Of the pool that is there. */
  readonly pool: PoolFacts | undefined;
}

export async function askSignIn(
  call: Call,
  metadata: ChosenMetadata,
  { sentence, entityID }: { readonly sentence: string; readonly entityID: string | undefined },
): Promise<Asked | undefined> {
  const { answers, target } = call;
  const details = await askDetails(answers, target, metadata);
  if (details === undefined) return undefined;
  const chosen = await askPool(call);
  if (chosen === undefined) return undefined;
  const pool = 'id' in chosen ? await poolFacts({ target }, chosen.id) : undefined;
  const domain = pool?.address === undefined ? await askDomain(answers, target, entityID) : 'has one';
  if (domain === undefined) return undefined;
  const name = await answers.text('name', {
    title,
    prompt: `${sentence} What shall the provider be called in the pool?`,
    value: nameFrom(entityID, 32),
    mistake: mistakeInProviderName,
  });
  if (name === undefined) return undefined;
  const mapping = await askMapping(answers, metadata, pool);
  if (mapping === undefined) return undefined;
  const client = await askClient(answers);
  if (client === undefined) return undefined;
  const update = pool !== undefined && (await isThere(target, pool.id, name));
  const provider = { name, details, mapping, update };
  const wish = {
    pool: 'id' in chosen ? { id: chosen.id, name: pool?.name ?? chosen.id } : chosen,
    ...(pool?.address === undefined && { domain }),
    provider,
    ...(client !== 'none' && { client }),
  };
  return { wish, pool };
}

const isThere = async (target: Target, userPoolId: string, name: string): Promise<boolean> =>
  (await kinds.identityProvider.find({ target }, { userPoolId, name })) !== undefined;

/** Rule 35. */
export function mistakeInProviderName(providerName: string): string | undefined {
  const wrong = checkCognitoProvider({ providerName, details: { MetadataFile: 'x' } }).find(
    ({ field }) => field === 'ProviderName',
  );
  return wrong && `${wrong.message} (${wrong.rule})`;
}

/** The text itself, or, where that is too long, its address. Cognito looks there again about every six hours. */
async function askDetails(
  answers: Answers,
  target: Target,
  { text }: ChosenMetadata,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (text.length <= longestFile && answers.given('metadataUrl') === undefined) return { MetadataFile: text };
  const url = await answers.text('metadataUrl', {
    title,
    prompt: `The metadata has ${text.length.toLocaleString('en')} characters, and Cognito takes ${longestFile.toLocaleString('en')} (R34). Where is it to be had?`,
    placeHolder: 'https://sts.example.com/FederationMetadata/2007-06/FederationMetadata.xml',
    mistake: (typed) => mistakeInMetadataUrl(typed, target),
  });
  return url === undefined ? undefined : { MetadataURL: url };
}

/** Rule 36; the sandbox fetches from this machine only, where nothing has https. */
function mistakeInMetadataUrl(url: string, { kind }: Pick<Target, 'kind'>): string | undefined {
  if (!URL.canParse(url)) return 'This is no address.';
  if (kind === 'sandbox' && /^http:\/\/(?:localhost|127\.|[\w.-]+\.localhost)/.test(url)) return undefined;
  const wrong = checkCognitoProvider({ providerName: 'any', details: { MetadataURL: url } }).find(
    ({ field }) => field === 'MetadataURL',
  );
  return wrong && `${wrong.message} (${wrong.rule})`;
}

async function askClient(answers: Answers): Promise<NonNullable<SignInWish['client']> | 'none' | undefined> {
  const name = await answers.text('client', {
    title,
    prompt: 'What shall the app client be called? Leave it empty for none.',
    value: 'web',
    otherwise: '',
    mistake: (text) => (text === '' ? undefined : mistakeInClientName(text)),
  });
  if (name === undefined) return undefined;
  if (name === '') return 'none';
  const callbacks = await answers.text('callbacks', {
    title,
    prompt: 'Where may browsers go back to after signing in? Several with blanks between.',
    value: 'http://localhost:3000/signed-in',
    mistake: (text) => mistakeInAddresses(text, true),
  });
  if (callbacks === undefined) return undefined;
  const logouts = await answers.text('logouts', {
    title,
    prompt: 'And after signing out? Leave it empty for nowhere.',
    value: 'http://localhost:3000/signed-out',
    otherwise: '',
    mistake: (text) => mistakeInAddresses(text, false),
  });
  return logouts === undefined ? undefined : { name, callbacks: addressesIn(callbacks), logouts: addressesIn(logouts) };
}
