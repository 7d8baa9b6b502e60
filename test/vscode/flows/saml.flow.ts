// Metadata as somebody finds it: with a slip in it. It is marked, read, mended and shown in lines; a response that
// was copied is decoded.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildResponse } from '../../../src/saml/message/buildResponse.ts';
import { keyPair } from '../../saml/keys.ts';
import { keycloak } from '../../saml/samples.ts';
import type { Theme } from '../profile.ts';
import type { Workbench } from '../workbench.ts';

export const editor = { theme: 'dark', limit: 180_000 } as const;

const key = keyPair();

export async function readsAndMendsMetadata(workbench: Workbench): Promise<void> {
  writeFileSync(join(workbench.profile.workspace, 'FederationMetadata.xml'), spoilt());
  await workbench.openFile('FederationMetadata.xml');
  const { page } = workbench;
  await page.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
  await mend(workbench);
  await page.locator('.codelens-decoration').getByText('Extract the signing certificate').waitFor();
  await hoverCertificate(workbench);

  await page.locator('.codelens-decoration').getByText('Formatted view').click();
  await workbench.editorTab('(formatted)').waitFor();
  await page.locator('.view-lines').getByText('IDPSSODescriptor').first().waitFor();
  await workbench.command('Problems: Focus on Problems View');
  for (const theme of ['light', 'dark'] as const) await picture(workbench, 'formatted', theme);

  await workbench.command('AWS Labs: Choose for Whom SAML Metadata Is Judged');
  await workbench.pick('Cognito');
  await report(workbench);
  await workbench.closeEditors();
  await decode(workbench);
}

/** A namespace with https:// in it is another namespace. */
function spoilt(): string {
  return keycloak({ signing: key.certificate }).replace('xmlns:ds="http:', 'xmlns:ds="https:');
}

async function mend(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.command('Go to Next Problem (Error, Warning, Info)');
  await page.locator('.marker-widget').waitFor();
  await picture(workbench, 'problem', 'dark');
  await page.keyboard.press('Escape');
  await workbench.quickFix('Use http://www.w3.org/2000/09/xmldsig#', () => picture(workbench, 'fix', 'dark'));
  await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+S');
  await page.keyboard.press('Control+Home');
}

async function hoverCertificate(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  for (const theme of ['light', 'dark'] as const) {
    await workbench.setTheme(theme);
    // A pointer that does not move asks for nothing.
    await page.mouse.move(5, 5);
    const certificate = page.locator('.view-lines').getByText(key.certificate.slice(0, 12)).first();
    await certificate.hover({ position: { x: 40, y: 8 } });
    await page.locator('.monaco-hover:visible').getByText('SHA-256').first().waitFor();
    await workbench.screenshot(`.cache/screenshots/saml-hover-${theme}.png`);
  }
}

async function report(workbench: Workbench): Promise<void> {
  await workbench.closeEditors();
  await workbench.openFile('FederationMetadata.xml');
  await workbench.page.locator('.markers-panel').getByText('(formatted)').waitFor({ state: 'detached' });
  await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Show Report on SAML Metadata' }).click();
  const page = await workbench.webview({ has: '.report' });
  await page.getByRole('heading', { name: 'What AWS would answer' }).waitFor();
  await page.locator('.certificate').first().waitFor();
  for (const theme of ['light', 'dark'] as const) await picture(workbench, 'report', theme);
}

async function decode(workbench: Workbench): Promise<void> {
  const message = buildResponse({
    issuer: 'https://idp.example.com/saml',
    destination: 'https://signin.aws.amazon.com/saml',
    audience: 'urn:amazon:webservices',
    nameId: { value: 'ada@example.com' },
    attributes: {},
    now: Date.now(),
    ids: { response: '_r1', assertion: '_a1' },
    key,
  });
  await workbench.command('AWS Labs: Decode SAML Message or Token');
  await workbench.page.locator('.quick-input-widget').getByText('It stays on this machine').waitFor();
  await workbench.answer(`SAMLResponse=${encodeURIComponent(Buffer.from(message).toString('base64'))}`);
  await workbench.editorTab('SAML response').waitFor();
  await workbench.pick('Do not check');
  await workbench.page.locator('.view-lines').getByText('status:Success').first().waitFor();
  for (const theme of ['light', 'dark'] as const) await picture(workbench, 'decoded', theme);
}

async function picture(workbench: Workbench, name: string, theme: Theme): Promise<void> {
  await workbench.setTheme(theme);
  await workbench.screenshot(`.cache/screenshots/saml-${name}-${theme}.png`);
}
