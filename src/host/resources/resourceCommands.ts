import * as vscode from 'vscode';
import { kinds } from '../../aws/resources/kinds.ts';
import type { Found } from '../../aws/resources/kind.ts';
import type { Target } from '../../aws/target.ts';
import { Refusal } from '../explain.ts';
import type { Targets } from '../targets.ts';
import type { GroupName } from './aim.ts';
import { keyInArn } from './arnKey.ts';
import type { KeptNames } from './keptNames.ts';
import { groupLabels, groupNames } from './messageRows.ts';
import type { Node } from './node.ts';
import { pickAim } from './pickAim.ts';
import type { ResourceTree } from './resourceTree.ts';

export interface TreeCommandRim {
  readonly targets: Targets;
  readonly tree: ResourceTree;
  readonly names: KeptNames;
}

/** The view's own commands. From a row they are about it; from the palette, about what is selected, or they ask. */
export function resourceCommands({ targets, tree, names }: TreeCommandRim) {
  const nodeOf = (row: unknown): Node | undefined =>
    typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string'
      ? tree.model.node(row.id)
      : undefined;
  return {
    'awsLabs.refreshResources': () => tree.refresh(),
    'awsLabs.refreshResource': (row: unknown) => tree.refresh((nodeOf(row) ?? tree.selected[0])?.aim),
    'awsLabs.loadMore'(row: unknown): void {
      const node = [nodeOf(row), ...tree.selected].find((each) => each?.what.is === 'message') ?? tree.model.moreNode();
      if (!node) throw new Refusal({ severity: 'info', what: 'All there is to list is shown.' });
      tree.model.more(node);
    },
    async 'awsLabs.findResource'(row: unknown): Promise<void> {
      const node = nodeOf(row);
      const place = node && bucketPlace(node);
      if (node && place) return findObjects(tree, node, place);
      const group = groupOf(node);
      const aim = await pickAim(targets, group ? [group] : ['queue', 'topic', 'bucket', 'stream'], 'Find resource');
      if (aim?.kind === 'resource' && isGroup(aim.found.kind))
        await tree.reveal(tree.model.show(aim.found.kind, aim.found));
    },
    async 'awsLabs.addByName'(row: unknown): Promise<void> {
      const group = groupOf(nodeOf(row)) ?? (await pickGroup());
      if (group === undefined) return;
      const found = await askForName(await targets.open(), group);
      if (!found) return;
      names.add(found);
      await tree.reveal(tree.model.show(group, found));
    },
  };
}

const isGroup = (kind: string): kind is GroupName => groupNames.some((each) => each === kind);

/** The group that a row is, or stands in. */
function groupOf(node: Node | undefined): GroupName | undefined {
  if (!node) return undefined;
  return node.what.is === 'group' ? node.what.group : groupOf(node.parent);
}

function bucketPlace({ what }: Node): { readonly bucket: Found; readonly prefix: string } | undefined {
  if (what.is === 'folder') return { bucket: what.bucket, prefix: what.key };
  return what.is === 'resource' && what.found.kind === 'bucket' ? { bucket: what.found, prefix: '' } : undefined;
}

async function findObjects(
  tree: ResourceTree,
  node: Node,
  { bucket, prefix }: { readonly bucket: Found; readonly prefix: string },
): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: `Find in ${bucket.name}`,
    prompt: 'The beginning of a key. S3 tells capital letters from small ones.',
    value: prefix,
    valueSelection: [prefix.length, prefix.length],
  });
  if (typed !== undefined && typed !== '') await tree.reveal(tree.model.search(node, bucket, typed), true);
}

async function pickGroup(): Promise<GroupName | undefined> {
  const items = groupNames.map((group) => ({ label: groupLabels[group].label, group }));
  return (await vscode.window.showQuickPick(items, { title: 'Add by name: what is it?' }))?.group;
}

async function askForName(target: Target, group: GroupName): Promise<Found | undefined> {
  const { label } = kinds[group];
  const typed = await vscode.window.showInputBox({
    title: `Add a ${label} by name`,
    prompt: group === 'instance' ? 'Its id or its ARN' : 'Its name or its ARN',
    validateInput: (text) => (text.trim() === '' ? undefined : keyInArn(group, text.trim(), target).mistake),
  });
  if (typed === undefined || typed.trim() === '') return undefined;
  const { key, mistake } = keyInArn(group, typed.trim(), target);
  if (key === undefined) throw new Refusal({ what: mistake });
  const found = await kinds[group].find({ target }, key);
  if (!found) throw new Refusal({ what: `There is no ${label} ${kinds[group].nameOf(key)} in ${target.region}.` });
  return found;
}
