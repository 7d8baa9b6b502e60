// npm run test:clients: AWS clients that are not written in Node do the SNS & SQS lab, and S3, Kinesis, EC2 and IAM besides, against dist/sandbox.js, unchanged.
// Says which clients it found; those it did not find are counted as skipped.
import { execFile } from 'node:child_process';
import { awsCliRows, runAwsCli, type RowResult } from './awsCli.ts';
import { awsCliServiceRows, runAwsCliServices } from './awsCliServices.ts';
import { runBoto3 } from './boto3.ts';
import { startSandboxProcess, type StartedSandbox } from './sandbox.ts';

interface FoundClient {
  readonly name: string;
  /** Absent: not on this machine. */
  readonly version?: string | undefined;
  run(sandbox: StartedSandbox, report: (row: RowResult) => void): Promise<void>;
}

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const client of [await findAwsCli(), await findBoto3()]) {
  console.log(`\n${client.name}: ${client.version ?? 'not found on this machine, skipped'}`);
  if (client.version === undefined) {
    counts.skipped += awsCliRows.length + awsCliServiceRows;
    continue;
  }
  const sandbox = await startSandboxProcess();
  try {
    await client.run(sandbox, (row) => {
      counts[row.failure === undefined ? 'passed' : 'failed']++;
      console.log(`  ${row.failure === undefined ? 'ok    ' : 'FAILED'} ${row.id.padEnd(4)} ${row.title}`);
      if (row.failure !== undefined) console.log(`         ${row.failure}`);
    });
  } finally {
    await sandbox.stop();
  }
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function findAwsCli(): Promise<FoundClient> {
  return { name: 'AWS CLI', version: await output('aws', ['--version']), run: runAll };
}

async function runAll(sandbox: StartedSandbox, report: (row: RowResult) => void): Promise<void> {
  await runAwsCli(sandbox, report);
  await runAwsCliServices(sandbox, report);
}

async function findBoto3(): Promise<FoundClient> {
  for (const python of ['python3', 'python', 'py']) {
    const version = await output(python, [
      '-c',
      'import boto3, sys; print(boto3.__version__, "on Python", sys.version.split()[0])',
    ]);
    if (version !== undefined)
      return { name: 'boto3', version, run: (sandbox, report) => runBoto3(python, sandbox, report) };
  }
  return { name: 'boto3', run: async () => {} };
}

function output(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(command, args, (error, stdout, stderr) => done(error ? undefined : (stdout || stderr).trim()));
  });
}
