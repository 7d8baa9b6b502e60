// Which user pool is meant, or what a new one and its domain shall be called.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { mistakeInDomainPrefix, mistakeInPoolName } from '../../../aws/actions/signInNames.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import type { Call } from '../../resources/actions/actionRim.ts';
import type { Answers } from '../../resources/actions/answers.ts';
import { shownName } from '../../shownName.ts';
import { nameFrom } from './signInRim.ts';

export const title = 'Create a Cognito identity provider';

interface PoolItem extends vscode.QuickPickItem {
  readonly id?: string;
}

/** `{ pool: 'its id or name' }` or `{ newPool: 'name' }` answers. */
export async function askPool({ target, answers }: Call): Promise<{ id: string } | { create: string } | undefined> {
  const given = answers.given('pool');
  if (typeof given === 'string') return { id: await poolIdOf(target, given) };
  const id = answers.given('newPool') === undefined ? await pickPool(target) : 'new';
  if (id === undefined) return undefined;
  if (id !== 'new') return { id };
  const prompt = 'What shall the user pool be called?';
  const name = await answers.text('newPool', { title, prompt, value: 'Learners', mistake: mistakeInPoolName });
  return name === undefined ? undefined : { create: name };
}

/** By its id, or by a name that only one has. */
export async function poolIdOf(target: Target, given: string): Promise<string> {
  const found = /^[\w-]+_[0-9a-zA-Z]+$/.test(given)
    ? await kinds.userPool.find({ target }, { id: given })
    : await kinds.userPool.namesake?.({ target }, { name: given });
  if (found) return found.ref;
  throw new Refusal({ what: `There is no user pool ${given} here, or more than one.`, advice: 'Say its id.' });
}

async function pickPool(target: Target): Promise<string | undefined> {
  const { entries } = await kinds.userPool.list({ target });
  const items: PoolItem[] = [
    { label: '$(add) A new user pool', detail: 'People who come from the identity provider become users of it' },
    ...entries.map(({ name, ref, key }) => ({
      label: shownName(name),
      description: 'ref' in key ? ref : (key['id'] ?? ''),
      id: ref,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `${title}: in which user pool?`,
    ignoreFocusOut: true,
  });
  return picked && (picked.id ?? 'new');
}

export function askDomain(answers: Answers, target: Target, entityID: string | undefined): Promise<string | undefined> {
  const stem = nameFrom(entityID, 40)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/aws|amazon|cognito/g, '')
    .replaceAll(/^-+|-+$/g, '');
  return answers.text('domain', {
    title,
    prompt: `The pool needs an address for its sign-in pages: https://PREFIX.auth.${target.region}.amazoncognito.com`,
    value: `${stem || 'login'}-${randomBytes(3).toString('hex')}`,
    mistake: mistakeInDomainPrefix,
  });
}
