import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LabCatalog } from '../../src/host/labCatalog.ts';

const dir = mkdtempSync(join(tmpdir(), 'catalog-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** `dir/NAME/lab.md`. */
function place(name: string): string {
  mkdirSync(join(dir, name));
  return join(dir, name, 'lab.md');
}

it('lists what it can read, whatever else a workspace holds', async () => {
  const [good, huge, dangling, pipe] = [place('good'), place('huge'), place('dangling'), place('pipe')];
  writeFileSync(good, '# Good');
  writeFileSync(huge, 'x'.repeat(3_000_000));
  symlinkSync(join(dir, 'nowhere'), dangling);
  if (process.platform !== 'win32') execFileSync('mkfifo', [pipe]);
  const files = [good, huge, dangling, pipe, join(dir, 'gone', 'lab.md')];
  const catalog = new LabCatalog({ bundled: join(dir, 'none'), workspaceFiles: async () => files, log });
  const listed = await catalog.list();
  expect(listed.map(({ labId }) => labId)).toEqual(['good', 'huge']);
  expect(listed[1]?.problems).toMatchObject([{ message: expect.stringContaining('too long') }]);
});
