// Temporary credentials as a learner has them: pasted, used, expired in the middle of a lab, replaced, and forgotten. And a terminal whose
// `aws` talks to the sandbox. A sandbox of its own stands for AWS, whose clock is moved on until the credentials have expired.
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { connectSandbox } from '../../../src/aws/sandboxProcess.ts';
import { poll } from '../poll.ts';
import type { Theme } from '../profile.ts';
import type { Workbench } from '../workbench.ts';

const shots = '.cache/screenshots';
const dataDir = mkdtempSync(join(tmpdir(), 'aws-labs-sts-'));
const args = ['--account', '444455556666'];
const sandbox = await connectSandbox({ script: resolve('dist/sandbox.js'), dataDir, args });
process.once('exit', () => {
  try {
    process.kill(sandbox.pid);
  } catch {
    // It has ended before.
  }
});
const settings = {
  endpoint: sandbox.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: sandbox.accessKeyId, secretAccessKey: sandbox.secretAccessKey },
};
const secrets: string[] = [sandbox.secretAccessKey];
const device = 'arn:aws:iam::444455556666:mfa/phone';
const home = configured();

export const editor = {
  theme: 'dark',
  limit: 240_000,
  env: {
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    AWS_ENDPOINT_URL: sandbox.endpoint,
  },
} as const;

export async function goesOnWithNewCredentialsWhenTheyExpire(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.statusItem('Sandbox').click();
  const offered = await workbench.quickInputText();
  for (const entry of [
    'me',
    'access keys',
    'admin',
    'role, with MFA',
    'portal',
    'SSO',
    '$ (trash) odd',
    'process',
    'Environment or default credentials',
    'Paste temporary credentials',
  ])
    assert.ok(offered.includes(entry), `${entry} in ${offered}`);
  await pictures(workbench, 'target-picker');
  await workbench.pick('Paste temporary credentials');
  await pasteFromClipboard(workbench, await block());
  await answer(workbench, 'a name for them', 'Learner Lab');
  await answer(workbench, 'the region', 'us-west-2');
  await workbench.statusItem('AWS (pasted Learner Lab) · 444455556666 · us-west-2 · expires unknown').waitFor();

  const panel = await openLab(workbench);
  await finish(panel, 0);
  await advance('16m');
  const step = panel.locator('.step').nth(1);
  await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
  const question = workbench.notification('have expired. What you were doing waits');
  await question.waitFor();
  await workbench.statusItem('expired').waitFor();
  await pictures(workbench, 'credentials-expired');
  await question.getByRole('button', { name: 'Paste new ones' }).click();
  await pasteFromClipboard(workbench, await block());
  await poll('the step that waited', async () =>
    (await step.getAttribute('class'))?.includes('step-done') ? true : undefined,
  );
  await workbench.statusItem('us-west-2 · expires unknown').waitFor();
  assert.equal(await workbench.notification('have expired').count(), 0, 'asked once');

  await workbench.command('AWS Labs: Forget Pasted Credentials');
  await workbench.pick('Learner Lab');
  await workbench.statusItem(/Sandbox/).waitFor();
  const log = workbench.output('AWS Labs');
  assert.match(log, /target AWS \(pasted Learner Lab\)/);
  for (const secret of secrets) assert.ok(!log.includes(secret), 'a secret is in the log');
}

export async function asksForTheMfaCodeOnce(workbench: Workbench): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await new IAMClient(settings).send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument }));
  await workbench.openView('AWS Labs');
  await workbench.statusItem('Sandbox').click();
  await workbench.pick('admin');
  await workbench.statusItem('AWS (profile admin)').waitFor();
  await workbench.command('AWS Labs: Sign In Again');
  const widget = workbench.page.locator('.quick-input-widget:visible');
  await widget.getByText(device).waitFor();
  await workbench.quickInput().fill('12');
  await widget.getByText('Six digits').waitFor();
  await workbench.screenshot(`${shots}/mfa-dark.png`);
  await workbench.answer('123456');
  await workbench.statusItem(/profile admin.* 444455556666 .*expires in (5\d|60) min/).waitFor();
  // Another region is another connection; the role's credentials still serve.
  await workbench.command('AWS Labs: Switch Region');
  await workbench.pick('eu-central-1');
  await workbench.tree('Resources').click('SQS queues');
  await workbench.statusItem(/444455556666 · eu-central-1 · expires in (5\d|60) min/).waitFor();

  await workbench.statusItem('AWS (profile admin)').click();
  await workbench.quickInput().fill('portal');
  await workbench.pick('SSO · eu-west-1');
  await workbench.statusItem('AWS (profile portal)').waitFor();
  await workbench.command('AWS Labs: Sign In Again');
  const version = spawnSync('aws', ['--version'], { encoding: 'utf8' });
  if (version.stdout?.startsWith('aws-cli/2')) await workbench.page.locator('.terminal-wrapper').first().waitFor();
  else await workbench.notification(/Signing in to profile portal needs .*AWS CLI/).waitFor();
  await workbench.screenshot(`${shots}/sign-in-dark.png`);
}

