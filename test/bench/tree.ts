// What the Resources view costs with a bucket of many objects: from the click on the bucket to the rows, with the real host between.
import { openTarget } from '../../src/aws/openTarget.ts';
import { explain } from '../../src/host/explain.ts';
import type { Node } from '../../src/host/resources/node.ts';
import { ResourceModel } from '../../src/host/resources/resourceModel.ts';
import { realTime } from '../../src/host/targets.ts';
import type { Cost } from './costs.ts';
import { fillBucket } from './fill.ts';
import { sandbox, start } from './servers.ts';

const bucketName = 'bench-tree';

/** First page, every page, and the search for a prefix, in a bucket of so many objects. */
export async function treeCosts(count: number): Promise<Cost[]> {
  const running = await start(sandbox);
  try {
    await fillBucket(running, bucketName, count);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const choice = { kind: 'sandbox', endpoint: running.endpoint, region: 'us-east-1', credentials } as const;
    const target = await openTarget(choice, realTime);
    const tree = await openTree(() => Promise.resolve(target));
    const what = `tree, ${count} objects`;
    const costs: Cost[] = [{ what: `${what}: first page`, sandbox: await timed(() => tree.read()), unit: 'ms' }];
    let worst = 0;
    const all = await timed(async () => {
      while (tree.hasMore()) worst = Math.max(worst, await timed(() => tree.more()));
    });
    if (tree.size() !== count) throw new Error(`${tree.size()} of ${count} objects are shown.`);
    const found = await timed(() =>
      tree.find(
        `photo-${String(count - 10)
          .padStart(6, '0')
          .slice(0, 5)}`,
      ),
    );
    target.dispose();
    return [
      ...costs,
      { what: `${what}: all pages, one after the other`, sandbox: all, unit: 'ms' },
      { what: `${what}: the slowest of those`, sandbox: worst, unit: 'ms' },
      { what: `${what}: find by prefix, with all rows there`, sandbox: found, unit: 'ms' },
    ];
  } finally {
    await running.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The rows as the editor asks for them: all of a node, each time something of it has changed. */
async function openTree(open: ConstructorParameters<typeof ResourceModel>[0]['open']) {
  let told: () => void = () => undefined;
  const model = new ResourceModel({
    open,
    region: () => 'us-east-1',
    explain: (error) => explain(error, true),
    now: () => Date.now(),
    markOf: () => undefined,
    namesOf: () => [],
    changed: () => told(),
    gone: () => undefined,
  });
  const last = (node: Node): string => {
    const rows = model.children(node).map((child) => model.row(child));
    return rows.at(-1)?.label ?? '';
  };
  const read = async (node: Node): Promise<void> => {
    while (last(node).startsWith('Reading')) await new Promise<void>((done) => void (told = done));
  };
  model.setVisible(true);
  const group = model.roots().find(({ id }) => id === 'bucket');
  if (!group) throw new Error('There is no group of buckets.');
  await read(group);
  const [bucket] = model.children(group);
  if (bucket?.what.is !== 'resource') throw new Error('The bucket is not shown.');
  const { found } = bucket.what;
  const rest = () => model.children(bucket).find(({ what }) => what.is === 'message');
  return {
    read: () => read(bucket),
    hasMore: () => rest() !== undefined,
    size: () => model.children(bucket).filter(({ what }) => what.is === 'object').length,
    async more(): Promise<void> {
      const node = rest();
      if (node) model.more(node);
      await read(bucket);
    },
    find: (prefix: string) => read(model.search(bucket, found, prefix)),
  };
}
