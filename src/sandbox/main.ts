// The sandbox as a process of its own. In: options. Out: one line that says where it answers; then it serves until it is ended.
// State goes to the data folder soon after each change and at SIGTERM. Nothing is sent anywhere, nothing is read but that folder.
import { codeOf, enterDataDir, generateKeys, type DataDir, type RunningSandbox } from './dataDir.ts';
import { createMemoryKeeper, keepHeapSmall } from './memory.ts';
import { parseOptions, usage, type MainOptions } from './options.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
import { createSaver, loadSnapshot, type Saver } from './snapshotFile.ts';

/** How long an unused process stays; a first user gets more time to come. */
const unusedMs = 3000;
const firstUseMs = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

keepHeapSmall();

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return say(usage);
  const options = parseOptions(args);
  if (typeof options === 'string') return fail(`${options}\n\n${usage}`);
  let left: DataDir | undefined;
  try {
    const entered = options.dataDir === undefined ? undefined : await enterDataDir(options.dataDir);
    if (entered && 'pid' in entered) return present(entered, options.json);
    left = entered;
    await run(options, entered);
  } catch (thrown) {
    left?.leave();
    fail(startSentence(thrown, options));
  }
}

async function run(options: MainOptions, dir: DataDir | undefined): Promise<void> {
  const loaded = dir ? loadSnapshot(dir.stateFile, Date.now) : undefined;
  if (loaded?.kind === 'broken') complain(loaded.sentence);
  const credentials = dir?.credentials ?? generateKeys();
  const kept: { saver?: Saver } = {};
  const keepMemory = createMemoryKeeper();
  const unused = options.exitWhenUnused ? createLeaseTimer(() => end(0)) : undefined;
  const sandbox: Sandbox = await startOnPort(options.port, dir?.lastPort, {
    ...options,
    credentials,
    ...(loaded?.kind === 'state' && { saved: loaded.state }),
    changed() {
      kept.saver?.changed();
      keepMemory();
    },
    leases: (count) => unused?.(count),
    log: complain,
  });
  if (dir) kept.saver = createSaver(dir.stateFile, sandbox.save, complain);
  const end = (code: number): void => {
    kept.saver?.saveNow();
    dir?.leave();
    void sandbox.close();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
  // Whoever read the first line may be gone; the sandbox stays.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.on('unhandledRejection', (thrown) => complain(`The sandbox failed: ${String(thrown)}`));
  const { endpoint } = sandbox;
  const running = { endpoint, ...credentials, region: options.region, account: options.account, pid: process.pid };
  dir?.announce(running);
  present(running, options.json);
}

/** Any free port will do: then the last one is preferred, unless somebody else has it now. */
async function startOnPort(port: number, last: number | undefined, options: SandboxOptions): Promise<Sandbox> {
  if (port !== 0 || last === undefined) return startSandbox(options);
  try {
    return await startSandbox({ ...options, port: last });
  } catch (thrown) {
    if (!['EADDRINUSE', 'EACCES'].includes(String(codeOf(thrown)))) throw thrown;
    return startSandbox(options);
  }
}

/** Calls back a few seconds after the last lease ended. */
function createLeaseTimer(unused: () => void): (count: number) => void {
  let timer: NodeJS.Timeout | undefined = setTimeout(unused, firstUseMs);
  return (count) => {
    clearTimeout(timer);
    timer = count === 0 ? setTimeout(unused, unusedMs) : undefined;
  };
}

function present(running: RunningSandbox, json: boolean): void {
  if (json) return say(JSON.stringify(running));
  say(`The sandbox answers at ${running.endpoint} (account ${running.account}, region ${running.region}). For a shell:

export AWS_ENDPOINT_URL=${running.endpoint}
export AWS_ACCESS_KEY_ID=${running.accessKeyId}
export AWS_SECRET_ACCESS_KEY=${running.secretAccessKey}
export AWS_REGION=${running.region} AWS_DEFAULT_REGION=${running.region}
unset AWS_SESSION_TOKEN AWS_PROFILE

# Version 1 of the AWS CLI ignores the first line for SQS: add --endpoint-url ${running.endpoint} there.
`);
}

function startSentence(thrown: unknown, { port, dataDir }: MainOptions): string {
  const { code, syscall } = (thrown instanceof Error ? thrown : {}) as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. End that program, or choose another port with --port N; --port 0 takes a free one.`;
  }
  if (code === 'EACCES' && syscall === 'listen')
    return `Port ${port} may not be used by you. Choose one above 1023 with --port N.`;
  if (syscall !== 'listen' && code !== undefined && dataDir !== undefined)
    return `The sandbox cannot keep its state in ${dataDir} (${String(code)}). Make it a folder that you may write and that has room, or choose another with --data-dir DIR.`;
  return `The sandbox could not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
}

function fail(sentence: string): void {
  complain(sentence);
  process.exitCode = 1;
}

await main(process.argv.slice(2));
