// A role that people take when they sign in through a SAML provider.
import * as vscode from 'vscode';
import { findSamlProvider, samlProviderArn } from '../../../aws/actions/samlProvider.ts';
import { createSamlRole, type RoleWish } from '../../../aws/actions/samlRole.ts';
import { trustPolicyText } from '../../../aws/actions/samlTrust.ts';
import { mistakeInRoleName } from '../../../aws/actions/signInNames.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import type { Target } from '../../../aws/target.ts';
import { checkTrustPolicy } from '../../../saml/checkRequests.ts';
import { Refusal } from '../../explain.ts';
import { plainMessage } from '../../plainMessage.ts';
import { pinned, withCancel, type Call } from '../../resources/actions/actionRim.ts';
import { Answers, type Choice } from '../../resources/actions/answers.ts';
import { pickAim } from '../../resources/pickAim.ts';
import { confirmCreate } from './confirmCreate.ts';
import { addressesOf, askAddresses } from './signInRegions.ts';
import { command, sayNext, undoOf, type SignInRim } from './signInRim.ts';
import type { TrustDrafts } from './trustDraft.ts';

const title = 'Create a role for SAML sign-in';

/** `which`: `{ provider: 'its name or ARN' }`, or nothing. Answers with the role. */
export async function createRole(
  rim: SignInRim,
  drafts: TrustDrafts,
  which: unknown,
  second: unknown,
): Promise<Found | undefined> {
  const target = await rim.targets.open();
  const call = { target, answers: new Answers(which, second) };
  const provider = await providerFor(target, which);
  if (provider === undefined) return undefined;
  const wish = await askWish(call, provider);
  if (wish === undefined) return undefined;
  const look = await call.answers.choice('edit', ways, { title: `${title}: ${wish.name}`, otherwise: false });
  if (look === undefined) return undefined;
  const make = (trust: string) => createIt(call, { ...wish, trust }, provider);
  const found = look ? await drafts.edit(wish.name, wish.trust, make) : await make(wish.trust);
  if (found) sayCreated(rim, found, provider);
  return found;
}

const ways: readonly Choice<boolean>[] = [
  { label: 'Create it', value: false },
  { label: 'Look at its trust policy first', value: true, detail: 'As a document that can be changed' },
];

/** Rule 50 tells where a trust policy that was changed is not what sign-in needs any more. */
async function createIt(
  { target, answers }: Call,
  wish: RoleWish & { readonly recipients: readonly string[] },
  provider: string,
): Promise<Found | undefined> {
  const { name, trust, policy, recipients } = wish;
  const [warning] = checkTrustPolicy(JSON.parse(trust), { providerArn: provider, recipients });
  if (warning) void vscode.window.showWarningMessage(plainMessage(`${warning.rule}: ${warning.message}`));
  const detail = `It trusts ${provider}.${policy === undefined ? '' : ` The policy ${policy} is attached.`}`;
  if (!(await confirmCreate(target, answers, { question: `Create the role ${name}?`, detail, yes: 'Create' })))
    return undefined;
  return withCancel(`Creating the role ${name}`, (signal) => createSamlRole({ target, signal }, wish));
}

function sayCreated(rim: SignInRim, found: Found, provider: string): void {
  const pair = `${found.arn ?? ''},${provider}`;
  sayNext(`The role ${found.name} was created. The attribute Role of assertions names it and the provider.`, [
    command('Copy ARN', 'awsLabs.copyArn', { aim: { kind: 'resource', found } }),
    { label: 'Copy Role Attribute', take: () => rim.copy(pair) },
    undoOf([found]),
  ]);
}

async function providerFor(target: Target, which: unknown): Promise<string | undefined> {
  const named = typeof which === 'object' && which !== null && 'provider' in which ? which.provider : undefined;
  if (typeof named === 'string') return named.startsWith('arn:') ? named : arnOfNamed(target, named);
  const aim = await pickAim(pinned(target), ['samlProvider'], `${title}: which provider does it trust?`);
  return aim?.kind === 'resource' ? (aim.found.arn ?? aim.found.ref) : undefined;
}

async function arnOfNamed(target: Target, name: string): Promise<string> {
  if (await findSamlProvider({ target }, name)) return samlProviderArn(target, name);
  throw new Refusal({ what: `There is no SAML provider ${name} here.`, advice: 'Create it from its metadata first.' });
}

const flags: readonly Choice<'tagSession' | 'sourceIdentity'>[] = [
  {
    label: 'Session tags',
    value: 'tagSession',
    description: 'sts:TagSession',
    detail: 'Assertions may bring attributes PrincipalTag:...',
  },
  {
    label: 'Source identity',
    value: 'sourceIdentity',
    description: 'sts:SetSourceIdentity',
    detail: 'Assertions may say who it is, for CloudTrail to show',
  },
];

const hours: readonly Choice<string>[] = ['1', '2', '4', '8', '12'].map((each) => ({
  label: each === '1' ? '1 hour' : `${each} hours`,
  value: each,
  ...(each === '1' && { description: 'as AWS does by itself' }),
}));

const policies: readonly Choice<string>[] = [
  { label: 'Nothing yet', value: 'none', detail: 'Attach policies later' },
  { label: 'Read', value: 'ReadOnlyAccess', detail: 'The policy ReadOnlyAccess of AWS is attached' },
];

async function askWish(
  { target, answers }: Call,
  provider: string,
): Promise<(RoleWish & { readonly recipients: readonly string[] }) | undefined> {
  const addresses = await askAddresses(target, answers, `${title}: in which regions do people sign in?`);
  if (addresses === undefined) return undefined;
  const chosen = await answers.flags(flags, `${title}: what may assertions bring besides?`);
  if (chosen === undefined) return undefined;
  const length = { title: `${title}: how long is a session at most?`, otherwise: '1' };
  const longest = await answers.choice('hours', hours, length);
  if (longest === undefined) return undefined;
  const policy = await answers.choice('policy', policies, { title: `${title}: what may it do?`, otherwise: 'none' });
  if (policy === undefined) return undefined;
  const name = await answers.text('name', { title, prompt: 'Its name, such as Readers', mistake: mistakeInRoleName });
  if (name === undefined) return undefined;
  const recipients = addressesOf(addresses);
  const trust = trustPolicyText({
    providerArn: provider,
    recipients,
    tagSession: chosen.has('tagSession'),
    sourceIdentity: chosen.has('sourceIdentity'),
  });
  const maxSessionSeconds = Number(longest) * 3600;
  return { name, trust, maxSessionSeconds, recipients, ...(policy !== 'none' && { policy }) };
}
