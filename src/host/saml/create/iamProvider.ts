// Metadata -> an IAM SAML provider: judged, named, created; or the one that is there brought up to date.
import {
  createSamlProvider,
  findSamlProvider,
  metadataOf,
  updateSamlProvider,
} from '../../../aws/actions/samlProvider.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { checkIamProvider } from '../../../saml/checkRequests.ts';
import { compareMetadata, type MetadataDescription } from '../../../saml/describe.ts';
import { withCancel, type Call } from '../../resources/actions/actionRim.ts';
import { Answers } from '../../resources/actions/answers.ts';
import { confirmLoss } from '../../resources/actions/confirmLoss.ts';
import { chosenMetadata, type ChosenMetadata } from './chosenMetadata.ts';
import { confirmCreate } from './confirmCreate.ts';
import { command, goesOn, judged, nameFrom, sayNext, undoOf, type NextStep, type SignInRim } from './signInRim.ts';
import { verdictOf } from './verdict.ts';

/** Answers with the provider, or with nothing where the person gave up. */
export async function createIamProvider(rim: SignInRim, which: unknown, second: unknown): Promise<Found | undefined> {
  const target = await rim.targets.open();
  const call = { target, answers: new Answers(which, second) };
  const metadata = await chosenMetadata(which, call.answers, target);
  if (metadata === undefined) return undefined;
  const { findings, entityID, description } = await judged(rim, metadata);
  const verdict = verdictOf(findings, 'iam');
  if (!(await goesOn(verdict, metadata, call.answers))) return undefined;
  const name = await call.answers.text('name', {
    title: 'Create an IAM SAML provider',
    prompt: `${verdict.sentence} What shall the provider be called?`,
    value: nameFrom(entityID, 128),
    mistake: mistakeInName,
  });
  if (name === undefined) return undefined;
  const there = await findSamlProvider({ target }, name);
  return there ? update(rim, call, there, metadata, description) : create(call, name, metadata);
}

/** Rule 33. */
export function mistakeInName(name: string): string | undefined {
  const [wrong] = checkIamProvider({ name });
  return wrong && `${wrong.message} (${wrong.rule})`;
}

async function create({ target, answers }: Call, name: string, { text }: ChosenMetadata): Promise<Found | undefined> {
  const creation = { question: `Create the SAML provider ${name}?`, yes: 'Create' };
  if (!(await confirmCreate(target, answers, creation))) return undefined;
  const found = await withCancel(`Creating the SAML provider ${name}`, (signal) =>
    createSamlProvider({ target, signal }, name, text),
  );
  sayNext(`The SAML provider ${name} was created. Next, create a role that trusts it.`, [
    ...nextSteps(found),
    undoOf([found]),
  ]);
  return found;
}

const nextSteps = (found: Found): readonly NextStep[] => [
  command('Create Role', 'awsLabs.createSamlRole', { provider: found.arn ?? found.ref }),
  command('Copy ARN', 'awsLabs.copyArn', { aim: { kind: 'resource', found } }),
  command('Claim Rules', 'awsLabs.adfsClaimRules', { provider: found.name }),
];

/** Signing in goes on with what is given now: what changes is said before. */
async function update(
  rim: SignInRim,
  { target, answers }: Call,
  found: Found,
  metadata: ChosenMetadata,
  after: MetadataDescription | undefined,
): Promise<Found | undefined> {
  const { name } = found;
  const arn = found.arn ?? found.ref;
  const before = await metadataOf({ target }, arn);
  const { description } = await judged(rim, { text: before, key: `${arn} before` });
  const change = description && after ? compareMetadata(description, after).sentence : '';
  const loss = {
    name,
    question: `There is a SAML provider ${name} already. Replace its metadata?`,
    detail: `${change} Roles that trust the provider stay as they are.`.trim(),
    yes: 'Replace',
  };
  if (!(await confirmLoss(target, answers, loss))) return undefined;
  await withCancel(`Updating the SAML provider ${name}`, (signal) =>
    updateSamlProvider({ target, signal }, arn, metadata.text),
  );
  sayNext(`The metadata of the SAML provider ${name} was replaced.`, nextSteps(found));
  return found;
}
