// The Resources view: the editor's side of resourceModel.ts. In: what is unfolded and in sight. Out: items, badges, and, while the
// view is in sight, a look every few seconds at what is drawn. Never: starts the sandbox or reads a list before a row is unfolded.
import * as vscode from 'vscode';
import type { Found } from '../../aws/resources/kind.ts';
import { kinds } from '../../aws/resources/kinds.ts';
import type { Notice } from '../../protocol/message.ts';
import { explain } from '../explain.ts';
import { offerCommands } from '../showNotice.ts';
import type { Targets } from '../targets.ts';
import type { Aim, GroupName, ResourceRefresh } from './aim.ts';
import { followCalls } from './followCalls.ts';
import type { KeptNames } from './keptNames.ts';
import type { LabMarks } from './labMarks.ts';
import type { Node } from './node.ts';
import { ResourceModel } from './resourceModel.ts';
import type { Row } from './row.ts';
import { rowUri, Sight } from './sight.ts';

export interface TreeOptions {
  readonly targets: Targets;
  readonly marks: LabMarks;
  readonly names: KeptNames;
  show(notice: Notice): void;
}

/** Milliseconds between looks at what is drawn: calls to AWS cost, and are counted by others too. */
const live = { sandbox: 3000, aws: 10_000 } as const;
/** How long the editor takes at most to say again what is drawn. */
const answered = 700;
/** Milliseconds between changes that the editor is told of. */
const turn = 260;
/** So many rows went by at once that most of them are out of sight again. */
const flung = 24;

export class ResourceTree implements vscode.TreeDataProvider<Node>, ResourceRefresh {
  readonly model: ResourceModel;
  readonly #options: TreeOptions;
  readonly #changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly #sight = new Sight();
  readonly #timers = new Set<NodeJS.Timeout>();
  #nextLook: NodeJS.Timeout | undefined;
  #view: vscode.TreeView<Node> | undefined;
  #gone: Found[] = [];
  readonly #due = new Set<Node>();
  #allDue = false;
  #drawing = false;
  #flung = false;
  readonly onDidChangeTreeData = this.#changed.event;

  readonly #explain = (error: unknown): Notice => explain(error, this.#options.targets.view.sandbox);

  constructor(options: TreeOptions) {
    this.#options = options;
    const { targets, marks, names } = options;
    this.model = new ResourceModel({
      open: () => targets.open(),
      region: () => targets.view.region ?? '',
      explain: this.#explain,
      now: () => Date.now(),
      markOf: marks.of,
      namesOf: names.of,
      changed: (nodes) => this.#draw(nodes),
      gone: (found) => this.#tellGone(found),
    });
  }

  async #drop(node: Node | undefined, data: vscode.DataTransfer): Promise<void> {
    const { dropFiles } = await import('./dropFiles.ts');
    const rim = { ...this.#options, explain: this.#explain, refresh: (aim: Aim) => this.refresh(aim) };
    await dropFiles(rim, node, data);
  }

