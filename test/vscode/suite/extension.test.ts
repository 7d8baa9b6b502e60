import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const id = 'aws-learning-labs.aws-learning-labs';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

describe('the extension in the editor', () => {
  const extension = vscode.extensions.getExtension<unknown>(id);

  it('registers every command that it contributes, and contributes every command that it registers', async () => {
    assert.ok(extension);
    await extension.activate();
    const { contributes }: Manifest = extension.packageJSON;
    const views = Object.values(contributes.views).flat();
    // The editor itself makes commands for each view: to focus it, to open it, to reset where it is.
    const made = (command: string) => views.some((view) => command.startsWith(`${view.id}.`));
    const registered = (await vscode.commands.getCommands(true)).filter(
      (command) => command.startsWith('awsLabs.') && !made(command),
    );
    const contributed = contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), contributed.sort());
    for (const view of views) await vscode.commands.executeCommand(`${view.id}.focus`);
  });

  it('publishes the problems of a lab’s text while it is edited', async () => {
    const folder = vscode.Uri.file(join(mkdtempSync(join(tmpdir(), 'aws-labs-suite-')), 'labs', 'wrong', 'lab.md'));
    await vscode.workspace.fs.writeFile(
      folder,
      Buffer.from(
        '---\ntitle: T\nsummary: S\nminutes: 1\nservices: [sqs]\n---\n\n## A\n\n```yaml run\n- call: sqs.Nonsense\n```\n',
      ),
    );
    await vscode.workspace.openTextDocument(folder);
    const problem = await until(() =>
      vscode.languages.getDiagnostics(folder).find(({ message }) => message.includes('sqs.Nonsense')),
    );
    assert.equal(problem.source, 'AWS Labs');
    assert.equal(problem.range.start.line, 10);
  });
});

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come.');
}
