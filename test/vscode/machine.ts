// What this machine lacks for building and running the editor of the tests, and how it gets there.
// In: what is on disk. Out: packages installed (root on Debian and its kin), or one sentence naming the command.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One thing that a build needs: found by a command on PATH or by a header file, known by a name to each package manager. */
export interface Need {
  readonly found: { readonly command: string } | { readonly header: string };
  readonly apt: string;
  readonly dnf: string;
}

/** Of the libraries that desktop editions want (X11, secrets) the server's modules use none; Kerberos they do. */
export const buildNeeds: readonly Need[] = [
  { found: { command: 'python3' }, apt: 'python3', dnf: 'python3' },
  { found: { command: 'make' }, apt: 'make', dnf: 'make' },
  { found: { command: 'g++' }, apt: 'g++', dnf: 'gcc-c++' },
  { found: { header: 'gssapi/gssapi.h' }, apt: 'libkrb5-dev', dnf: 'krb5-devel' },
];

export type Manager = 'apt' | 'dnf' | 'none';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly root: boolean;
  readonly manager: Manager;
  readonly hasCommand: (name: string) => boolean;
  readonly hasHeader: (path: string) => boolean;
}

export type Remedy =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'install'; readonly packages: readonly string[] }
  | { readonly kind: 'tell'; readonly sentence: string };

export function missingNeeds(needs: readonly Need[], machine: Machine): Need[] {
  return needs.filter(({ found }) =>
    'command' in found ? !machine.hasCommand(found.command) : !machine.hasHeader(found.header),
  );
}

/** What to do so that native modules can be compiled here. Pure: the machine is an argument. */
export function planBuildTools(machine: Machine): Remedy {
  if (machine.platform === 'darwin') return planOnMac(machine);
  const missing = missingNeeds(buildNeeds, machine);
  if (missing.length === 0) return { kind: 'nothing' };
  if (machine.manager === 'none') {
    const names = missing.map((need) => need.apt).join(', ');
    return tell(`The editor of the tests is compiled here and needs ${names} (names as in Debian): install them.`);
  }
  const packages = missing.map((need) => (machine.manager === 'dnf' ? need.dnf : need.apt));
  return machine.manager === 'apt' && machine.root
    ? { kind: 'install', packages }
    : tell(`The editor of the tests is compiled here and needs more packages: ${command(machine, packages)}`);
}

function planOnMac(machine: Machine): Remedy {
  const complete = ['python3', 'make', 'c++'].every(machine.hasCommand);
  return complete
    ? { kind: 'nothing' }
    : tell('The editor of the tests is compiled here and needs the command line tools: xcode-select --install');
}

export function command(machine: Machine, packages: readonly string[]): string {
  const sudo = machine.root ? '' : 'sudo ';
  return machine.manager === 'dnf'
    ? `${sudo}dnf install -y ${packages.join(' ')}`
    : `${sudo}apt-get install -y ${packages.join(' ')}`;
}

const tell = (sentence: string): Remedy => ({ kind: 'tell', sentence });

export function thisMachine(): Machine {
  return {
    platform: process.platform,
    root: process.getuid?.() === 0,
    manager: findCommand('apt-get') ? 'apt' : findCommand('dnf') ? 'dnf' : 'none',
    hasCommand: (name) => findCommand(name) !== undefined,
    hasHeader: (path) => ['/usr/include', '/usr/local/include'].some((folder) => existsSync(join(folder, path))),
  };
}

export function findCommand(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const candidates = path.split(delimiter).flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
  return candidates.find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian's own tool, without questions; waits for another run of it instead of failing. */
export function aptInstall(packages: readonly string[]): boolean {
  console.log(`Installing with apt-get: ${packages.join(' ')}`);
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: readonly string[]) =>
    spawnSync('apt-get', [...wait, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  // An update that fails in part (one unreachable source) may still be enough for the install.
  run(['update']);
  return run(['install', '-y', '--no-install-recommends', ...packages]);
}
