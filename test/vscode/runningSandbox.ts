// The sandbox that the editor under test has started: where it answers, with which keys, and in which process.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workbench } from './workbench.ts';

export interface RunningSandbox {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly pid: number;
}

/** Undefined while none runs. */
export function runningSandbox({ profile }: Workbench): RunningSandbox | undefined {
  const home = dirname(profile.serverData);
  const [file] = globSync('**/sandbox/sandbox.json', { cwd: home });
  if (file === undefined) return undefined;
  const facts: unknown = JSON.parse(readFileSync(join(home, file), 'utf8'));
  const { endpoint, region, accessKeyId, secretAccessKey, pid } =
    typeof facts === 'object' && facts !== null ? Object.fromEntries(Object.entries(facts)) : {};
  const credentials = { accessKeyId: String(accessKeyId), secretAccessKey: String(secretAccessKey) };
  return { endpoint: String(endpoint), region: String(region), credentials, pid: Number(pid) };
}