  register(): vscode.Disposable {
    const { targets } = this.#options;
    const view = vscode.window.createTreeView('awsLabs.resources', {
      treeDataProvider: this,
      showCollapseAll: true,
      dragAndDropController: {
        dragMimeTypes: [],
        dropMimeTypes: ['text/uri-list', 'files'],
        handleDrop: (node, data) => this.#drop(node, data),
      },
    });
    this.#view = view;
    const badgeOf = (id: string) => {
      const node = this.model.node(id);
      return node && this.model.row(node).badge;
    };
    view.onDidChangeVisibility(({ visible }) => this.#setVisible(visible));
    this.#setVisible(view.visible);
    const calls = followCalls(targets, (kind) => this.#madeOrRemoved(kind));
    const moved = targets.moved.on(() => {
      this.#options.marks.clear();
      this.model.reset();
    });
    // Told of the same target twice: it was emptied, or has other credentials.
    let last = targets.current;
    const changes = targets.changes.on(() => {
      if (targets.current !== undefined && targets.current === last) this.refresh();
      last = targets.current;
    });
    const timers = { dispose: () => this.#timers.forEach((timer) => clearTimeout(timer)) };
    return vscode.Disposable.from(
      view,
      this.#sight.register((id) => this.#seen(id), badgeOf),
      calls,
      moved,
      changes,
      timers,
    );
  }

  getChildren(node?: Node): Node[] {
    return [...(node ? this.model.children(node) : this.model.roots())];
  }

  getParent({ parent }: Node): Node | undefined {
    return parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const row = this.model.row(node);
    const item = new vscode.TreeItem(row.label, stateOf(row));
    item.id = node.id;
    item.description = row.description;
    item.tooltip = row.tooltip.join('\n');
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken, role: 'treeitem' };
    const colour = row.colour === undefined ? undefined : new vscode.ThemeColor(row.colour);
    item.iconPath = new vscode.ThemeIcon(row.icon, colour);
    if (node.what.is === 'resource') item.resourceUri = rowUri(node.id);
    const command = commandOf(row);
    if (command) item.command = { ...command, arguments: [node] };
    return item;
  }

  refresh(aim?: Aim): void {
    this.#readMarks();
    this.model.refresh(aim);
    this.#look();
  }

  /** The rows that are selected, for commands that came without one. */
  get selected(): readonly Node[] {
    return this.#view?.selection ?? [];
  }

  async reveal(node: Node, expand = false): Promise<void> {
    await vscode.commands.executeCommand('awsLabs.resources.focus');
    await this.#view?.reveal(node, { select: true, focus: true, expand });
  }

  #setVisible(visible: boolean): void {
    this.model.setVisible(visible);
    if (!visible) return;
    this.#readMarks();
    this.#look();
    this.#lookAgain();
  }

  /** One chain of looks, however often the view was hidden and shown meanwhile. */
  #lookAgain(): void {
    clearTimeout(this.#nextLook);
    this.#nextLook = this.#later(live[this.#options.targets.choice.kind === 'aws' ? 'aws' : 'sandbox'], () => {
      if (!this.#view?.visible) return;
      if (vscode.window.state.focused) this.#look();
      this.#lookAgain();
    });
  }

  /** Asks which rows are drawn, and lets go of what was wanted for others. */
  #look(): void {
    const { loader } = this.model.details;
    loader.newRound();
    this.#sight.askAgain();
    this.#later(answered, () => loader.dropOutdated());
  }

  #seen(id: string): void {
    this.model.seen(id);
    if (this.#flung || this.model.details.loader.queued < flung) return;
    this.#flung = true;
    this.#later(200, () => {
      this.#flung = false;
      this.#look();
    });
  }

  /** The editor waits for a pause of 200 ms before it draws what changed, so that it is told in turns that leave it one. */
  #draw(nodes: readonly Node[] | undefined): void {
    if (nodes === undefined) this.#allDue = true;
    else for (const node of nodes) this.#due.add(node);
    if (!this.#drawing) this.#drawDue();
  }

  #drawDue(): void {
    const nodes = [...this.#due];
    const all = this.#allDue;
    this.#due.clear();
    this.#allDue = false;
    this.#drawing = all || nodes.length > 0;
    if (!this.#drawing) return;
    this.#changed.fire(all ? undefined : nodes);
    this.#sight.decorate(nodes.filter(({ what }) => what.is === 'resource').map(({ id }) => id));
    this.#later(turn, () => this.#drawDue());
  }

  #tellGone(found: Found): void {
    this.#options.names.remove(found);
    this.#gone.push(found);
    if (this.#gone.length > 1) return;
    this.#later(300, () => {
      const [first, ...rest] = this.#gone;
      this.#gone = [];
      if (!first) return;
      const one = `The ${kinds[first.kind].label} ${first.name} is no longer there.`;
      const text = rest.length === 0 ? one : `${rest.length + 1} resources are no longer there.`;
      vscode.window.setStatusBarMessage(`$(trash) ${text}`, 8000);
    });
  }

  #madeOrRemoved(group: GroupName): void {
    this.#readMarks();
    if (this.model.isRead(group)) this.model.refresh({ kind: 'group', group });
    if (group === 'topic') this.model.refreshSubscriptions();
  }

  #readMarks(): void {
    const facts = this.#options.targets.current?.facts;
    if (facts === undefined) return;
    this.#options.marks.read(facts).then(
      () => this.model.marksChanged(),
      () => undefined,
    );
  }

  #later(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }
}

function stateOf({ expandable }: Row): vscode.TreeItemCollapsibleState {
  if (expandable === 'no') return vscode.TreeItemCollapsibleState.None;
  return expandable === 'open' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function commandOf({ click }: Row): { command: string; title: string } | undefined {
  if (!click) return undefined;
  return click.do === 'offer' ? { command: offerCommands[click.offer], title: '' } : click;
}
