// The folder of a sandbox: one process has it, whatever the processes before it left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { enterDataDir } from '../../src/sandbox/dataDir.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'data-dir-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const lock = (): string => join(dir, 'sandbox.lock');

it('refuses a folder in which nothing can be written, and does not try for ever', async () => {
  writeFileSync(join(dir, 'file'), '');
  await expect(enterDataDir(join(dir, 'file'))).rejects.toThrow(/EEXIST/);
  // Exists, and takes no files, not even those of root.
  if (process.platform === 'linux') await expect(enterDataDir('/proc/self')).rejects.toThrow(/ENOENT|EACCES|EPERM/);
});

it('waits for one that is just writing its lock', async () => {
  writeFileSync(lock(), '');
  const entering = enterDataDir(dir);
  await new Promise((done) => setTimeout(done, 350));
  expect(readFileSync(lock(), 'utf8')).toBe('');
  rmSync(lock());
  expect(await entering).toHaveProperty('credentials');
});

it('does not ask a stranger whether it is the sandbox', async () => {
  writeFileSync(lock(), '999999999');
  writeFileSync(
    join(dir, 'sandbox.json'),
    JSON.stringify({ endpoint: 'data:application/json,{"pid":1}#', pid: 1, accessKeyId: 'a', secretAccessKey: 'b' }),
  );
  expect(await enterDataDir(dir)).not.toHaveProperty('pid');
});

it('is had by one only, when several find a dead one’s lock', async () => {
  const code = `
    import { enterDataDir } from ${JSON.stringify(join(process.cwd(), 'src/sandbox/dataDir.ts'))};
    const [dir, at] = process.argv.slice(1);
    while (Date.now() < Number(at));
    const entered = await Promise.race([enterDataDir(dir), new Promise((done) => setTimeout(done, 1000))]);
    console.log(entered && 'credentials' in entered ? 'has it' : 'waits');
    setInterval(() => undefined, 1000);`;
  for (let round = 0; round < 3; round++) {
    const here = join(dir, String(round));
    mkdirSync(here);
    writeFileSync(join(here, 'sandbox.lock'), '999999999');
    const at = String(Date.now() + 700);
    const all = Array.from({ length: 5 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', code, here, at], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    // Nobody ends before all have said what they have: a lock left by one that has ended may be taken.
    const said = await Promise.all(all.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()));
    for (const one of all) one.kill('SIGKILL');
    expect(said.toSorted()).toEqual(['has it', 'waits', 'waits', 'waits', 'waits']);
  }
}, 60_000);
