// Which of AWS's sign-in addresses are meant: regions, each with an address of its own, and in the sandbox the page that stands in.
import * as vscode from 'vscode';
import { partitionOf } from '../../../aws/resources/lookup.ts';
import type { Target } from '../../../aws/target.ts';
import { signInUrl } from '../../../saml/message/buildMetadata.ts';
import { Refusal } from '../../explain.ts';
import type { Answers } from '../../resources/actions/answers.ts';
import { regions } from '../../targetPicker.ts';

export interface SignInAddresses {
  /** Of AWS, the first the usual one. */
  readonly regions: readonly string[];
  /** The sandbox's stand-in, where it is wanted. */
  readonly standIn: string | undefined;
}

export const addressesOf = ({ regions: chosen, standIn }: SignInAddresses): readonly string[] => [
  ...chosen.map(signInUrl),
  ...(standIn === undefined ? [] : [standIn]),
];

const isRegion = (text: string): boolean => /^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(text);

/** `{ regions: ['us-east-1', 'eu-central-1'], standIn: true }` answers. */
export async function askAddresses(
  target: Target,
  answers: Answers,
  title: string,
): Promise<SignInAddresses | undefined> {
  const standIn = (await target.identityProvider?.describe())?.signInUrl;
  const usual = [...new Set([firstRegion(target.region), target.region])];
  const given = answers.given('regions');
  if (given === undefined && !answers.silent) return ask(target, usual, standIn, title);
  const chosen = given === undefined ? usual : [given].flat().map(String);
  const wrong = chosen.find((each) => !isRegion(each));
  if (wrong !== undefined || chosen.length === 0)
    throw new Refusal({ what: `${wrong ?? 'That'} is no region.`, advice: 'Nothing was done.' });
  return { regions: chosen, standIn: answers.given('standIn') === false ? undefined : standIn };
}

/** us-east-1's address has no region in it, and is the one that everybody's settings begin with. */
function firstRegion(region: string): string {
  return partitionOf(region).name === 'aws' ? 'us-east-1' : region;
}

interface Item extends vscode.QuickPickItem {
  readonly region?: string;
}

async function ask(
  { region }: Target,
  usual: readonly string[],
  standIn: string | undefined,
  title: string,
): Promise<SignInAddresses | undefined> {
  const partition = partitionOf(region).name;
  const listed = [...new Set([...usual, ...Object.keys(regions)])].filter(
    (each) => partitionOf(each).name === partition,
  );
  const items: Item[] = listed.map((each) => ({
    label: each,
    description: regions[each] ?? '',
    detail: signInUrl(each),
    region: each,
    picked: usual.includes(each),
  }));
  const own: Item[] =
    standIn === undefined
      ? []
      : [{ label: 'The sandbox', description: "stands in for AWS's page", detail: standIn, picked: true }];
  const placeHolder = 'us-east-1 is not global: choose every one that is used';
  const picked = await vscode.window.showQuickPick([...own, ...items], {
    title,
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.length === 0) return undefined;
  return {
    regions: picked.flatMap((each) => each.region ?? []),
    standIn: picked.some((each) => each.region === undefined) ? standIn : undefined,
  };
}
