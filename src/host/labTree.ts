import * as vscode from 'vscode';
import type { LabCatalog, LabEntry } from './labCatalog.ts';
import { emptyRow, errorRow, labRow, loadingRow, stepRow, type LabState, type Row } from './labRows.ts';

export interface TreeSource {
  readonly catalog: LabCatalog;
  state(entry: LabEntry): LabState;
}

/** The Labs view. Loading, empty and error are rows like any other; a change of one lab redraws that lab only. */
export class LabTree implements vscode.TreeDataProvider<Row> {
  readonly #source: TreeSource;
  readonly #changed = new vscode.EventEmitter<Row | undefined>();
  readonly #labs = new Map<string, Row>();
  #settled: readonly LabEntry[] | unknown;
  #view: vscode.TreeView<Row> | undefined;
  #reading: 'no' | 'yes' | 'done' | 'failed' = 'no';
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(source: TreeSource) {
    this.#source = source;
    source.catalog.changes.on(() => this.#read());
  }

  /** Where the view is in sight, unfolds the lab whose panel was opened. */
  async unfold(lab: string): Promise<void> {
    const row = this.#labs.get(lab);
    if (row && this.#view?.visible) await this.#view.reveal(row, { expand: true, select: false, focus: false });
  }

  register(): vscode.Disposable {
    this.#view = vscode.window.createTreeView('awsLabs.labs', { treeDataProvider: this, showCollapseAll: true });
    return this.#view;
  }

  /** Redraws one lab and its steps, or all of them. */
  changed(lab?: string): void {
    this.#changed.fire(lab === undefined ? undefined : this.#labs.get(lab));
  }

  getChildren(row?: Row): Row[] {
    if (row?.lab !== undefined) return this.#steps(row.lab);
    if (this.#reading === 'no') this.#read();
    if (this.#reading === 'yes') return [loadingRow];
    if (this.#reading === 'failed') return [errorRow(this.#settled)];
    const rows = this.#entries().map((entry) => labRow(this.#source.state(entry)));
    this.#labs.clear();
    for (const each of rows) this.#labs.set(each.id, each);
    return rows.length === 0 ? [emptyRow] : rows;
  }

  getParent(row: Row): Row | undefined {
    return row.step === undefined || row.lab === undefined ? undefined : this.#labs.get(row.lab);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const current = row.step === undefined && row.lab !== undefined ? this.#freshLabRow(row) : row;
    const item = new vscode.TreeItem(current.label, stateOf(current));
    item.id = current.id;
    item.description = current.description;
    item.tooltip = current.tooltip;
    item.contextValue = current.context;
    item.accessibilityInformation = { label: current.spoken, role: 'treeitem' };
    item.iconPath = new vscode.ThemeIcon(
      current.icon,
      current.colour === undefined ? undefined : new vscode.ThemeColor(current.colour),
    );
    const command = current.lab === undefined ? current.command : 'awsLabs.openLab';
    if (command) item.command = { command, title: 'Open', arguments: [current] };
    return item;
  }

  #freshLabRow(row: Row): Row {
    const entry = this.#entries().find(({ id }) => id === row.lab);
    return entry ? labRow(this.#source.state(entry)) : row;
  }

  #steps(lab: string): Row[] {
    const entry = this.#entries().find(({ id }) => id === lab);
    if (entry?.lab === undefined) return [];
    const state = this.#source.state(entry);
    return entry.lab.steps.map((step) => stepRow(step, state));
  }

  #entries(): readonly LabEntry[] {
    const listed: readonly LabEntry[] = Array.isArray(this.#settled) ? this.#settled : [];
    return listed.map((entry) => this.#source.catalog.get(entry.id) ?? entry);
  }

  #read(): void {
    if (this.#reading !== 'done') this.#reading = 'yes';
    const settle = (reading: 'done' | 'failed') => (settled: unknown) => {
      this.#reading = reading;
      this.#settled = settled;
      this.#changed.fire(undefined);
    };
    this.#source.catalog.list().then(settle('done'), settle('failed'));
  }
}

function stateOf({ expandable, context }: Row): vscode.TreeItemCollapsibleState {
  if (!expandable) return vscode.TreeItemCollapsibleState.None;
  return context.includes('session')
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}
