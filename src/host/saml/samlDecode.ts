// Decoding what is selected, copied or pasted: a SAMLResponse, a SAMLRequest or a token.
import * as vscode from 'vscode';
import { Refusal } from '../explain.ts';
import { plainMessage } from '../plainMessage.ts';
import { trustFromMetadata } from '../../saml/message/trust.ts';
import { checkText, decodedText, type DecodedText } from './decodedText.ts';
import type { SamlDiagnostics } from './samlDiagnostics.ts';
import { shownText } from '../shownText.ts';
import { scheme, type SamlTexts } from './samlTexts.ts';
import { openDocument } from './whichDocument.ts';

type Decoded = Extract<DecodedText, { ok: true }>;

/** What the command may be given instead of asking. */
interface Given {
  readonly text?: string;
  /** null: not to be checked. */
  readonly metadata?: vscode.Uri | null;
}

export class SamlDecode {
  readonly #texts: SamlTexts;
  readonly #diagnostics: SamlDiagnostics;
  #count = 0;

  constructor(texts: SamlTexts, diagnostics: SamlDiagnostics) {
    this.#texts = texts;
    this.#diagnostics = diagnostics;
  }

  async run(argument: unknown): Promise<void> {
    const given = givenIn(argument);
    const text = given.text ?? selected() ?? (await ask());
    if (text === undefined) return;
    const decoded = decodedText(text, Date.now());
    if (!decoded.ok) throw new Refusal({ what: decoded.message, advice: 'Nothing was sent or kept.' });
    const path = `/decoded/${decoded.title} ${++this.#count}.${decoded.language}`;
    const document = await this.#texts.put(vscode.Uri.from({ scheme, path }), decoded.text);
    await vscode.window.showTextDocument(document, { preview: false });
    if (decoded.response) await this.#check(decoded, document, given.metadata);
  }

  async #check(decoded: Decoded, document: vscode.TextDocument, given: vscode.Uri | null | undefined): Promise<void> {
    const uri = given === undefined ? await this.#askMetadata() : given;
    if (!uri || decoded.xml === undefined) return;
    const metadata = await openDocument(uri);
    const trust = trustFromMetadata(metadata.getText(), Date.now());
    if (trust.keys.length === 0)
      throw new Refusal({
        what: 'That file names no signing certificate of an identity provider.',
        advice: 'Take the metadata of the identity provider, not of the service.',
      });
    const { checked, verdict } = checkText(decoded.xml, { trust, now: Date.now(), provider: undefined });
    this.#diagnostics.put(document, checked.findings, decoded.rangeThere);
    const say = checked.trusted ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    void say(plainMessage(verdict));
  }

  async #askMetadata(): Promise<vscode.Uri | null | undefined> {
    const open = this.#diagnostics.open.map(({ uri }) => ({
      label: shownText(vscode.workspace.asRelativePath(uri)).replaceAll('$(', '$ ('),
      choice: uri,
    }));
    const items = [
      ...open,
      { label: 'Choose a file…', choice: 'file' as const },
      { label: 'Do not check', choice: null },
    ];
    const placeHolder = 'Check the response against the metadata of which identity provider?';
    const picked = await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true });
    if (picked?.choice !== 'file') return picked?.choice;
    const [file] = (await vscode.window.showOpenDialog({ filters: { Metadata: ['xml'], All: ['*'] } })) ?? [];
    return file;
  }
}

function givenIn(argument: unknown): Given {
  if (typeof argument === 'string') return { text: argument };
  if (typeof argument !== 'object' || argument === null) return {};
  const { text, metadata }: { text?: unknown; metadata?: unknown } = argument;
  return {
    ...(typeof text === 'string' && { text }),
    ...((metadata === null || metadata instanceof vscode.Uri) && { metadata }),
  };
}

function selected(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : '';
  return text.trim() === '' ? undefined : text;
}

/** What was copied, if it is a message; otherwise a field to paste into, which does not show it. */
async function ask(): Promise<string | undefined> {
  // A browser may refuse it; then it is pasted.
  const copied = await vscode.env.clipboard.readText().then(
    (text) => text,
    () => '',
  );
  const found = decodedText(copied, Date.now());
  if (found.ok && !copied.trimStart().startsWith('<')) {
    const own = `${found.title} from the clipboard`;
    const picked = await vscode.window.showQuickPick([own, 'Paste another…'], { placeHolder: 'Decode what?' });
    if (picked !== 'Paste another…') return picked === own ? copied : undefined;
  }
  return vscode.window.showInputBox({
    prompt: 'Paste a SAMLResponse, a SAMLRequest, an address with one, or a token (JWT). It stays on this machine.',
    ignoreFocusOut: true,
    password: true,
    validateInput: (text) => {
      const decoded = text.trim() === '' ? undefined : decodedText(text, Date.now());
      return decoded && !decoded.ok ? decoded.message : undefined;
    },
  });
}
