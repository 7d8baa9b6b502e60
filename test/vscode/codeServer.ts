// VS Code for machines that cannot download it: code-server from npm, compiled once under Node 24 and kept outside the
// checkout. In: nothing but the machine. Out: where its server and its Node are. It never leaves a half install behind:
// a finished one is renamed into place, and a second run waits for the first.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withLock } from './lock.ts';
import { aptInstall, findCommand, planBuildTools, thisMachine } from './machine.ts';

const version = '4.139.1';
/** What code-server's install checks for: native modules must fit the Node that runs the server. */
const nodeMajor = 24;
const repository = resolve(import.meta.dirname, '../..');

export interface CodeServer {
  readonly serverMain: string;
  readonly node: string;
  /** VS Code's own folder within: its built-in extensions are here. */
  readonly vscode: string;
}

export async function prepareCodeServer(): Promise<CodeServer> {
  if (process.platform === 'win32') {
    throw new Error('The browser edition of VS Code cannot be compiled on Windows: install VS Code, or use WSL.');
  }
  const cache = cacheFolder();
  const target = join(cache, `code-server-${version}-node${nodeMajor}-${process.platform}-${process.arch}`);
  const ready = { serverMain: serverMainOf(target), node: node24(), vscode: vscodeOf(target) };
  if (existsSync(ready.serverMain)) return ready;

  mkdirSync(cache, { recursive: true });
  await withLock(`${target}.lock`, async () => {
    if (existsSync(ready.serverMain)) return;
    prepareBuildTools();
    await install(target);
  });
  return ready;
}

/** Where caches belong on this system. */
function cacheFolder(): string {
  const mac = join(homedir(), 'Library', 'Caches');
  const base = process.env['XDG_CACHE_HOME'] || (process.platform === 'darwin' ? mac : join(homedir(), '.cache'));
  return join(base, 'aws-learning-labs');
}

const vscodeOf = (folder: string): string => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
const serverMainOf = (folder: string): string => join(vscodeOf(folder), 'out', 'server-main.js');

/** npm scripts run under it already; a script started by hand may not. */
export function node24(): string {
  const own = join(repository, 'node_modules', 'node', 'bin', 'node');
  const file = process.versions.node.startsWith(`${nodeMajor}.`) ? process.execPath : own;
  if (!existsSync(file)) throw new Error(`Node ${nodeMajor} is missing in node_modules: run npm ci.`);
  return file;
}

function prepareBuildTools(): void {
  const remedy = planBuildTools(thisMachine());
  if (remedy.kind === 'nothing') return;
  if (remedy.kind === 'tell') throw new Error(remedy.sentence);
  if (!aptInstall(remedy.packages)) {
    throw new Error(`apt-get could not install what the build needs: apt-get install -y ${remedy.packages.join(' ')}`);
  }
}

async function install(target: string): Promise<void> {
  removeRemains(target);
  const started = Date.now();
  const part = `${target}.part-${process.pid}`;
  const log = `${target}.log`;
  console.log(`Installing the browser edition of VS Code (code-server ${version}) once: this takes some minutes.`);
  console.log(`  into ${target}, log in ${log}`);
  writeManifest(part);
  await runNpm(part, log);
  // A server that cannot print its version has lost a module: better noticed now than as a test that hangs.
  const proof = spawnSync(node24(), [serverMainOf(part), '--version'], { encoding: 'utf8' });
  if (proof.status !== 0) throw new Error(`The installed code-server does not start: ${proof.stderr}`);
  renameSync(part, target);
  console.log(`Installed in ${seconds(started)} s.`);
}

/** Half installs of runs that were killed. The lock is held, so nobody is working in them. */
function removeRemains(target: string): void {
  for (const name of readdirSync(dirname(target))) {
    if (name.startsWith(`${basename(target)}.part-`))
      rmSync(join(dirname(target), name), { recursive: true, force: true });
  }
}

/** Node's own package is installed beside it, where it exists, for the headers that native modules are compiled with. */
function writeManifest(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const headers = process.platform === 'linux' ? { [headersPackage()]: nodeVersion() } : {};
  const manifest = {
    private: true,
    dependencies: { 'code-server': version, ...headers },
    allowScripts: { 'code-server': true },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

const headersPackage = (): string => `node-${process.platform}-${process.arch}`;

function nodeVersion(): string {
  return spawnSync(node24(), ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
}

async function runNpm(folder: string, log: string): Promise<void> {
  const args = [npmCli(), 'install', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock'];
  const child = spawn(node24(), [...args, '--foreground-scripts'], {
    cwd: folder,
    env: npmEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const code = await exitWithProgress(child, folder);
  output.end();
  if (code === 0) return;
  const last = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`npm could not install code-server (exit code ${code}; whole log in ${log}):\n${last}`);
}

/** The machine's npm, as a script that Node 24 can run: then npm's user agent and its children name Node 24 too. */
function npmCli(): string {
  const running = process.env['npm_execpath'];
  if (running && basename(running) === 'npm-cli.js' && existsSync(running)) return running;
  const npm = findCommand('npm');
  const probe = npm && spawnSync(npm, ['root', '--global'], { encoding: 'utf8' }).stdout.trim();
  const file = probe && join(probe, 'npm', 'bin', 'npm-cli.js');
  if (file && existsSync(file)) return file;
  throw new Error('npm was not found: run this through npm, for example npm run test:editor.');
}

/** What an outer `npm run` leaves behind about itself: as settings they would steer the install (its user agent above all). */
const outer =
  /^(INIT_CWD|npm_(package_.*|lifecycle_.*|command|config_(user_agent|local_prefix|prefix|global|workspaces?|omit|include|json|loglevel|dry_run|offline|nodedir)))$/i;

function npmEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name))),
    PATH: `${dirname(node24())}:${process.env['PATH'] ?? ''}`,
    npm_config_ignore_scripts: 'false',
    // node-gyp compiles on one processor unless told.
    JOBS: 'max',
    // Newer npm versions run the scripts of named packages only; code-server's own install starts npm again for its parts.
    npm_config_dangerously_allow_all_scripts: 'true',
    ...(process.platform === 'linux' ? { npm_config_nodedir: join(folder, 'node_modules', headersPackage()) } : {}),
  };
}

async function exitWithProgress(child: ChildProcess, folder: string): Promise<number | null> {
  const started = Date.now();
  const exit = new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  const stop = new AbortController();
  const ended = exit.finally(() => stop.abort());
  while (!stop.signal.aborted) {
    await Promise.race([ended, delay(15_000, undefined, { signal: stop.signal }).catch(() => undefined)]);
    if (!stop.signal.aborted) console.log(`  ${seconds(started)} s: ${stage(folder)}`);
  }
  return exit;
}

function stage(folder: string): string {
  if (existsSync(join(vscodeOf(folder), 'extensions', 'node_modules'))) return 'installing its extensions';
  if (existsSync(join(vscodeOf(folder), 'node_modules'))) return 'compiling its native modules';
  return existsSync(vscodeOf(folder)) ? 'installing its parts' : 'downloading';
}

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(0);
