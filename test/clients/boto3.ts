import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RowResult } from './awsCli.ts';
import type { StartedSandbox } from './sandbox.ts';

/** boto3_lab.py in the Python that has boto3; each of its lines is a row's result. */
export async function runBoto3(
  python: string,
  sandbox: StartedSandbox,
  report: (row: RowResult) => void,
): Promise<void> {
  const child = spawn(python, ['test/clients/boto3_lab.py'], {
    env: { ...process.env, ...sandbox.environment, AWS_CONFIG_FILE: '/dev/null' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for await (const line of createInterface(child.stdout)) report(JSON.parse(line) as RowResult);
  const code = await ended;
  if (code !== 0) report({ id: 'script', title: 'boto3_lab.py', failure: `ended with ${code}` });
}
