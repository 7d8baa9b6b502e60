import type { RunSnapshot, TeardownItem, TeardownResult } from '../lab/snapshot.ts';
import type { ProofView, TeardownItemView, TeardownView } from '../protocol/lab.ts';

/** The clean-up of a run as the panel shows it: plan, progress, proof. */
export function teardownView(run: RunSnapshot, real: boolean, listedAt: string | undefined): TeardownView | undefined {
  const { teardown } = run;
  if (teardown === undefined) return undefined;
  const items = teardown.waves.flat();
  const proof = teardown.result && proofView(items, teardown.result, listedAt ?? '');
  return {
    stage: teardown.status === 'failed' ? 'left' : teardown.status,
    waves: teardown.waves.map((wave) => wave.map(itemView)),
    lost: lostWith(items),
    costPerHour: teardown.costPerHour,
    removed: items.filter(({ state }) => state === 'removed').length,
    total: teardown.total,
    ...(real && { typeToConfirm: run.labId }),
    ...(proof && { proof }),
  };
}

/** What of a resource's contents is somebody's data. The rest, such as a role's policies, is part of what the plan lists. */
const data: Readonly<Partial<Record<TeardownItem['kind'], readonly [what: string, among: RegExp]>>> = {
  userPool: ['user', /^users?$/],
  bucket: ['object', /./],
  queue: ['message', /./],
};

function lostWith(items: readonly TeardownItem[]): string {
  const said = Object.entries(data).flatMap(([kind, [what, among]]) => {
    const count = items
      .flatMap((item) => (item.kind === kind ? item.contents : []))
      .reduce((sum, each) => sum + (among.test(each.what) ? each.count : 0), 0);
    return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
  });
  return said.join(' and ');
}

function itemView({ id, kindLabel, name, contents, canEmpty, state, why }: TeardownItem): TeardownItemView {
  const holds = contents.map(({ what, count }) => `${count} ${what}`).join(', ');
  return { id, kind: capital(kindLabel), name, holds, canEmpty, state, ...(why === undefined ? {} : { why }) };
}

/** Which kinds were listed after the last removal, and how many of the session's each listing still showed. */
function proofView(
  items: readonly TeardownItem[],
  { left, sentence, passedOn }: TeardownResult,
  listedAt: string,
): ProofView {
  const labels = new Map(items.map(({ kind, kindLabel }) => [kind, capital(kindLabel)]));
  return {
    sentence,
    ...(passedOn !== undefined && { passedOn }),
    listedAt,
    left: left.map(({ kind, name, why }) => ({ kind: labels.get(kind) ?? kind, name, why })),
    listed: [...labels].map(([kind, label]) => ({
      kind: label,
      count: left.filter((each) => each.kind === kind).length,
    })),
  };
}

/** `queue` -> `Queue`. */
export function capital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
