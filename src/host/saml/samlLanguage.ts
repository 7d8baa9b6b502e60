// Hovers, outline, folding and the lines above metadata, from what has been found out about a document.
import * as vscode from 'vscode';
import type { OutlineItem } from '../../saml/describe.ts';
import type { Judge } from './judge.ts';
import { rangeIn, type SamlDiagnostics } from './samlDiagnostics.ts';
import { shownText } from '../shownText.ts';
import { markdownOf } from './samlHovers.ts';
import type { Judged } from './samlWork.ts';
import { scheme } from './samlTexts.ts';

const selector: vscode.DocumentSelector = { language: 'xml' };

export function registerLanguage(judge: Judge, known: SamlDiagnostics): vscode.Disposable {
  const judged = async (document: vscode.TextDocument): Promise<Judged | undefined> =>
    known.has(document) || document.uri.path.startsWith('/formatted/') ? judge.of(document) : undefined;
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => hoverAt(await judged(document), document, position),
    }),
    languages.registerDocumentSymbolProvider(
      selector,
      {
        provideDocumentSymbols: async (document) => {
          const outline = (await judged(document))?.outline;
          return outline && [symbolOf(outline, document)];
        },
      },
      { label: 'SAML metadata' },
    ),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (document) =>
        (await judged(document))?.folds.map(([start, end]) => new vscode.FoldingRange(start, end)),
    }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: async (document) => {
        const found = document.uri.scheme === scheme ? undefined : await judged(document);
        return found && lensesOf(found, document);
      },
    }),
  );
}

function hoverAt(
  judged: Judged | undefined,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const offset = document.offsetAt(position);
  const there = judged?.hovers.filter(({ start, end }) => start <= offset && offset <= end) ?? [];
  const [smallest] = there.toSorted((a, b) => a.end - a.start - (b.end - b.start));
  if (!smallest) return undefined;
  const text = new vscode.MarkdownString(markdownOf(smallest));
  text.isTrusted = false;
  text.supportHtml = false;
  text.supportThemeIcons = false;
  return new vscode.Hover(text, rangeIn(smallest, document));
}

function symbolOf(item: OutlineItem, document: vscode.TextDocument): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(
    shownText(item.name, 100),
    shownText(item.detail, 200),
    kindOf(item.name),
    rangeIn(item.range, document),
    rangeIn(item.nameRange, document),
  );
  symbol.children = item.children.map((child) => symbolOf(child, document));
  return symbol;
}

function kindOf(name: string): vscode.SymbolKind {
  const { SymbolKind } = vscode;
  if (name.startsWith('Entit')) return SymbolKind.Module;
  if (name === 'KeyDescriptor' || name === 'Signature') return SymbolKind.Key;
  if (name.endsWith('Service')) return SymbolKind.Interface;
  return name.endsWith('Descriptor') ? SymbolKind.Class : SymbolKind.Field;
}

/** At the root: acts on the whole document. */
function lensesOf({ outline, certificates, description }: Judged, document: vscode.TextDocument): vscode.CodeLens[] {
  if (!outline) return [];
  const range = rangeIn(outline.nameRange, document);
  const lens = (title: string, command: string) =>
    new vscode.CodeLens(range, { title, command, arguments: [document.uri] });
  const signing = certificates.some(({ use }) => use !== 'encryption');
  const roles = description?.entities.flatMap((entity) => entity.roles) ?? [];
  const provider = roles.some(({ kind }) => kind === 'IDPSSODescriptor');
  return [
    ...(provider ? [lens('Create IAM provider', 'awsLabs.createIamProvider')] : []),
    ...(provider ? [lens('Create Cognito identity provider', 'awsLabs.createCognitoProvider')] : []),
    ...(signing ? [lens('Extract the signing certificate', 'awsLabs.samlExtractCertificate')] : []),
    lens('Formatted view', 'awsLabs.samlFormatted'),
    lens('Report', 'awsLabs.samlReport'),
    ...(provider ? [lens('Round trip', 'awsLabs.samlRoundTrip')] : []),
  ];
}
