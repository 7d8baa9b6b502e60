// Which attributes of users come from assertions: chosen from what is offered, or typed.
import * as vscode from 'vscode';
import { standardAttributes, type PoolFacts } from '../../../aws/actions/cognitoPool.ts';
import type { Answers } from '../../resources/actions/answers.ts';
import { announcedIn, mappingOffers, readMapping } from './attributeMapping.ts';
import type { ChosenMetadata } from './chosenMetadata.ts';
import { title } from './poolWish.ts';

interface MappingItem extends vscode.QuickPickItem {
  readonly to?: string;
  readonly from?: string;
}

/** `{ mapping: { email: 'mail' } }` answers. */
export async function askMapping(
  answers: Answers,
  { text }: ChosenMetadata,
  pool: PoolFacts | undefined,
): Promise<Readonly<Record<string, string>> | undefined> {
  const offers = mappingOffers(announcedIn(text), pool?.attributes ?? standardAttributes);
  const given = answers.given('mapping');
  if (typeof given === 'object' && given !== null)
    return Object.fromEntries(Object.entries(given).map(([to, from]) => [to, String(from)]));
  const usual = offers.filter(({ to, from }) => from.announced || picked.has(to) || pool?.required.includes(to));
  if (answers.silent) return Object.fromEntries(usual.map(({ to, from }) => [to, from.name]));
  const items: MappingItem[] = offers.map(({ to, from }) => ({
    label: to,
    description: pool?.required.includes(to)
      ? 'the pool requires it'
      : from.announced
        ? 'announced in the metadata'
        : '',
    detail: from.name,
    to,
    from: from.name,
    picked: usual.some((each) => each.to === to),
  }));
  const more: MappingItem = { label: 'Others...', detail: 'Typed as attribute=name' };
  const chosen = await vscode.window.showQuickPick([...items, more], {
    title: `${title}: which attributes of users come from assertions?`,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return undefined;
  const mapping = Object.fromEntries(chosen.flatMap(({ to, from }) => (to && from ? [[to, from]] : [])));
  return chosen.includes(more) ? typeMore(answers, mapping) : mapping;
}

/** What AD FS sends to nearly everybody. */
const picked: ReadonlySet<string> = new Set(['email', 'given_name', 'family_name', 'name']);

async function typeMore(answers: Answers, mapping: Readonly<Record<string, string>>) {
  const typed = await answers.text('moreMapping', {
    title,
    prompt: 'Further attributes, as attribute=name with blanks between: custom:team=team',
    mistake: (text) => {
      const read = readMapping(text);
      return typeof read === 'string' ? read : undefined;
    },
  });
  const read = typed === undefined ? undefined : readMapping(typed);
  return read === undefined || typeof read === 'string' ? undefined : { ...mapping, ...read };
}
