// Row E3 by hand: a topic's policy is opened as a document, written with what the editor offers, refused once, mended, saved;
// then the bucket's notification is taken.
import assert from 'node:assert/strict';
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { poll } from '../poll.ts';
import { runningSandbox } from '../runningSandbox.ts';
import type { Theme } from '../profile.ts';
import type { Workbench } from '../workbench.ts';

export const editor = {
  theme: 'dark',
  limit: 240_000,
  settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.autoIndent': 'none' },
} as const;

const bucket = 'ordersbucket';

export async function letsABucketInByATopicsPolicy(workbench: Workbench): Promise<void> {
  const { sns, s3, TopicArn, account } = await makeResources(workbench);
  await workbench.command('AWS Labs: Open Policy');
  await workbench.pick('Order');
  await workbench.editorTab('policy.json').waitFor();
  const lines = workbench.page.locator('.editor-instance .view-lines').first();
  await lines.getByText('__default_policy_ID').waitFor();

  await write(workbench, '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": ');
  await suggest(workbench, 'Allow');
  await workbench.page.keyboard.insertText(
    `,\n      "Principal": { "Service": "s3.amazonaws.com" },\n      "Action": "sqs:SendMessage",\n      "Resource": "${TopicArn}",\n      "Condition": {\n        "ArnLike": { "aws:SourceArn": "arn:aws:s3:::${bucket}" }\n      }\n    }\n  ]\n}\n`,
  );
  await workbench.page.locator('.squiggly-error').first().waitFor();
  await workbench.page.locator('.squiggly-warning').first().waitFor();

  await save(workbench);
  await workbench.notification(/out of service scope/).waitFor();
  await lines.getByText('sqs:SendMessage').waitFor();
  await workbench.command('Problems: Focus on Problems View');
  await workbench.page.locator('.markers-panel').getByText('Not saved.').first().waitFor();
  for (const theme of ['dark', 'light', 'high-contrast'] as const) await picture(workbench, theme);

  // Their toasts would take the Escape that closes the find field.
  await workbench.command('Notifications: Clear All Notifications');
  await workbench.command('View: Focus Active Editor Group');
  await fix(workbench, 'sqs:SendMessage', 'sns:Publish');
  await quickFix(workbench, `arn:aws:s3:::${bucket}`, `Add aws:SourceAccount ${account}`);
  await lines.getByText('aws:SourceAccount').waitFor();
  await save(workbench);
  await poll('the policy saved', async () => {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const policy = Attributes?.['Policy'] ?? '';
    return policy.includes('aws:SourceAccount') && policy.includes('sns:Publish') ? true : undefined;
  });
  await s3.send(notify(TopicArn));
  await workbench.page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ state: 'detached' });
  await workbench.screenshot('.cache/screenshots/policy-saved-dark.png');
}

async function makeResources(workbench: Workbench) {
  await workbench.openView('AWS Labs');
  await workbench.command("AWS Labs: Show Sandbox's Environment");
  const { pid: _pid, ...settings } = await poll('the sandbox', async () => runningSandbox(workbench), 60_000);
  await workbench.quickInput().waitFor();
  await workbench.page.keyboard.press('Escape');
  const sns = new SNSClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'Order' }));
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await assert.rejects(s3.send(notify(TopicArn)), /Unable to validate/);
  return { sns, s3, TopicArn, account: TopicArn.split(':')[4] ?? '' };
}

const notify = (TopicArn: string) =>
  new PutBucketNotificationConfigurationCommand({
    Bucket: bucket,
    NotificationConfiguration: {
      TopicConfigurations: [{ Id: 'ForSNSNotification', TopicArn, Events: ['s3:ObjectCreated:Put'] }],
    },
  });

async function write({ page }: Workbench, text: string): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

async function suggest({ page }: Workbench, label: string): Promise<void> {
  const widget = page.locator('.suggest-widget.visible');
  await page.keyboard.press('Control+Space');
  const row = widget.locator('.monaco-list-row', { hasText: label }).first();
  await row.waitFor();
  await row.click();
  await widget.waitFor({ state: 'hidden' });
}

const save = ({ page }: Workbench): Promise<void> => page.keyboard.press('Control+S');

/** Finds a text in the document and writes another in its place. */
async function fix(workbench: Workbench, text: string, other: string): Promise<void> {
  await select(workbench, text);
  await workbench.page.keyboard.insertText(other);
}

async function quickFix(workbench: Workbench, text: string, title: string): Promise<void> {
  await select(workbench, text);
  await workbench.quickFix(title, () => workbench.screenshot('.cache/screenshots/policy-fix-dark.png'));
}

async function select({ page }: Workbench, text: string): Promise<void> {
  await page.keyboard.press('Control+F');
  const find = page.locator('.find-widget.visible');
  await find.waitFor();
  await find.getByRole('textbox', { name: 'Find' }).fill(text);
  await find.getByText(/^1 of /).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await find.waitFor({ state: 'hidden' });
}

async function picture(workbench: Workbench, theme: Theme): Promise<void> {
  await workbench.setTheme(theme);
  await workbench.screenshot(`.cache/screenshots/policy-${theme}.png`);
  if (theme === 'high-contrast') await workbench.setTheme('dark');
}
