// From metadata to people who can sign in, as somebody does it by hand: an IAM provider and a role from the lines above the file, a user
// pool with all that belongs to it, and everything away again. The file of the wrong side is told before it is sent.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsSpMetadata } from '../../../src/saml/message/buildMetadata.ts';
import { keyPair } from '../../saml/keys.ts';
import { adfs } from '../../saml/samples.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 240_000 } as const;

const signing = keyPair().certificate;

const lens = ({ page }: Workbench, text: string | RegExp) =>
  page.locator('.codelens-decoration').getByText(text).first();
const picker = ({ page }: Workbench, text: string | RegExp) =>
  page.locator('.quick-input-widget:visible').getByText(text).first();

export async function makesProviderAndRole(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  writeFileSync(join(workbench.profile.workspace, 'FederationMetadata.xml'), adfs({ signing }));
  await workbench.openFile('FederationMetadata.xml');
  await lens(workbench, 'Create IAM provider').waitFor({ timeout: 60_000 });
  await pictures(workbench, 'lenses');
  await lens(workbench, 'Create IAM provider').click();
  await picker(workbench, 'IAM takes this metadata').waitFor({ timeout: 60_000 });
  await pictures(workbench, 'name');
  await workbench.answer('AD FS');
  await picker(workbench, '(R33)').waitFor();
  await workbench.answer('ADFS');
  const made = workbench.notification('The SAML provider ADFS was created');
  await made.waitFor({ timeout: 30_000 });
  await pictures(workbench, 'made');
  await made.getByRole('button', { name: 'Create Role' }).click();

  await picker(workbench, 'eu-central-1').waitFor();
  await pictures(workbench, 'regions');
  await picker(workbench, 'eu-central-1').click();
  await page.keyboard.press('Enter');
  await picker(workbench, 'Session tags').waitFor();
  await page.keyboard.press('Enter');
  await picker(workbench, '2 hours').waitFor();
  await page.keyboard.press('Enter');
  await workbench.pick('Nothing yet');
  await picker(workbench, 'Its name').waitFor();
  await workbench.answer('Readers');
  await workbench.pick('Look at its trust policy first');
  await lens(workbench, 'Create the role Readers').waitFor();
  await page.locator('.view-lines').getByText('eu-central-1.signin').first().waitFor();
  await pictures(workbench, 'trust');
  await lens(workbench, 'Create the role Readers').click();
  const role = workbench.notification('The role Readers was created');
  await role.waitFor();
  await role.getByRole('button', { name: 'Undo' }).click();
  await workbench.dialog().getByText('Delete the role Readers').waitFor();
  await workbench.pressInDialog('Delete');
  await workbench.notification('Deleted: role Readers').waitFor();
}

export async function makesASignInThroughCognito(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  writeFileSync(join(workbench.profile.workspace, 'FederationMetadata.xml'), adfs({ signing }));
  await workbench.openFile('FederationMetadata.xml');
  await lens(workbench, 'Create Cognito identity provider').click({ timeout: 60_000 });
  await workbench.pick('A new user pool');
  await picker(workbench, 'What shall the user pool be called').waitFor();
  await workbench.answer('Learners');
  await picker(workbench, 'sign-in pages').waitFor();
  await workbench.answer('My-Login');
  await picker(workbench, 'no capital letters').waitFor();
  await workbench.answer('learners-7f3a');
  await picker(workbench, 'Cognito takes this metadata').waitFor();
  await workbench.answer('Company');
  await picker(workbench, 'announced in the metadata').waitFor();
  await pictures(workbench, 'mapping');
  await page.keyboard.press('Enter');
  await picker(workbench, 'app client').waitFor();
  await page.keyboard.press('Enter');
  await picker(workbench, 'after signing in').waitFor();
  await page.keyboard.press('Enter');
  await picker(workbench, 'after signing out').waitFor();
  await page.keyboard.press('Enter');
  await workbench.dialog().getByText('Create what signing in').waitFor();
  await pictures(workbench, 'plan');
  await workbench.pressInDialog('Create');
  await workbench.notification('People can sign in through Company').waitFor({ timeout: 30_000 });
  await pictures(workbench, 'pool');
  await endsHalfWay(workbench);
  await workbench.command('AWS Labs: Delete SAML Provider, Role or User Pool');
  await workbench.pick('Learners');
  await workbench.dialog().getByText('Delete the user pool Learners').waitFor();
  await pictures(workbench, 'delete');
  await workbench.pressInDialog('Delete');
  await workbench.notification('Deleted: user pool Learners').waitFor({ timeout: 30_000 });
}

/** The domain is taken: what was made before it is named, and goes again. */
async function endsHalfWay(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await lens(workbench, 'Create Cognito identity provider').click();
  await workbench.pick('A new user pool');
  const answers = [
    ['What shall the user pool be called', 'Others'],
    ['sign-in pages', 'learners-7f3a'],
    ['Cognito takes this metadata', 'Company'],
  ] as const;
  for (const [question, answer] of answers) {
    await picker(workbench, question).waitFor();
    await workbench.answer(answer);
  }
  await picker(workbench, 'announced in the metadata').waitFor();
  await page.keyboard.press('Enter');
  await picker(workbench, 'app client').waitFor();
  await workbench.answer('');
  await workbench.dialog().getByText('Create what signing in').waitFor();
  await workbench.pressInDialog('Create');
  await workbench.dialog().getByText('Already made: user pool Others').waitFor({ timeout: 30_000 });
  await pictures(workbench, 'half-way');
  await workbench.pressInDialog('Remove');
  const told = workbench.notification('Removed again: user pool Others');
  await told.waitFor({ timeout: 30_000 });
}

export async function tellsTheWrongFile(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  writeFileSync(join(workbench.profile.workspace, 'aws-metadata.xml'), awsSpMetadata(['us-east-1']));
  await workbench.openFile('aws-metadata.xml');
  await lens(workbench, 'Report').waitFor({ timeout: 60_000 });
  await workbench.command('AWS Labs: Create IAM Provider from SAML Metadata');
  await workbench.dialog().getByText('metadata of a service provider').waitFor({ timeout: 60_000 });
  await pictures(workbench, 'refused');
  await page.keyboard.press('Escape');
  await workbench.closeEditors();
  // Nothing is open: the sandbox's own is offered, beside a file.
  await workbench.command('AWS Labs: Create IAM Provider from SAML Metadata');
  await picker(workbench, "The sandbox's own identity provider").waitFor();
  await pictures(workbench, 'choose');
  await page.keyboard.press('Escape');
  await workbench.command('AWS Labs: Write AD FS Claim Rules for AWS');
  await picker(workbench, 'The name of the IAM SAML provider').waitFor();
  await workbench.answer('ADFS');
  await picker(workbench, 'What is the prefix').waitFor();
  await page.keyboard.press('Enter');
  await workbench.pick('The mail address');
  await workbench.pick('A PowerShell script');
  await page.locator('.view-lines').getByText('IssuanceTransformRules').first().waitFor();
  await workbench.notification('Mind').waitFor();
  await pictures(workbench, 'rules');
}

async function pictures(workbench: Workbench, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`.cache/screenshots/saml-create-${name}-${theme}.png`);
  }
}
