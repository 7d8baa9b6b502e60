// Finds the browser that shows the editor: the system's own Chrome, Chromium or Edge; else one is installed where that is
// allowed; else an error with one sentence that says what to install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { type Machine, aptInstall, findCommand, isExecutable, thisMachine } from './machine.ts';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsApps = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Places where browsers are installed without being on PATH. */
function knownPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', join(homedir(), 'Applications')];
    return folders.flatMap((folder) => macApps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((folder) => folder);
    return folders.flatMap((folder) => windowsApps.map((app) => `${folder}\\${app}`));
  }
  return ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'];
}

function findChromium(): string | undefined {
  const named = process.env['CHROME_PATH'];
  const downloaded = chromium.executablePath();
  return [
    ...(named ? [named] : []),
    ...commands.flatMap((name) => findCommand(name) ?? []),
    ...knownPlaces(process.platform, process.env),
    ...(downloaded ? [downloaded] : []),
  ].find((file) => existsSync(file) && isExecutable(file) && answers(file));
}

/** Ubuntu's `chromium-browser` may be a script that only says where to get one. */
function answers(file: string): boolean {
  return (
    process.platform !== 'linux' || spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
  );
}

export function prepareChromium(machine: Machine = thisMachine()): string {
  const found = findChromium() ?? installChromium(machine);
  if (found) return found;
  throw new Error(
    'No browser for the tests was found and none could be installed: install Chrome, Chromium or Edge, or name one in CHROME_PATH.',
  );
}

function installChromium(machine: Machine): string | undefined {
  if (machine.platform === 'linux' && machine.manager === 'apt' && machine.root) {
    aptInstall(['chromium']);
    const installed = findChromium();
    if (installed) return installed;
  }
  console.log('Downloading Chromium with playwright-core');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const deps = machine.platform === 'linux' && machine.root ? ['--with-deps'] : [];
  spawnSync(process.execPath, [cli, 'install', ...deps, 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return findChromium();
}

const quiet = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

export function launchChromium(executablePath: string, options: { readonly headed: boolean }): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, headless: !options.headed, args: [...quiet, ...asRoot], timeout: 60_000 });
}
