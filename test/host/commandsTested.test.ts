import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Every command is run by a test in the real editor. Which one, nobody lists: it stands there under its own name, with or without
// `awsLabs.`, or under its title, as the palette is told.

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const files = globSync(['test/vscode/suite/*.test.ts', 'test/vscode/flows/*.flow.ts']);
const texts = files.map((file) => readFileSync(file, 'utf8'));

const quoted = (text: string): string[] => [`'${text}'`, `"${text}"`, `\`${text}\``];

test('every command is run by a test in the real editor', () => {
  expect(files.length).toBeGreaterThan(10);
  const untested = contributes.commands
    .filter(({ command, title }) => {
      const names = [command, command.replace(/^awsLabs\./, ''), `AWS Labs: ${title}`];
      return !names.flatMap(quoted).some((name) => texts.some((text) => text.includes(name)));
    })
    .map(({ command }) => command);
  expect(untested).toEqual([]);
});
