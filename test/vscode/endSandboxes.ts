// A sandbox ends by itself some seconds after its editor. A test's data is removed at once, so its sandbox is ended first.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function endSandboxes(home: string): void {
  for (const file of globSync('**/sandbox.json', { cwd: home })) {
    const pid = pidIn(join(home, file));
    if (pid === undefined) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

function pidIn(file: string): number | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return value instanceof Object && 'pid' in value && Number.isInteger(value.pid) ? Number(value.pid) : undefined;
  } catch {
    return undefined;
  }
}
