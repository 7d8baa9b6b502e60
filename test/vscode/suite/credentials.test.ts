import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';

const id = 'aws-learning-labs.aws-learning-labs';

/** STS of a sandbox of its own stands for AWS: that is where this window's AWS calls go. */
describe('pasted credentials', () => {
  let sandbox: ChildProcess;
  let keys: Readonly<Record<string, unknown>>;
  const set = process.env['AWS_ENDPOINT_URL'];
  const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`awsLabs.${command}`, ...args);

  before(async () => {
    const extension = vscode.extensions.getExtension<unknown>(id);
    assert.ok(extension);
    await extension.activate();
    const script = join(extension.extensionPath, 'dist', 'sandbox.js');
    sandbox = spawn(process.execPath, [script, '--port', '0', '--json', '--account', '111122223333'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    assert.ok(sandbox.stdout);
    for await (const line of createInterface(sandbox.stdout)) {
      const facts: unknown = JSON.parse(line);
      keys = facts instanceof Object ? { ...facts } : {};
      break;
    }
    process.env['AWS_ENDPOINT_URL'] = String(keys['endpoint']);
  });
  after(async () => {
    if (set === undefined) delete process.env['AWS_ENDPOINT_URL'];
    else process.env['AWS_ENDPOINT_URL'] = set;
    await run('useSandbox');
    sandbox.kill();
  });

  const block = () =>
    `[default]\naws_access_key_id=${String(keys['accessKeyId'])}\naws_secret_access_key=${String(keys['secretAccessKey'])}\n`;

  it('are checked with STS, kept, and made the target', async () => {
    const pasted = await run('pasteCredentials', { text: block(), name: 'Suite', region: 'eu-west-1' });
    assert.deepEqual(pasted, { name: 'Suite', region: 'eu-west-1', account: '111122223333' });
  });

  it('that are not whole, or are not accepted, are not kept', async () => {
    assert.equal(
      await run('pasteCredentials', { text: 'aws_access_key_id=ASIAQ3EXAMPLEEXAMPLE', name: 'Bad' }),
      undefined,
    );
    const wrong = block().replace(String(keys['secretAccessKey']), 'a'.repeat(40));
    assert.equal(await run('pasteCredentials', { text: wrong, name: 'Bad' }), undefined);
  });

  it('can be replaced under their name, and forgotten', async () => {
    const again = await run('pasteCredentials', { text: block(), name: 'Suite', region: 'eu-west-1' });
    assert.ok(again);
    await run('forgetCredentials', 'Suite');
    // None is left: that is a sentence, no failure.
    await run('forgetCredentials');
  });

  it('are not what the sandbox is signed in to with', async () => {
    await run('useSandbox');
    assert.equal(await run('signIn'), undefined);
  });
});
