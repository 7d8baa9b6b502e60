// Where labs run: chosen in the status bar, red on a real account, and a sentence with what to do where it cannot be reached.
// Two windows share one sandbox; a session is one window's at a time, and goes where it is asked for.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { poll } from '../poll.ts';
import { Workbench } from '../workbench.ts';

const aws = resolve(import.meta.dirname, '../../fixtures/awsHome');
const lab = 'Amazon SNS & SQS simplified';

export const editor = {
  theme: 'dark',
  limit: 240_000,
  // No real account is meant: nothing listens where these calls go.
  env: {
    AWS_CONFIG_FILE: `${aws}/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${aws}/credentials`,
    HTTPS_PROXY: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL: '',
  },
} as const;

export async function showsARealAccountInRedAndSaysWhatIsWrong(workbench: Workbench): Promise<void> {
  await workbench.openView('AWS Labs');
  await workbench.tree('Labs').click(lab);
  const panel = await workbench.webview({ has: '.intro' });
  await workbench.statusItem('Sandbox').click();
  const offered = await workbench.quickInputText();
  for (const entry of ['Sandbox', 'work', 'other', 'Endpoint URL', 'Region', 'Restart', 'Reset', 'Advance the clock']) {
    assert.ok(offered.includes(entry), `${entry} in ${offered}`);
  }
  await workbench.screenshot('.cache/screenshots/targets-dark.png');
  await workbench.pick('work');

  await workbench.statusItem('AWS (profile work)').waitFor();
  await panel.locator('.danger-text', { hasText: 'real account' }).waitFor();
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  const notice = panel.locator('.notice-error');
  await notice.waitFor({ timeout: 60_000 });
  await workbench.screenshot('.cache/screenshots/real-account-dark.png');
  assert.match(await notice.innerText(), /AWS in eu-central-1 could not be reached\..*Check the network/s);
  await notice.getByRole('button', { name: 'Show log' }).waitFor();
  await workbench.command('AWS Labs: Show Log');
  assert.doesNotMatch(workbench.output('AWS Labs'), /fixture-secret|AKIAFIXTURE/);
}

export async function sharesOneSandboxBetweenWindows(first: Workbench): Promise<void> {
  await first.openView('AWS Labs');
  await first.tree('Labs').click(lab);
  const panel = await first.webview({ has: '.intro' });
  await panel.getByRole('button', { name: 'Start the lab' }).click();
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });

  const second = new Workbench(await first.page.context().newPage(), first.profile);
  await second.page.bringToFront();
  await second.open(first.page.url());
  await second.openView('AWS Labs');
  await second.tree('Labs').click(lab);
  const twin = await second.webview({ has: '.toolbar span.progress' }, 60_000);
  await first.page.bringToFront();
  await panel.locator('.notice', { hasText: 'goes on in another window' }).waitFor();
  await first.screenshot('.cache/screenshots/other-window-dark.png');
  await panel.getByRole('button', { name: 'Continue here' }).click();
  await panel.locator('.toolbar span.progress').waitFor({ timeout: 60_000 });
  await second.page.bringToFront();
  await twin.locator('.notice', { hasText: 'goes on in another window' }).waitFor();
  const mailbox = await second.webview({ has: '.blank' });
  await mailbox.getByText('No mail yet').waitFor();
  await poll('one sandbox for both', async () => (endpoints(first).size === 1 ? true : undefined));
}

/** Of the sandboxes that any window's log names. */
function endpoints({ profile }: Workbench): ReadonlySet<string> {
  const home = dirname(profile.serverData);
  const logs = globSync('**/logs/**/*AWS Labs.log', { cwd: home }).map((file) =>
    readFileSync(resolve(home, file), 'utf8'),
  );
  return new Set(logs.flatMap((log) => log.match(/sandbox at \S+, process \d+/g) ?? []));
}
