// Documents that nobody has saved: the editor gives the next one the name of the closed one and, when it is quick, its text, too.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const run = (command: string, ...args: readonly unknown[]): Thenable<string> =>
  vscode.commands.executeCommand<string>(`awsLabs.${command}`, ...args);
const close = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');

describe('a text in a document of its own', function () {
  this.timeout(60_000);
  after(close);

  it('is never that of the document closed before', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder');
    for (let times = 0; times < 8; times++) {
      const before = await run('spMetadata', undefined, { service: 'aws', regions: ['us-east-1'] });
      const file = vscode.Uri.joinPath(folder, `between-${times}.xml`);
      await vscode.workspace.fs.writeFile(file, Buffer.from(before));
      await vscode.window.showTextDocument(file);
      await close();
      const rules = await run('adfsClaimRules', { provider: 'ADFS' }, { groupPrefix: `Cloud${times}` });
      assert.equal(vscode.window.activeTextEditor?.document.getText(), rules);
      await close();
    }
  });
});
