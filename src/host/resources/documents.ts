import * as vscode from 'vscode';
import type { Target, TargetFacts } from '../../aws/target.ts';
import { Refusal } from '../explain.ts';
import { aimOf, pinned, type Act, type ActionRim } from './actions/actionRim.ts';
import { pickObject } from './actions/pickObject.ts';
import type { Aim, AimedRow } from './aim.ts';
import type { DocumentFiles } from './documentFiles.ts';
import { documentScheme, pathOf, type Address } from './documents/address.ts';
import { pickAim } from './pickAim.ts';

export type DocumentName = 'policy' | 'attributes' | 'object';

/** Where a document of this resource or object is; undefined where it has none such. */
export function documentUri(
  aim: Aim,
  which: DocumentName,
  target: Pick<TargetFacts, 'account' | 'region'>,
): vscode.Uri | undefined {
  const address = addressOf(aim, which, target);
  return address && vscode.Uri.from({ scheme: documentScheme, path: pathOf(address) });
}

function addressOf(
  aim: Aim,
  which: DocumentName,
  { account, region }: Pick<TargetFacts, 'account' | 'region'>,
): Address | undefined {
  const place = { account, region };
  if (aim.kind === 'object')
    return which === 'object' ? { which, ...place, name: aim.bucket.name, key: aim.key } : undefined;
  if (aim.kind !== 'resource' || which === 'object') return undefined;
  const { kind, name } = aim.found;
  if (kind === 'topic' || kind === 'queue' || kind === 'bucket') return { which, kind, ...place, name };
  return kind === 'stream' && which === 'attributes' ? { which, kind, ...place, name } : undefined;
}

type Asks = (target: Target) => Promise<Aim | undefined>;

/** Opens policies, attributes and objects in the editor. Each says itself why it cannot be opened. */
export function documentCommands(
  rim: ActionRim,
  files: DocumentFiles,
): Record<'awsLabs.openPolicy' | 'awsLabs.openAttributes' | 'awsLabs.openObject', Act> {
  const open =
    (which: DocumentName, ask: Asks): Act =>
    async (row) => {
      const target = await rim.targets.open();
      const aim = (await aimOf(rim, target, row)) ?? (await ask(target));
      if (aim) await openDocument(files, aim, which, target);
    };
  return {
    'awsLabs.openPolicy': open('policy', (target) =>
      pickAim(pinned(target), ['topic', 'queue', 'bucket'], 'Open the policy of'),
    ),
    'awsLabs.openAttributes': open('attributes', (target) =>
      pickAim(pinned(target), ['topic', 'queue', 'bucket', 'stream'], 'Open the attributes of'),
    ),
    'awsLabs.openObject': open('object', (target) => pickObject(target, 'Open an object')),
  };
}

async function openDocument(files: DocumentFiles, aim: Aim, which: DocumentName, target: Target): Promise<void> {
  const uri = documentUri(aim, which, target);
  if (uri === undefined) throw new Refusal({ what: `This has no ${which} that could be opened.` });
  const store = await files.store();
  const { size } = await store.stat(uri.path).catch(refuse);
  if (which !== 'object') await vscode.window.showTextDocument(uri, { preview: false });
  else if (await fits(size, aim)) await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
}

async function refuse(error: unknown): Promise<never> {
  const { DocumentProblem } = await import('./documents/problem.ts');
  if (!(error instanceof DocumentProblem)) throw error;
  throw new Refusal({ what: error.what, advice: error.advice });
}

/** What is too large for an editor can be downloaded. */
async function fits(size: number, aim: Aim): Promise<boolean> {
  const { largestOpened, tooLarge } = await import('./documents/objectContent.ts');
  if (size <= largestOpened) return true;
  const download = 'Download';
  const chosen = await vscode.window.showWarningMessage(tooLarge(size).message, download);
  if (chosen === download) await vscode.commands.executeCommand('awsLabs.download', { aim } satisfies AimedRow);
  return false;
}
