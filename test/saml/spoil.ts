// Metadata in good order to start from, and what one of its findings says.
import { findingsFor, type Finding, type Profile } from '../../src/saml/finding.ts';
import { validate } from '../../src/saml/validate.ts';
import type { ValidateOptions } from '../../src/saml/validateOptions.ts';
import { keyPair, now } from './keys.ts';
import { okta } from './samples.ts';

export const idp = (): string => okta({ signing: keyPair().certificate });

export function judge(text: string | Uint8Array, options: Partial<ValidateOptions> = {}) {
  return validate(text, { now, ...options });
}

/** Of that rule and profile: severity and the text it points at. */
export function found(
  text: string | Uint8Array,
  rule: string,
  profile: Profile = 'any',
  options: Partial<ValidateOptions> = {},
) {
  const validation = judge(text, options);
  return findingsFor(validation.findings, profile)
    .filter((one) => one.rule === rule)
    .map((one) => ({
      severity: one.severity,
      at: validation.text.slice(one.range.start, one.range.end),
      finding: one,
    }));
}

export function applyFix(text: string, { fix }: Finding): string {
  const edits = (fix?.edits ?? []).toSorted((a, b) => b.start - a.start);
  return edits.reduce(
    (all, { start, end, text: replacement }) => all.slice(0, start) + replacement + all.slice(end),
    text,
  );
}
