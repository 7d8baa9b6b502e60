// A folder is dragged from the Explorer onto a bucket: all that is in it is uploaded, and an upload can be cancelled on its way.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { poll } from '../poll.ts';
import { runningSandbox } from '../runningSandbox.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 150_000, size: { width: 1280, height: 900 } } as const;

const Bucket = 'dropped-here';
const many = 30;

export async function uploadsAFolderAndStopsWhenCancelled(workbench: Workbench): Promise<void> {
  write(workbench, 'site/index.html');
  write(workbench, 'site/pages/one.html');
  write(workbench, 'site/pages/two.html');
  for (let file = 0; file < many; file++) write(workbench, `large/part-${String(file).padStart(2, '0')}.bin`);

  await workbench.openView('AWS Labs');
  const tree = workbench.tree('Resources');
  await tree.expand('S3 buckets');
  const sandbox = await poll('the sandbox', () => runningSandbox(workbench));
  const client = new S3Client({ ...sandbox, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
  await workbench.command('AWS Labs: Refresh Resources');
  await tree.expand(Bucket);
  const keys = async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => Key);
  };

  await dropFromExplorer(workbench, 'site');
  await workbench.statusItem(`3 files uploaded to ${Bucket}.`).waitFor();
  assert.deepEqual(await keys(), ['site/index.html', 'site/pages/one.html', 'site/pages/two.html']);
  await tree.expand('site');
  await tree.row('index.html');

  const rules = [{ operation: 's3.PutObject', kind: 'latency', ms: 600 }];
  await fetch(`${sandbox.endpoint}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  await dropFromExplorer(workbench, 'large');
  const progress = workbench.notification(new RegExp(`Uploading .*to ${Bucket}`));
  await poll('the first of them', async () => ((await keys()).length > 4 ? true : undefined));
  await workbench.screenshot('.cache/screenshots/drop-upload-dark.png');
  await progress.hover();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await workbench.notification('Stopped.').waitFor();
  // What had come is shown.
  await tree.row('large');
  const stopped = (await keys()).length;
  assert.ok(stopped < many, `${stopped} were uploaded`);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  assert.ok((await keys()).length <= stopped + 1, 'nothing more comes, but for what was under way');
  client.destroy();
}

function write({ profile }: Workbench, name: string): void {
  const file = join(profile.workspace, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, name);
}

/** By the pointer: from the Explorer, over our icon until our views are there, onto the bucket. */
async function dropFromExplorer(workbench: Workbench, folder: string): Promise<void> {
  const { page } = workbench;
  await workbench.openView('Explorer');
  const from = page.locator('.explorer-folders-view [role=treeitem]', { hasText: folder }).first();
  await from.waitFor();
  await from.hover();
  await page.mouse.down();
  const icon = page.locator('.activitybar').getByRole('tab', { name: 'AWS Labs' });
  // The first move begins the drag, and those after it tell of it.
  for (const x of [20, 22, 24, 26]) await icon.hover({ position: { x, y: 20 } });
  await workbench.tree('Resources').root.waitFor();
  const bucket = workbench.tree('Resources').root.locator('[role=treeitem]', { hasText: Bucket }).first();
  await bucket.hover();
  // A row takes what is over it only after the pointer has moved on it.
  await bucket.hover({ position: { x: 60, y: 10 } });
  await page.mouse.up();
}
