import * as vscode from 'vscode';
import { diffTags, mistakeInTag, mostTags, readTags, saveTags, type Tagged } from '../../../aws/actions/tags.ts';
import type { Look, Tags } from '../../../aws/resources/kind.ts';
import { Refusal } from '../../explain.ts';
import type { Aim } from '../aim.ts';
import { keyText } from '../keyText.ts';
import { pickAim } from '../pickAim.ts';
import { aimOf, pinned, type Act, type ActionRim } from './actionRim.ts';
import { Answers, say } from './answers.ts';

const taggable = ['queue', 'topic', 'bucket', 'stream', 'instance'] as const;

/** Answers with the tags as they are then. */
export function tagActions(rim: ActionRim): { readonly 'awsLabs.editTags': Act } {
  return {
    async 'awsLabs.editTags'(row, second) {
      const target = await rim.targets.open();
      const aim = (await aimOf(rim, target, row)) ?? (await pickAim(pinned(target), taggable, 'Edit tags'));
      if (aim === undefined) return undefined;
      const of = taggedOf(aim);
      const before = await readTags({ target }, of);
      const after = wanted(new Answers(row, second), before) ?? (await editing(nameOf(of), before, mostTags(of)));
      if (after === undefined) return undefined;
      await save({ target }, of, before, after);
      rim.refresh.refresh(aim);
      return after;
    },
  };
}

function taggedOf(aim: Aim): Tagged {
  if (aim.kind === 'object') return { kind: 'object', bucket: aim.bucket.name, key: aim.key };
  if (aim.kind === 'resource' && taggable.some((kind) => kind === aim.found.kind)) return aim.found;
  throw new Refusal({
    what: 'This carries no tags.',
    advice: 'Choose a topic, a queue, a bucket, an object, a stream or an instance.',
  });
}

const nameOf = (of: Tagged): string => (of.kind === 'object' ? keyText(of.key) : of.name);

async function save(look: Look, of: Tagged, before: Tags, after: Tags): Promise<void> {
  for (const [key, value] of Object.entries(diffTags(before, after).set)) {
    const mistake = mistakeInTag(key, value);
    if (mistake !== undefined) throw new Refusal({ what: mistake, advice: 'No tag was changed.' });
  }
  await saveTags(look, of, before, after);
  say(`The tags of ${nameOf(of)} were saved.`);
}

/** `{ set: { team: "shop" }, remove: ["old"] }` */
function wanted(answers: Answers, before: Tags): Tags | undefined {
  if (!answers.silent) return undefined;
  const set = answers.given('set');
  const remove = answers.given('remove');
  const gone = new Set(Array.isArray(remove) ? remove.map(String) : []);
  const kept = Object.entries(before).filter(([key]) => !gone.has(key));
  const added = typeof set === 'object' && set !== null ? Object.entries(set) : [];
  return Object.fromEntries([...kept, ...added].map(([key, value]) => [key, String(value)]));
}

interface Item extends vscode.QuickPickItem {
  readonly tag?: string;
  readonly act?: 'add' | 'save';
}

const removeButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove this tag' };

/** A list that is edited until it is saved: nothing is sent before. */
async function editing(name: string, before: Tags, most: number): Promise<Tags | undefined> {
  let tags = before;
  for (;;) {
    const step = await pickStep(`Tags of ${name}`, before, tags, most);
    switch (step?.act) {
      case undefined:
        return undefined;
      case 'save':
        return tags;
      case 'remove': {
        const { [step.tag]: _gone, ...rest } = tags;
        tags = rest;
        break;
      }
      case 'edit':
        tags = (await askTag(name, tags, step.tag)) ?? tags;
    }
  }
}

type Step = { readonly act: 'save' } | { readonly act: 'remove' | 'edit'; readonly tag: string };

function pickStep(title: string, before: Tags, tags: Tags, most: number): Promise<Step | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  Object.assign(pick, { title, ignoreFocusOut: true, placeholder: 'Enter edits a tag' });
  pick.items = itemsOf(before, tags, most);
  return new Promise<Step | undefined>((resolve) => {
    pick.onDidTriggerItemButton(({ item }) => item.tag !== undefined && resolve({ act: 'remove', tag: item.tag }));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.act === 'save') resolve({ act: 'save' });
      else if (item) resolve({ act: 'edit', tag: item.tag ?? '' });
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  }).finally(() => pick.dispose());
}

function itemsOf(before: Tags, tags: Tags, most: number): Item[] {
  const { set, remove } = diffTags(before, tags);
  const changes = Object.keys(set).length + remove.length;
  const save: Item = {
    label: `$(check) Save ${changes} ${changes === 1 ? 'change' : 'changes'}`,
    alwaysShow: true,
    act: 'save',
    ...(remove.length > 0 && { detail: `Removed: ${remove.join(', ')}` }),
  };
  const held = Object.keys(tags).filter((key) => !key.startsWith('aws:'));
  const listed = Object.entries(tags).map(([tag, description]): Item => {
    const fixed = tag.startsWith('aws:');
    const changed = Object.hasOwn(set, tag) ? { detail: 'changed' } : {};
    return {
      label: tag,
      description,
      ...(fixed ? { detail: "AWS's own" } : { tag, buttons: [removeButton], ...changed }),
    };
  });
  const add: Item = { label: '$(add) Add a tag...', alwaysShow: true, act: 'add' };
  return [...(changes > 0 ? [save] : []), ...listed, ...(held.length < most ? [add] : [])];
}

/** `key`: '' for a new one. */
async function askTag(name: string, tags: Tags, key: string): Promise<Tags | undefined> {
  if (key.startsWith('aws:')) return tags;
  const tag = key === '' ? await ask(`A new tag of ${name}`, 'Its key', '', (text) => newKey(text, tags)) : key;
  if (tag === undefined) return undefined;
  const value = await ask(`${tag}, a tag of ${name}`, 'Its value', tags[tag] ?? '', (text) => mistakeInTag(tag, text));
  return value === undefined ? undefined : { ...tags, [tag]: value };
}

const newKey = (key: string, tags: Tags): string | undefined =>
  mistakeInTag(key, '') ?? (Object.hasOwn(tags, key) ? 'There is a tag with this key already.' : undefined);

function ask(title: string, prompt: string, value: string, validateInput: (text: string) => string | undefined) {
  return vscode.window.showInputBox({ title, prompt, value, validateInput, ignoreFocusOut: true });
}
