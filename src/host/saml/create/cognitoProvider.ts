// Metadata -> signing in through a Cognito user pool: judged, asked, named part by part, made; and taken away again where it ended half way.
import * as vscode from 'vscode';
import { poolAddress } from '../../../aws/actions/cognitoPool.ts';
import {
  makeSignIn,
  partsOf,
  removeMade,
  signInAddress,
  type SignInOutcome,
  type SignInPart,
  type SignInWish,
} from '../../../aws/actions/cognitoSignIn.ts';
import { AwsFailure } from '../../../aws/errors.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { checkCognitoProvider } from '../../../saml/checkRequests.ts';
import { isAbort, Refusal } from '../../explain.ts';
import { plainMessage } from '../../plainMessage.ts';
import { withCancel, type Call } from '../../resources/actions/actionRim.ts';
import { Answers, type Choice } from '../../resources/actions/answers.ts';
import { confirmLoss } from '../../resources/actions/confirmLoss.ts';
import { chosenMetadata } from './chosenMetadata.ts';
import { askSignIn, longestFile, type Asked } from './cognitoWish.ts';
import { title } from './poolWish.ts';
import { confirmCreate } from './confirmCreate.ts';
import { command, goesOn, judged, sayNext, undoOf, type SignInRim } from './signInRim.ts';
import { verdictOf } from './verdict.ts';

export interface MadeSignIn {
  readonly poolId: string;
  /** Of its pages. */
  readonly address: string;
  readonly provider: string;
  readonly clientId?: string;
  readonly signInUrl?: string;
}

/** Answers with what was made, or with nothing where the person gave up or it ended half way. */
export async function createCognitoProvider(
  rim: SignInRim,
  which: unknown,
  second: unknown,
): Promise<MadeSignIn | undefined> {
  const target = await rim.targets.open();
  const call = { target, answers: new Answers(which, second) };
  const metadata = await chosenMetadata(which, call.answers, target);
  if (metadata === undefined) return undefined;
  const { findings, entityID } = await judged(rim, metadata);
  // What is too long is given by its address.
  const verdict = verdictOf(findings, 'cognito', metadata.text.length > longestFile ? ['R34'] : []);
  if (!(await goesOn(verdict, metadata, call.answers))) return undefined;
  const asked = await askSignIn(call, metadata, { sentence: verdict.sentence, entityID });
  if (asked === undefined || !(await agreed(call, asked))) return undefined;
  const outcome = await withCancel(title, (signal, report) =>
    makeSignIn({ target, signal }, asked.wish, (part) => report(wordsOf(part))),
  );
  if (outcome.failure) return halfWay(call, outcome, outcome.failure);
  return sayMade(rim, call, asked, outcome);
}

const wordsOf = ({ kind, name, act }: SignInPart): string =>
  `${{ keep: 'There is', create: 'New', update: 'Updated' }[act]}: ${kinds[kind].label} ${name}`;

/** Each thing by its name, before it is made. */
async function agreed({ target, answers }: Call, { wish, pool }: Asked): Promise<boolean> {
  const { provider } = wish;
  if (provider.update) {
    const question = `There is an identity provider ${provider.name} in the pool already. Replace its metadata and mapping?`;
    const detail = 'People who sign in through it go on with what is given now.';
    if (!(await confirmLoss(target, answers, { name: provider.name, question, detail, yes: 'Replace' }))) return false;
  }
  const warnings = checkCognitoProvider({
    providerName: provider.name,
    attributeMapping: provider.mapping,
    details: provider.details,
    requiredAttributes: pool?.required ?? [],
  }).filter(({ field }) => field === 'AttributeMapping');
  const lines = [...partsOf(wish).map(wordsOf), ...warnings.map(({ rule, message }) => `${rule}: ${message}`)];
  const creation = {
    question: `Create what signing in through ${provider.name} needs?`,
    detail: lines.join('\n'),
    yes: 'Create',
  };
  return confirmCreate(target, answers, creation, true);
}

const ends: readonly Choice<'keep' | 'remove'>[] = [
  { label: 'Keep it', value: 'keep', detail: 'Call the command again to go on with it' },
  { label: 'Remove it', value: 'remove', detail: 'Only what was made just now' },
];

/** Says what is there, and offers to remove it. */
async function halfWay(
  { target, answers }: Call,
  { made }: SignInOutcome,
  { part, error }: NonNullable<SignInOutcome['failure']>,
): Promise<undefined> {
  if (made.length === 0) throw error;
  const what = isAbort(error) ? 'You stopped it.' : reasonOf(error);
  const names = made.map(({ kind, name }) => `${kinds[kind].label} ${name}`).join(', ');
  const stopped = `The ${kinds[part.kind].label} ${part.name} was not ${part.act === 'update' ? 'updated' : 'created'}: ${what}`;
  const keep = { title: `${stopped} Already made: ${names}.`, otherwise: 'keep' } as const;
  const end = answers.silent ? await answers.choice('halfWay', ends, keep) : await askEnd(stopped, names);
  if (end !== 'remove') throw new Refusal({ what: stopped, advice: `Already there: ${names}.` });
  const left = await withCancel('Removing what was made', () => removeMade({ target }, made));
  const stays = left.map(({ found, why }) => `${found.name} (${why})`).join(', ');
  throw new Refusal({ what: stopped, advice: left.length > 0 ? `Still there: ${stays}.` : `Removed again: ${names}.` });
}

const reasonOf = (error: unknown): string =>
  error instanceof AwsFailure ? error.what : error instanceof Error ? error.message : String(error);

async function askEnd(stopped: string, names: string): Promise<'keep' | 'remove'> {
  const detail = plainMessage(`Already made: ${names}.\n\nRemove it again, or keep it and go on later?`);
  const remove: vscode.MessageItem = { title: 'Remove' };
  const keep: vscode.MessageItem = { title: 'Keep', isCloseAffordance: true };
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage(plainMessage(stopped), options, remove, keep);
  return chosen === remove ? 'remove' : 'keep';
}

function sayMade(rim: SignInRim, { target }: Call, { wish, pool }: Asked, outcome: SignInOutcome): MadeSignIn {
  const { made, poolId = '' } = outcome;
  const address = pool?.address ?? poolAddress(target, wish.domain ?? '');
  const client = made.find(({ kind }) => kind === 'appClient');
  const signInUrl = client && urlOf(address, wish, client.ref);
  const text = `People can sign in through ${wish.provider.name} in the user pool ${made[0]?.kind === 'userPool' ? made[0].name : (pool?.name ?? poolId)}.`;
  sayNext(`${text} Next, tell the identity provider of the pool.`, [
    command('SP Metadata', 'awsLabs.spMetadata', { pool: poolId }),
    ...(signInUrl === undefined ? [] : [{ label: 'Copy Sign-in URL', take: () => rim.copy(signInUrl) }]),
    ...(made.length > 0 ? [undoOf(made)] : []),
  ]);
  const { name: provider } = wish.provider;
  return { poolId, address, provider, ...(client && { clientId: client.ref }), ...(signInUrl && { signInUrl }) };
}

function urlOf(address: string, { client, provider }: SignInWish, id: string): string {
  return signInAddress(address, { client: id, provider: provider.name, callback: client?.callbacks[0] ?? '' });
}
