import { shownName } from './shownName.ts';

/** Where the learner wants calls to go, before anything is connected. */
export type Choice =
  | { readonly kind: 'sandbox'; readonly region?: string }
  /** A profile, credentials that were pasted and are kept under a name, or, with neither, the default credentials. */
  | { readonly kind: 'aws'; readonly profile?: string; readonly pasted?: string; readonly region?: string }
  | { readonly kind: 'endpoint'; readonly url: string; readonly region?: string };

/** Reads `sandbox`, `aws`, `profile:NAME`, `pasted:NAME` or an endpoint's URL, as the setting and the kept choice write it. */
export function parseChoice(text: string, region?: string): Choice {
  const at = region === undefined ? {} : { region };
  if (text === 'aws') return { kind: 'aws', ...at };
  if (text.startsWith('profile:')) return { kind: 'aws', profile: text.slice('profile:'.length), ...at };
  if (text.startsWith('pasted:')) return { kind: 'aws', pasted: text.slice('pasted:'.length), ...at };
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return { kind: 'endpoint', url: text, ...at };
  return { kind: 'sandbox', ...at };
}

export function writeChoice(choice: Choice): string {
  switch (choice.kind) {
    case 'sandbox':
      return 'sandbox';
    case 'aws':
      if (choice.pasted !== undefined) return `pasted:${choice.pasted}`;
      return choice.profile === undefined ? 'aws' : `profile:${choice.profile}`;
    case 'endpoint':
      return choice.url;
  }
}

export function choiceLabel(choice: Choice): string {
  switch (choice.kind) {
    case 'sandbox':
      return 'Sandbox';
    case 'aws':
      if (choice.pasted !== undefined) return `AWS (pasted ${shownName(choice.pasted)})`;
      return choice.profile === undefined ? 'AWS' : `AWS (profile ${shownName(choice.profile)})`;
    case 'endpoint':
      return choice.url;
  }
}
