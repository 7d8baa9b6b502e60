// What is particular to AD FS, and the rollover of keys, which everybody has.
import { identityProviders, isAdfs, signingPlaces } from '../metadata.ts';
import type { RuleContext } from './ruleContext.ts';

export function adfsRules(context: RuleContext): void {
  const { metadata, document, findings } = context;
  const adfs = isAdfs(metadata);
  rolloverRule(context, adfs);
  if (!adfs) return;
  const roles = metadata.entities.flatMap((entity) => entity.roles);
  const provider = roles.find(({ kind }) => kind === 'IDPSSODescriptor');
  if (provider && roles.some(({ kind }) => kind === 'SPSSODescriptor')) {
    const encryption =
      provider.keys[0]?.use === 'encryption' ? ' Its first key is for encryption, not for signing.' : '';
    findings.inform(
      'R52',
      provider.element.nameRange,
      `AD FS is service provider and identity provider in one file; for AWS this role counts.${encryption}`,
      {
        profiles: ['adfs'],
      },
    );
  }
  if (!document.text.trimEnd().includes('\n', document.root.tagRange.end))
    findings.inform(
      'R53',
      document.root.nameRange,
      'The file is one line, as AD FS issues it. Formatting it would break its signature.',
      {
        profiles: ['adfs'],
      },
    );
}

function rolloverRule({ metadata, findings }: RuleContext, adfs: boolean): void {
  for (const provider of identityProviders(metadata)) {
    const places = signingPlaces(provider).filter(({ read }) => read.ok);
    const distinct = new Set(places.map(({ text }) => text.replace(/\s/g, '')));
    const second = places.find(({ text }) => text.replace(/\s/g, '') !== places[0]?.text.replace(/\s/g, ''));
    if (distinct.size < 2 || !second) continue;
    const message = `There are ${distinct.size} signing certificates: a rollover is under way. IAM must be given the file again; Cognito with MetadataURL fetches it itself.`;
    findings.tell('R54', {
      severity: adfs ? 'warning' : 'info',
      profiles: [adfs ? 'adfs' : 'any'],
      range: second.element.contentRange,
      message,
    });
  }
}
