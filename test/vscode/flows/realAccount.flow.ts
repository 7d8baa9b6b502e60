// On a real account what is deleted has to be typed, and what SAML metadata is made into is shown first. A sandbox of its own stands for it, behind an address that is not this machine's
// own as far as the extension can tell.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IAMClient, ListSAMLProvidersCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { connectSandbox } from '../../../src/aws/sandboxProcess.ts';
import { poll } from '../poll.ts';
import { keyPair } from '../../saml/keys.ts';
import { adfs } from '../../saml/samples.ts';
import type { Workbench } from '../workbench.ts';

const account = '777788889999';
const region = 'eu-central-1';
const home = mkdtempSync(join(tmpdir(), 'aws-labs-real-'));
const args = ['--account', account, '--any-credentials'];
const sandbox = await connectSandbox({ script: resolve('dist/sandbox.js'), dataDir: join(home, 'sandbox'), args });
process.once('exit', () => {
  process.kill(sandbox.pid);
  rmSync(home, { recursive: true, force: true });
});

/** The sandbox answers to loopback's names only: it is asked under one of them. */
async function standIn(): Promise<string> {
  const { host, hostname, port } = new URL(sandbox.endpoint);
  const server = createServer((incoming, answer) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers: { ...headers, host } }, (back) => {
      answer.writeHead(back.statusCode ?? 500, back.headers);
      back.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.unref();
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  const address = server.address();
  return `http://0.0.0.0:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

writeFileSync(join(home, 'config'), `[profile prod]\nregion = ${region}\n`);
writeFileSync(join(home, 'credentials'), `[prod]\naws_access_key_id = ${account}\naws_secret_access_key = secret\n`);

export const editor = {
  theme: 'dark',
  limit: 120_000,
  env: {
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    AWS_ENDPOINT_URL: await standIn(),
  },
} as const;

export async function deletesOnlyWhatIsTyped(workbench: Workbench): Promise<void> {
  const credentials = { accessKeyId: account, secretAccessKey: 'secret' };
  const client = new SQSClient({ endpoint: sandbox.endpoint, region, credentials });
  await client.send(new CreateQueueCommand({ QueueName: 'Orders' }));
  const there = () => client.send(new GetQueueUrlCommand({ QueueName: 'Orders' }));

  await workbench.openView('AWS Labs');
  await workbench.statusItem('Sandbox').click();
  await workbench.pick('prod');
  const tree = workbench.tree('Resources');
  await tree.expand('SQS queues');
  await tree.row('Orders');
  await workbench.statusItem(`AWS (profile prod) · ${account} · ${region}`).waitFor();

  const widget = workbench.page.locator('.quick-input-widget:visible');
  await tree.click('Orders');
  await workbench.page.keyboard.press('Delete');
  await widget.getByText(`Real account ${account}, ${region}`).waitFor();
  await workbench.quickInput().fill('orders');
  await widget.getByText('This is not Orders.').waitFor();
  await workbench.screenshot('.cache/screenshots/real-delete-dark.png');
  await workbench.page.keyboard.press('Enter');
  assert.ok(await widget.isVisible(), 'another name is not taken');
  await workbench.page.keyboard.press('Escape');
  await widget.waitFor({ state: 'hidden' });
  await there();

  // Nothing typed is no name either.
  await tree.click('Orders');
  await workbench.page.keyboard.press('Delete');
  await workbench.answer('');
  await widget.waitFor({ state: 'hidden' });
  await there();

  await tree.click('Orders');
  await workbench.page.keyboard.press('Delete');
  await workbench.answer('Orders');
  await workbench.notification('The queue Orders was deleted.').waitFor();
  await assert.rejects(there(), { name: 'QueueDoesNotExist' });
  await poll('its row to go', async () => ((await tree.labels()).includes('Orders') ? undefined : true));
  client.destroy();
}

export async function createsOnlyWhatIsShown(workbench: Workbench): Promise<void> {
  const credentials = { accessKeyId: account, secretAccessKey: 'secret' };
  const client = new IAMClient({ endpoint: sandbox.endpoint, region, credentials });
  const providers = async () => {
    const { SAMLProviderList = [] } = await client.send(new ListSAMLProvidersCommand({}));
    return SAMLProviderList.map(({ Arn = '' }) => Arn);
  };
  const file = join(workbench.profile.workspace, 'FederationMetadata.xml');
  writeFileSync(file, adfs({ signing: keyPair().certificate }));
  await workbench.openView('AWS Labs');
  await workbench.statusItem('Sandbox').click();
  await workbench.pick('prod');
  await workbench.openFile('FederationMetadata.xml');
  const { page } = workbench;
  const begin = async () => {
    await page.locator('.codelens-decoration').getByText('Create IAM provider').click({ timeout: 60_000 });
    await page.locator('.quick-input-widget:visible').getByText('IAM takes this metadata').waitFor();
    await workbench.answer('ADFS');
    await workbench.dialog().getByText(`Real account: AWS (profile prod), account ${account}, ${region}`).waitFor();
  };
  await begin();
  await workbench.screenshot('.cache/screenshots/real-create-dark.png');
  await workbench.pressInDialog('Cancel');
  assert.deepEqual(await providers(), []);
  await begin();
  await workbench.pressInDialog('Create');
  const made = workbench.notification('The SAML provider ADFS was created');
  await made.waitFor();
  await made.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.quick-input-widget:visible').getByText(`Real account ${account}`).waitFor();
  await workbench.answer('ADFS');
  await poll('the provider to be gone', async () => ((await providers()).length === 0 ? true : undefined));
  client.destroy();
}
