// `npm start`: VS Code with this extension. The desktop's own where `code` is on PATH, else the browser edition, whose
// address is printed and opened. Options: --code-server (the browser edition in any case), --port, --no-open.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareCodeServer } from './codeServer.ts';
import { startEditorServer } from './editorServer.ts';
import { endOnSignals } from './endOnSignals.ts';
import { endSandboxes } from './endSandboxes.ts';
import { findCommand } from './machine.ts';
import { createProfile, installExtension } from './profile.ts';

const extension = resolve(import.meta.dirname, '../..');

/** Shown when the window opens: a fresh one shows the files of its folder, not our view. */
const welcomeFile = 'welcome.txt';
const welcome = `AWS Learning Labs

Open "AWS Labs" in the activity bar: the flask at the left. Then choose a lab.

This folder is a scratch one: it is removed when you end the editor.
`;

interface Wishes {
  readonly port: number;
  readonly open: boolean;
  readonly browserEdition: boolean;
}

function readWishes(): Wishes {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      port: { type: 'string', default: '0' },
      open: { type: 'boolean', default: true },
      'code-server': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${values.port} is no port: give a number from 0 (any free one) to 65535.`);
  }
  return { port, open: values.open, browserEdition: values['code-server'] };
}

async function start(wishes: Wishes): Promise<void> {
  const desktop = wishes.browserEdition ? undefined : findCommand('code');
  if (desktop) startDesktop(desktop);
  else await startInBrowser(wishes);
}

/** The desktop keeps its own window; the profile stays for it until the machine tidies its temporary files. */
function startDesktop(code: string): void {
  const profile = createProfile(mkdtempSync(join(tmpdir(), 'aws-labs-start-')));
  const args = [`--extensionDevelopmentPath=${extension}`, '--new-window', profile.workspace];
  const shell = process.platform === 'win32';
  const { status } = spawnSync(shell ? `"${code}"` : code, args, { stdio: 'inherit', shell });
  if (status !== 0) throw new Error('VS Code did not start. Try the browser edition: npm start -- --code-server');
  console.log('VS Code opens in a window of its own: look for the view “AWS Labs” in its activity bar.');
}

async function startInBrowser(wishes: Wishes): Promise<void> {
  const codeServer = await prepareCodeServer();
  const home = mkdtempSync(join(tmpdir(), 'aws-labs-start-'));
  endOnSignals();
  process.once('exit', () => {
    endSandboxes(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const profile = createProfile(home);
  const file = join(profile.workspace, welcomeFile);
  writeFileSync(file, welcome);
  installExtension(profile, extension);
  const server = await startEditorServer({ codeServer, profile, port: wishes.port });
  const address = server.address(profile.workspace, file);
  console.log(`\nVS Code with AWS Learning Labs: ${address}\nOpen the view “AWS Labs” there. Ctrl-C ends it.`);
  if (wishes.open) openInBrowser(address);
  const code = await server.ended;
  throw new Error(`VS Code ended by itself (exit code ${code}):\n${server.log().slice(-2000)}`);
}

/** Where there is a display; a failure is no harm, as the address is printed. */
function openInBrowser(address: string): void {
  const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', linux: 'xdg-open' };
  const opener = openers[process.platform];
  const display = process.platform === 'darwin' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!opener || !display || !findCommand(opener)) return;
  const child = spawn(opener, [address], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
}

try {
  await start(readWishes());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
