import * as vscode from 'vscode';
import { AwsFailure } from '../../aws/errors.ts';
import type { Found } from '../../aws/resources/kind.ts';
import { kinds, type KindName } from '../../aws/resources/kinds.ts';
import type { Target } from '../../aws/target.ts';
import { Refusal } from '../explain.ts';
import { plainMessage } from '../plainMessage.ts';
import type { Targets } from '../targets.ts';
import type { Aim } from './aim.ts';
import { NameList } from './nameList.ts';

interface Item extends vscode.QuickPickItem {
  readonly found?: Found;
  readonly act?: 'more' | 'name';
}

const quietMs = 200;

/**
 * Which resource of these kinds is meant: a list that fills page by page. Typing finds among those that are there, and of the others
 * looks on: queues by the beginning of their name, which SQS can search, the rest page by page.
 */
export async function pickAim(
  targets: Pick<Targets, 'open'>,
  wanted: readonly KindName[],
  title: string,
  placeholder = wanted.length > 3 ? 'Type to find a resource' : `Type to find ${oneOf(wanted)}`,
  fits: (found: Found) => boolean = () => true,
): Promise<Aim | undefined> {
  const found = await pickFound(await targets.open(), wanted, { title, placeholder, fits });
  return found && { kind: 'resource', found };
}

/** `a queue or topic`, `an instance`. */
export function oneOf(wanted: readonly KindName[]): string {
  const words = wanted.map((kind) => kinds[kind].label).join(' or ');
  return `${/^[aeio]/.test(words) ? 'an' : 'a'} ${words}`;
}

interface Wish {
  readonly title: string;
  readonly placeholder: string;
  fits(found: Found): boolean;
}

async function pickFound(
  target: Target,
  wanted: readonly KindName[],
  { title, placeholder, fits }: Wish,
): Promise<Found | undefined> {
  const stop = new AbortController();
  const list = new NameList({ target, signal: stop.signal }, wanted);
  const pick = vscode.window.createQuickPick<Item>();
  // A web page that takes the focus back, as one does after the palette closed, would close the list at once.
  Object.assign(pick, { title, placeholder, matchOnDescription: true, busy: true, ignoreFocusOut: true });
  try {
    const chosen = await choose(pick, list, fits);
    if (chosen?.act === 'name') return await byName(target, wanted, title);
    return chosen?.found;
  } finally {
    stop.abort();
    pick.dispose();
  }
}

function choose(pick: vscode.QuickPick<Item>, list: NameList, fits: Wish['fits']): Promise<Item | undefined> {
  return new Promise((resolve) => {
    let due: NodeJS.Timeout | undefined;
    let hidden = false;
    const draw = () => {
      if (hidden) return;
      const active = pick.activeItems[0]?.found?.ref;
      pick.items = itemsOf(list, fits);
      pick.busy = list.busy;
      const again = pick.items.find((item) => item.found?.ref === active && active !== undefined);
      if (again) pick.activeItems = [again];
    };
    list.onChange = draw;
    pick.onDidChangeValue((text) => {
      clearTimeout(due);
      due = setTimeout(() => void list.search(text), quietMs);
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.act === 'more') void list.more();
      else if (item) resolve(item);
    });
    pick.onDidHide(() => {
      hidden = true;
      clearTimeout(due);
      resolve(undefined);
    });
    pick.show();
    void list.more();
  });
}

function itemsOf(list: NameList, fits: Wish['fits']): Item[] {
  const several = list.kinds.length > 1;
  const items = list.entries.filter(fits).map((found): Item => ({
    label: found.name,
    found,
    ...(several && { description: kinds[found.kind].label }),
    ...(found.kind === 'instance' && found.name !== found.ref && { description: found.ref }),
  }));
  const name: Item = { label: '$(edit) By name...', alwaysShow: true, act: 'name' };
  if (list.failure !== undefined) {
    const reason = plainMessage(list.failure instanceof AwsFailure ? list.failure.what : String(list.failure));
    return [...items, { ...name, description: 'they could not be listed', detail: reason }];
  }
  if (list.hasMore && !list.busy) items.push({ label: '$(ellipsis) More...', alwaysShow: true, act: 'more' });
  if (items.length === 0 && !list.busy) {
    const none = list.kinds.map((kind) => kinds[kind].plural).join(' or ');
    return [{ ...name, description: `there are no ${none} here` }];
  }
  return items;
}

/** Who may not list may still know a name. */
async function byName(target: Target, wanted: readonly KindName[], title: string): Promise<Found | undefined> {
  const [kind] = wanted;
  const what = wanted.map((each) => kinds[each].label).join(' or ');
  const name = await vscode.window.showInputBox({ title, prompt: `The name of the ${what}`, ignoreFocusOut: true });
  if (kind === undefined || name === undefined || name.trim() === '') return undefined;
  for (const each of wanted) {
    const key = each === 'instance' ? { id: name.trim() } : { name: name.trim() };
    const found = await kinds[each].find({ target }, key);
    if (found) return found;
  }
  throw new Refusal({ what: `There is no ${what} ${name} here.`, advice: 'Is the region the right one?' });
}
