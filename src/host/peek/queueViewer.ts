import type * as vscode from 'vscode';
import type { QueueRef } from '../../peek/queueFacts.ts';
import type { Targets } from '../targets.ts';
import type { EditorDeskRim } from './editorDesk.ts';
import type { PeekPanels } from './peekPanels.ts';

/** The viewer, loaded when a queue is first looked into: activation does not wait for it. */
export class QueueViewer {
  readonly #load: () => Promise<PeekPanels>;
  #panels: Promise<PeekPanels> | undefined;

  constructor(extension: vscode.Uri, targets: Targets, rim: Omit<EditorDeskRim, 'view'>) {
    this.#load = async () => {
      const { PeekPanels } = await import('./peekPanels.ts');
      return new PeekPanels(extension, targets, rim);
    };
  }

  async show(queue: QueueRef): Promise<void> {
    this.#panels ??= this.#load();
    (await this.#panels).show(queue);
  }

  dispose(): void {
    void this.#panels?.then((panels) => panels.dispose());
  }
}
