// A model of the Resources view on a sandbox, as the editor would drive it: unfolds, looks, waits until it is still.
import { expect, vi } from 'vitest';
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Found } from '../../../src/aws/resources/kind.ts';
import type { Target } from '../../../src/aws/target.ts';
import { explain } from '../../../src/host/explain.ts';
import type { GroupName } from '../../../src/host/resources/aim.ts';
import type { Node } from '../../../src/host/resources/node.ts';
import { ResourceModel } from '../../../src/host/resources/resourceModel.ts';
import type { Row } from '../../../src/host/resources/row.ts';
import { clock } from '../../labs/bench.ts';
import type { TestSandbox } from '../../sandbox/start.ts';

export interface OpenModel {
  readonly model: ResourceModel;
  readonly target: Target;
  readonly gone: readonly string[];
  /** What is drawn anew, since the beginning. */
  readonly drawn: readonly Node[];
  now: number;
  group(name: GroupName): Node;
  /** Labels and descriptions of the children. */
  rows(node: Node): readonly Row[];
  texts(node: Node): readonly string[];
  child(node: Node, label: string): Node;
  /** Unfolds, and waits until all of its rows are there. */
  unfold(node: Node): Promise<readonly Node[]>;
  /** These rows are in sight, until their details are there. */
  look(...nodes: readonly Node[]): Promise<void>;
}

export async function openModel(
  sandbox: TestSandbox,
  changes: {
    readonly target?: Target;
    readonly named?: readonly Found[];
    readonly marks?: Readonly<Record<string, string>>;
  } = {},
): Promise<OpenModel> {
  const { endpoint, credentials, region } = sandbox;
  const target = changes.target ?? (await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock));
  const gone: string[] = [];
  const drawn: Node[] = [];
  const open: OpenModel = {
    target,
    gone,
    drawn,
    now: Date.now(),
    model: new ResourceModel({
      open: async () => target,
      region: () => target.region,
      explain: (error) => explain(error, true),
      now: () => open.now,
      markOf: ({ name }) => changes.marks?.[name],
      namesOf: (group) => (changes.named ?? []).filter(({ kind }) => kind === group),
      changed: (nodes) => drawn.push(...(nodes ?? [])),
      gone: ({ name }) => gone.push(name),
    }),
    group(name) {
      const node = open.model.roots().find(({ id }) => id === name);
      if (!node) throw new Error(`No group ${name}.`);
      return node;
    },
    rows: (node) => open.model.children(node).map((each) => open.model.row(each)),
    texts: (node) =>
      open.rows(node).map(({ label, description }) => (description === '' ? label : `${label} | ${description}`)),
    child(node, label) {
      const found = open.model.children(node).find((each) => open.model.row(each).label === label);
      if (!found) throw new Error(`No ${label} among ${open.texts(node).join(', ')}.`);
      return found;
    },
    async unfold(node) {
      await vi.waitFor(() => expect(open.texts(node).filter((text) => text.startsWith('Reading'))).toEqual([]), 20_000);
      return open.model.children(node);
    },
    async look(...nodes) {
      open.now += 60_000;
      for (const { id } of nodes) open.model.seen(id);
      await vi.waitFor(() => expect(open.model.details.loader.idle).toBe(true), 20_000);
    },
  };
  open.model.setVisible(true);
  return open;
}
