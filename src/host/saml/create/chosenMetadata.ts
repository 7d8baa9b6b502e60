// Which metadata an act is about: the document it is told, the one in front, one that is open, the sandbox's own, or a file.
import * as vscode from 'vscode';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import { shownName } from '../../shownName.ts';
import type { Answers } from '../../resources/actions/answers.ts';
import { looksLikeMetadata } from '../looksLikeMetadata.ts';
import { metadataDocument, openDocument } from '../whichDocument.ts';

export interface ChosenMetadata {
  readonly text: string;
  /** Tells one from another where they are judged. */
  readonly key: string;
  /** Absent: it is no document of the editor's. */
  readonly uri?: vscode.Uri;
}

/** `which`: what the command was called with. Undefined: the person gave up. */
export async function chosenMetadata(
  which: unknown,
  answers: Answers,
  target: Target,
): Promise<ChosenMetadata | undefined> {
  const told = which instanceof vscode.Uri ? which : answers.given('metadata');
  if (told === 'sandbox') return ofSandbox(target);
  if (told instanceof vscode.Uri) return ofDocument(await metadataDocument(told));
  const front = vscode.window.activeTextEditor?.document;
  if (front && isMetadata(front)) return ofDocument(await metadataDocument(undefined));
  return ask(target);
}

const isMetadata = (document: vscode.TextDocument): boolean =>
  document.languageId === 'xml' && looksLikeMetadata(document.getText(new vscode.Range(0, 0, 1000, 0)));

/** As the editor has it, saved or not. A byte order mark is of the file: the text that is sent has none. */
const ofDocument = (document: vscode.TextDocument): ChosenMetadata => ({
  text: document.getText(),
  key: document.uri.toString(),
  uri: document.uri,
});

async function ofSandbox({ identityProvider, label }: Target): Promise<ChosenMetadata> {
  if (identityProvider) return { text: await identityProvider.metadata(), key: 'sandbox' };
  throw new Refusal({ what: `${label} has no identity provider of its own.`, advice: 'Open a metadata file.' });
}

async function ask(target: Target): Promise<ChosenMetadata | undefined> {
  const open = vscode.workspace.textDocuments.filter((each) => each.uri.scheme !== 'aws-labs-saml' && isMetadata(each));
  const items = [
    ...open.map((document) => ({
      label: shownName(document.uri.path.split('/').at(-1) ?? ''),
      description: 'is open',
      take: async () => ofDocument(document),
    })),
    ...(target.identityProvider
      ? [{ label: "The sandbox's own identity provider", description: '', take: () => ofSandbox(target) }]
      : []),
    { label: 'A metadata file...', description: '', take: askFile },
  ];
  if (items.length === 1) return askFile();
  const title = "The identity provider's metadata";
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  return picked?.take();
}

async function askFile(): Promise<ChosenMetadata | undefined> {
  const filters = { 'SAML metadata': ['xml'], 'All files': ['*'] };
  const [file] = (await vscode.window.showOpenDialog({ title: "The identity provider's metadata", filters })) ?? [];
  return file && ofDocument(await openDocument(file));
}
