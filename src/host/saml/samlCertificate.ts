// A certificate of metadata as PEM, in a document that nobody has saved: as IAM, Windows and openssl take it.
import * as vscode from 'vscode';
import type { CertificateDescription } from '../../saml/describe.ts';
import { Refusal } from '../explain.ts';
import type { Judge } from './judge.ts';
import { showNewText } from '../newText.ts';
import { shownText } from '../shownText.ts';
import { validityOf } from './samlHovers.ts';

export async function extractCertificate(judge: Judge, document: vscode.TextDocument): Promise<void> {
  const found = (await judge.of(document))?.certificates.filter(({ use }) => use !== 'encryption') ?? [];
  if (found.length === 0)
    throw new Refusal({
      what: 'There is no signing certificate in this document that can be read.',
      advice: 'It stands in KeyDescriptor, in an element X509Certificate.',
    });
  const chosen = found.length === 1 ? found[0] : await ask(found);
  if (chosen) await showNewText(pemOf(chosen));
}

async function ask(found: readonly CertificateDescription[]): Promise<CertificateDescription | undefined> {
  const items = found.map((certificate) => ({
    label: shownText(certificate.subject, 80).replaceAll('$(', '$ ('),
    description: certificate.signsResponses ? 'responses are verified with it' : '',
    detail: `${validityOf(certificate, Date.now())} · SHA-1 ${certificate.sha1}`,
    certificate,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which certificate?' });
  return picked?.certificate;
}

export function pemOf({ base64 }: Pick<CertificateDescription, 'base64'>): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
