// Knows which rows are in sight. The editor asks for the items of all children of a row, seen or not; but for the decoration of an
// address only while a row with that address is drawn, because its lists draw only what is in sight. So each row has an address of
// our own scheme, and a provider that decorates nothing hears which are drawn. Told that "everything changed", the editor
// asks again for just those.
import * as vscode from 'vscode';
import type { Badge } from './row.ts';

export const rowScheme = 'aws-labs-row';

/** One flat part, so that no row's address lies under another's. */
export const rowUri = (id: string): vscode.Uri =>
  vscode.Uri.from({ scheme: rowScheme, path: `/${encodeURIComponent(id)}` });

const idOf = ({ path }: vscode.Uri): string => decodeURIComponent(path.slice(1));

export class Sight {
  readonly #asked = new vscode.EventEmitter<undefined>();
  readonly #decorated = new vscode.EventEmitter<vscode.Uri[]>();

  /** Who is drawn now? */
  askAgain(): void {
    this.#asked.fire(undefined);
  }

  /** What these rows wear has changed. */
  decorate(ids: readonly string[]): void {
    this.#decorated.fire(ids.map(rowUri));
  }

  /** Two providers: asking again makes the editor forget what one of them said, and colours would flicker. */
  register(seen: (id: string) => void, badgeOf: (id: string) => Badge | undefined): vscode.Disposable {
    return vscode.Disposable.from(
      this.#asked,
      this.#decorated,
      vscode.window.registerFileDecorationProvider({
        onDidChangeFileDecorations: this.#asked.event,
        provideFileDecoration(uri) {
          if (uri.scheme === rowScheme) seen(idOf(uri));
          return undefined;
        },
      }),
      vscode.window.registerFileDecorationProvider({
        onDidChangeFileDecorations: this.#decorated.event,
        provideFileDecoration(uri) {
          const badge = uri.scheme === rowScheme ? badgeOf(idOf(uri)) : undefined;
          return badge && new vscode.FileDecoration(badge.text, badge.tooltip, new vscode.ThemeColor(badge.colour));
        },
      }),
    );
  }
}
