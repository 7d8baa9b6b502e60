import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RowResult } from './awsCli.ts';
import type { StartedSandbox } from './sandbox.ts';

/** These scripts in the Python that has boto3; each of their lines is a row's result. */
export async function runBoto3(
  python: string,
  sandbox: StartedSandbox,
  report: (row: RowResult) => void,
): Promise<void> {
  for (const script of ['boto3_lab.py', 'boto3_services.py']) await runScript(python, script, sandbox, report);
}

async function runScript(
  python: string,
  script: string,
  sandbox: StartedSandbox,
  report: (row: RowResult) => void,
): Promise<void> {
  const child = spawn(python, [`test/clients/${script}`], {
    env: { ...process.env, ...sandbox.environment, AWS_CONFIG_FILE: '/dev/null' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for await (const line of createInterface(child.stdout)) report(JSON.parse(line) as RowResult);
  const code = await ended;
  if (code !== 0) report({ id: 'script', title: script, failure: `ended with ${code}` });
}
