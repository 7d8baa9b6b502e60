// What the identity provider's side needs, as documents to copy from: claim rules for AD FS, and metadata of AWS as a service provider.
import { poolFacts, samlKeysOf } from '../../../aws/actions/cognitoPool.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import { partitionOf } from '../../../aws/resources/lookup.ts';
import type { Target } from '../../../aws/target.ts';
import { adfsClaimRules } from '../../../saml/message/adfsClaimRules.ts';
import { awsSpMetadata, cognitoSpMetadata } from '../../../saml/message/buildMetadata.ts';
import { Refusal } from '../../explain.ts';
import { showNewText } from '../../newText.ts';
import { pinned, type Call } from '../../resources/actions/actionRim.ts';
import { Answers, type Choice } from '../../resources/actions/answers.ts';
import { pickAim } from '../../resources/pickAim.ts';
import { claimRulesScript, trapInClaimRules } from './claimRulesScript.ts';
import { poolIdOf } from './poolWish.ts';
import { mistakeInName } from './iamProvider.ts';
import { askAddresses } from './signInRegions.ts';
import { sayNext, type NextStep, type SignInRim } from './signInRim.ts';

const rulesTitle = 'AD FS claim rules for AWS';

const sessionNames: readonly Choice<'mail' | 'sAMAccountName'>[] = [
  { label: 'The mail address', value: 'mail', detail: 'Who has none cannot sign in' },
  { label: 'The account name', value: 'sAMAccountName' },
];

const forms: readonly Choice<'powershell' | 'rules'>[] = [
  { label: 'A PowerShell script', value: 'powershell', detail: 'For the AD FS server, with comments' },
  { label: 'The rules alone', value: 'rules', detail: 'To be pasted into custom rules' },
];

/** `which`: `{ provider: 'its name' }`, or nothing. Answers with the text. */
export async function writeClaimRules(rim: SignInRim, which: unknown, second: unknown): Promise<string | undefined> {
  const target = await rim.targets.open();
  const answers = new Answers(which, second);
  const providerName = fieldOf(which, 'provider') ?? (await askProvider(target, answers));
  if (providerName === undefined) return undefined;
  const mistake = mistakeInName(providerName);
  if (mistake !== undefined) throw new Refusal({ what: mistake });
  const groupPrefix = await answers.text('groupPrefix', {
    title: rulesTitle,
    prompt: 'Groups are named PREFIX-ACCOUNT-ROLE, such as AWS-123456789012-Readers. What is the prefix?',
    value: 'AWS',
    otherwise: 'AWS',
    mistake: (text) => (/^[\w.]{1,40}$/.test(text) ? undefined : 'Up to 40 letters, digits and _ .'),
  });
  if (groupPrefix === undefined) return undefined;
  const from = { title: `${rulesTitle}: what names the session?`, otherwise: 'mail' } as const;
  const sessionName = await answers.choice('sessionName', sessionNames, from);
  if (sessionName === undefined) return undefined;
  const form = await answers.choice('form', forms, { title: rulesTitle, otherwise: 'rules' });
  if (form === undefined) return undefined;
  const partition = partitionOf(target.region).name;
  const rules = adfsClaimRules({ providerName, partition, groupPrefix, sessionName });
  const text = form === 'rules' ? rules : claimRulesScript(rules, partition);
  return show(rim, text, form === 'rules' ? 'plaintext' : 'powershell', trapInClaimRules);
}

/** A name that is there already stands in the box: it can be written over. */
async function askProvider(target: Target, answers: Answers): Promise<string | undefined> {
  const { entries } = await kinds.samlProvider.list({ target }).catch(() => ({ entries: [] }));
  const prompt = 'The name of the IAM SAML provider, in every account that people sign in to';
  return answers.text('provider', { title: rulesTitle, prompt, value: entries[0]?.name ?? '', mistake: mistakeInName });
}

const services: readonly Choice<'aws' | 'cognito'>[] = [
  {
    label: 'AWS sign-in',
    value: 'aws',
    detail: "The console and the command line: AWS's own metadata, of the regions you choose",
  },
  { label: 'A Cognito user pool', value: 'cognito', detail: 'Cognito publishes none itself' },
];

/** `which`: `{ pool: 'its id or name' }`, or nothing. Answers with the text. */
export async function writeSpMetadata(rim: SignInRim, which: unknown, second: unknown): Promise<string | undefined> {
  const target = await rim.targets.open();
  const call = { target, answers: new Answers(which, second) };
  const title = 'Service provider metadata';
  const named = fieldOf(which, 'pool');
  const service =
    named === undefined ? await call.answers.choice('service', services, { title, otherwise: 'aws' }) : 'cognito';
  if (service === undefined) return undefined;
  const text = service === 'aws' ? await ofAws(call, title) : await ofPool(call, named, title);
  const advice = 'Save it as a file, and import it where users sign in: AD FS calls it a relying party trust.';
  return text === undefined ? undefined : show(rim, text, 'xml', advice);
}

async function ofAws({ target, answers }: Call, title: string): Promise<string | undefined> {
  const chosen = await askAddresses(target, answers, `${title} of AWS: in which regions do people sign in?`);
  return chosen && awsSpMetadata(chosen.regions, chosen.standIn === undefined ? [] : [chosen.standIn]);
}

async function ofPool({ target }: Call, named: string | undefined, title: string): Promise<string | undefined> {
  const id = named === undefined ? await pickPool(target, title) : await poolIdOf(target, named);
  if (id === undefined) return undefined;
  const { address, name } = await poolFacts({ target }, id);
  if (address === undefined)
    throw new Refusal({
      what: `The user pool ${name} has no domain, so that there is no address to send assertions to.`,
      advice: 'Give it one first: creating an identity provider in it does.',
    });
  const domain = address.replace(/^https:\/\//, '');
  return cognitoSpMetadata({ poolId: id, domain, ...(await samlKeysOf({ target }, id)) });
}

async function pickPool(target: Target, title: string): Promise<string | undefined> {
  const aim = await pickAim(pinned(target), ['userPool'], `${title}: of which user pool?`);
  return aim?.kind === 'resource' ? aim.found.ref : undefined;
}

function fieldOf(which: unknown, name: string): string | undefined {
  const value =
    typeof which === 'object' && which !== null ? Object.entries(which).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

async function show(rim: SignInRim, content: string, language: string, words: string): Promise<string> {
  await showNewText(content, { language });
  const copy: NextStep = { label: 'Copy All', take: () => rim.copy(content) };
  sayNext(words, [copy]);
  return content;
}