export async function opensATerminalWhoseAwsIsTheSandbox(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  // A window that has just been opened does not know its profiles yet; the list is not made again while it is shown.
  await poll('the profile', async () => {
    await workbench.command('Create New Terminal (With Profile)');
    const offered = await workbench.quickInputText().catch(() => '');
    if (offered.includes('AWS Labs sandbox')) return true;
    await workbench.page.keyboard.press('Escape');
    return undefined;
  });
  await workbench.pick('AWS Labs sandbox');
  await workbench.page.locator('.terminal-wrapper.active .xterm-screen').waitFor();
  const cli = spawnSync('aws', ['--version']).status === 0;
  if (!cli) console.log('  SKIPPED in part: without the AWS CLI only its sentence is looked at.');
  const line = cli
    ? 'aws sqs create-queue --queue-name T > out.txt 2>&1; aws sts get-caller-identity >> out.txt 2>&1; echo "[$AWS_PROFILE]" >> out.txt; echo over > over.txt'
    : 'aws sts get-caller-identity > out.txt 2>&1; echo over > over.txt';
  await workbench.page.locator('.terminal-wrapper.active textarea').focus();
  await workbench.page.keyboard.type(`${line}\n`);
  const file = (name: string) => join(workbench.profile.workspace, name);
  await poll('the terminal to have run it', async () => (existsSync(file('over.txt')) ? true : undefined), 60_000);
  await workbench.screenshot(`${shots}/sandbox-terminal-dark.png`);
  const out = readFileSync(file('out.txt'), 'utf8');
  if (!cli) return assert.match(out, /The AWS CLI is not installed\. Install it/);
  assert.match(out, /http:\/\/127\.0\.0\.1:\d+\/000000000000\/T/);
  assert.match(out, /"Account": "000000000000"/);
  assert.match(out, /^\[\]$/m);
}

/** A profile of each kind, and one whose name would be an icon. */
function configured(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aws-labs-home-'));
  writeFileSync(
    join(folder, 'config'),
    `[profile admin]\nregion = us-east-1\nrole_arn = arn:aws:iam::444455556666:role/Admin\nsource_profile = me\nmfa_serial = ${device}
[profile portal]\nregion = eu-west-1\nsso_session = school\nsso_account_id = 444455556666\nsso_role_name = Student
[sso-session school]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start
[profile "$(trash) odd"]\ncredential_process = /bin/false\n`,
  );
  const { accessKeyId, secretAccessKey } = sandbox;
  writeFileSync(
    join(folder, 'credentials'),
    `[me]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  return folder;
}

async function advance(time: string): Promise<void> {
  await fetch(`${sandbox.endpoint}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: time }),
  });
}

async function openLab(workbench: Workbench): Promise<FrameLocator> {
  await workbench.tree('Labs').click('Amazon SNS & SQS simplified');
  const panel = await workbench.webview({ has: '.intro' });
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });
  return panel;
}

async function finish(panel: FrameLocator, place: number): Promise<void> {
  const step = panel.locator('.step').nth(place);
  await step.getByRole('button', { name: /^(Run|I have read this)$/ }).click();
  await poll('the step', async () => ((await step.getAttribute('class'))?.includes('step-done') ? true : undefined));
}

/** One question follows another in the same place. */
async function answer(workbench: Workbench, title: string, text: string): Promise<void> {
  await workbench.page.locator('.quick-input-title', { hasText: title }).waitFor();
  await workbench.answer(text);
}

async function pasteFromClipboard(workbench: Workbench, text: string): Promise<void> {
  await workbench.quickInput().waitFor();
  await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await workbench.pick('Read the clipboard');
}

/** As a learner lab shows them. */
async function block(): Promise<string> {
  const client = new STSClient(settings);
  const { Credentials } = await client.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  secrets.push(SecretAccessKey, SessionToken, SessionToken.slice(0, 40));
  return `[default]\naws_access_key_id=${AccessKeyId}\naws_secret_access_key=${SecretAccessKey}\naws_session_token=${SessionToken}\n`;
}

const themes: readonly Theme[] = ['light', 'high-contrast', 'dark'];

async function pictures(workbench: Workbench, name: string): Promise<void> {
  for (const theme of themes) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`${shots}/${name}-${theme}.png`);
  }
}
