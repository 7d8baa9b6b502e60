import * as vscode from 'vscode';
import { sayExpiry } from './credentialsExpiry.ts';
import type { CredentialsStore, PastedFacts } from './credentialsStore.ts';
import { Refusal } from './explain.ts';
import { kindLabels, readProfiles, type Profile } from './profiles.ts';
import { shownName } from './shownName.ts';
import { parseChoice, writeChoice, type Choice } from './targetChoice.ts';
import type { Targets } from './targets.ts';

interface Item extends vscode.QuickPickItem {
  readonly act?: () => unknown;
}

const rule = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Sandbox, pasted credentials, profiles, an endpoint, the region, and what can be done with each: one list. */
export async function pickTarget(targets: Targets, store: CredentialsStore): Promise<void> {
  const current = writeChoice(targets.choice);
  const mark = (text: string) => (text === current ? 'current' : '');
  const run = (command: string) => () => vscode.commands.executeCommand(command);
  const choose = (choice: Choice) => () => targets.switchTo(choice);
  const region = targets.choice.region;
  const at = region === undefined ? {} : { region };
  const [profiles, pasted] = await Promise.all([readProfiles(), store.list()]);
  const items: readonly Item[] = [
    {
      label: '$(beaker) Sandbox',
      description: mark('sandbox'),
      detail: 'On this machine: no account, no cost',
      act: choose({ kind: 'sandbox', ...at }),
    },
    rule('AWS: real accounts'),
    ...pasted.map((facts): Item => {
      const choice: Choice = { kind: 'aws', pasted: facts.name, region: facts.region };
      return { ...pastedItem(facts, mark(writeChoice(choice))), act: choose(choice) };
    }),
    ...profiles.map((profile): Item => {
      const choice: Choice = { kind: 'aws', profile: profile.name, ...at };
      return { ...profileItem(profile, mark(writeChoice(choice))), act: choose(choice) };
    }),
    {
      label: '$(cloud) Environment or default credentials',
      description: mark('aws') || environmentFacts(),
      act: choose({ kind: 'aws', ...at }),
    },
    {
      label: '$(clippy) Paste temporary credentials...',
      detail: 'Of a learner lab, the access portal or aws sts; kept in secret storage',
      act: run('awsLabs.pasteCredentials'),
    },
    ...(pasted.length === 0
      ? []
      : [{ label: '$(trash) Forget pasted credentials...', act: run('awsLabs.forgetCredentials') }]),
    ...(targets.choice.kind === 'sandbox' ? [] : [{ label: '$(key) Sign in again', act: run('awsLabs.signIn') }]),
    rule('Other'),
    {
      label: '$(plug) Endpoint URL...',
      description: targets.choice.kind === 'endpoint' ? current : '',
      detail: 'LocalStack, moto or another server that speaks AWS',
      act: () => pickEndpoint(targets),
    },
    {
      label: '$(globe) Region...',
      description: targets.view.region ?? (targets.choice.kind === 'sandbox' ? 'us-east-1' : 'of the profile'),
      act: () => pickRegion(targets),
    },
    ...(targets.choice.kind === 'sandbox' ? sandboxItems(run) : []),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Where do labs run?', matchOnDetail: true });
  await picked?.act?.();
}

const facts = (...each: readonly (string | undefined)[]): string =>
  each.filter((fact) => fact !== undefined && fact !== '').join(' · ');

function pastedItem({ name, account, region, expires }: PastedFacts, current: string): Item {
  const ends = sayExpiry(expires, Date.now())?.text;
  return { label: `$(key) ${shownName(name)}`, description: facts(current, 'pasted', account, region, ends) };
}

function profileItem({ name, kind, region, endpoint }: Profile, current: string): Item {
  const where = endpoint === undefined ? undefined : `at ${shownName(endpoint)}`;
  return {
    label: `$(cloud) ${shownName(name)}`,
    description: facts(current, kindLabels[kind], region && shownName(region), where),
  };
}

/** What the default credentials would be, as far as the environment tells. */
function environmentFacts(): string {
  if (process.env['AWS_ACCESS_KEY_ID']) return 'AWS_ACCESS_KEY_ID is set';
  const profile = process.env['AWS_PROFILE'];
  return profile ? `AWS_PROFILE is ${shownName(profile)}` : '';
}

function sandboxItems(run: (command: string) => () => unknown): readonly Item[] {
  return [
    rule('Sandbox'),
    { label: '$(debug-restart) Restart', detail: 'Its state is kept', act: run('awsLabs.restartSandbox') },
    { label: '$(trash) Reset', detail: 'Empties every account, region and service', act: run('awsLabs.resetSandbox') },
    { label: '$(clock) Advance the clock...', act: run('awsLabs.advanceClock') },
    { label: '$(terminal) Environment for other clients...', act: run('awsLabs.showEnvironment') },
  ];
}

async function pickEndpoint(targets: Targets): Promise<void> {
  const value = targets.choice.kind === 'endpoint' ? targets.choice.url : 'http://localhost:4566';
  const url = await vscode.window.showInputBox({
    title: 'Endpoint URL',
    value,
    prompt: 'Where the server listens. Credentials come from the environment, or are dummies.',
    validateInput: (text) =>
      parseChoice(text.trim()).kind === 'endpoint' ? undefined : 'An address such as http://localhost:4566',
  });
  if (url !== undefined)
    targets.switchTo({ ...parseChoice(url.trim()), ...(targets.choice.region && { region: targets.choice.region }) });
}

/** The ones most used; any other can be typed. */
export const regions: Readonly<Record<string, string>> = {
  'us-east-1': 'N. Virginia',
  'us-east-2': 'Ohio',
  'us-west-2': 'Oregon',
  'ca-central-1': 'Canada',
  'sa-east-1': 'São Paulo',
  'eu-central-1': 'Frankfurt',
  'eu-west-1': 'Ireland',
  'eu-west-2': 'London',
  'eu-west-3': 'Paris',
  'eu-north-1': 'Stockholm',
  'ap-south-1': 'Mumbai',
  'ap-southeast-1': 'Singapore',
  'ap-southeast-2': 'Sydney',
  'ap-northeast-1': 'Tokyo',
  'ap-northeast-2': 'Seoul',
};

const regionMistake = (text: string): string | undefined =>
  /^[a-z]{2,}(-[a-z]+)+-\d$/.test(text) ? undefined : 'A region such as eu-central-1.';

/** Asks, where it was not given. */
export async function pickRegion(targets: Targets, given?: unknown): Promise<void> {
  const region = given === undefined ? await askRegion(targets) : String(given);
  if (region === undefined) return;
  const what = regionMistake(region);
  if (what !== undefined) throw new Refusal({ what, advice: 'Nothing was changed.' });
  targets.switchTo({ ...targets.choice, region });
}

async function askRegion(targets: Targets): Promise<string | undefined> {
  const other = { label: 'Another region...' };
  const listed = Object.entries(regions).map(([label, description]) => ({ label, description }));
  const picked = await vscode.window.showQuickPick([...listed, other], {
    title: 'Region',
    placeHolder: targets.view.region ?? '',
  });
  return picked === other ? typeRegion() : picked?.label;
}

function typeRegion(): Thenable<string | undefined> {
  const prompt = 'Its code, such as ap-east-1';
  return vscode.window.showInputBox({ title: 'Region', prompt, validateInput: regionMistake });
}
