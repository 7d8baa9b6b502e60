import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Every command is run by a test in the real editor. Which one, nobody lists: it stands there under its own name, in full or where
// a call or a list of calls begins, `run('stop'`; or under its title, as the palette is told.

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const files = globSync(['test/vscode/suite/*.test.ts', 'test/vscode/flows/*.flow.ts']);
const texts = files.map((file) => readFileSync(file, 'utf8'));

function isRun(command: string, title: string): boolean {
  const begins = new RegExp(`[(\\[]\\s*'${command.replace('awsLabs.', '')}'`);
  const whole = [command, `AWS Labs: ${title}`].flatMap((name) => [`'${name}'`, `"${name}"`]);
  return texts.some((text) => begins.test(text) || whole.some((name) => text.includes(name)));
}

test('every command is run by a test in the real editor', () => {
  expect(files.length).toBeGreaterThan(10);
  const untested = contributes.commands.filter(({ command, title }) => !isRun(command, title));
  expect(untested.map(({ command }) => command)).toEqual([]);
});
