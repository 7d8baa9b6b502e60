// Rules of signatures: their form first, then whether they hold, then what that is worth.
import { readCertificate } from '../certificate/readCertificate.ts';
import { usesSha1 } from '../signature/algorithms.ts';
import { readSignature } from '../signature/readSignature.ts';
import type { Verification } from '../signature/verifySignature.ts';
import type { RuleContext } from './ruleContext.ts';

export function signatureRules(context: RuleContext): void {
  const { findings, signature } = context;
  for (const element of signature.signatures) {
    const form = readSignature(element);
    for (const { range, message } of form.objections) findings.error('R26', range, message);
    if (usesSha1(form.method) || form.digests.some(usesSha1))
      findings.warn('R14', element.nameRange, 'The metadata is signed with SHA-1, which can be forged.');
  }
  if (signature.verification) verdictRules(signature.verification, context);
}

function verdictRules(verification: Verification, { findings, signature, options }: RuleContext): void {
  const range = verification.form.element.nameRange;
  if (verification.verdict === 'unverifiable')
    return findings.inform('R25', range, `The signature cannot be verified: ${verification.why}`);
  if (verification.verdict === 'invalid')
    return findings.warn(
      'R25',
      range,
      signature.reformatted
        ? 'The signature is broken by reformatting: it holds again once the added white space is removed (Format Document does this). Fetch the file anew and leave it as it is.'
        : `The signature does not hold: ${verification.why}`,
    );
  const { by } = verification;
  const thumbprints = by.certificate === undefined ? undefined : readCertificate(by.certificate);
  const facts = thumbprints?.ok ? thumbprints.certificate : undefined;
  const pinned = (options.pinned ?? []).map((one) => one.replace(/[\s:]/g, '').toUpperCase());
  if (facts && (pinned.includes(facts.sha1) || pinned.includes(facts.sha256))) return;
  const how =
    by.from === 'key-value'
      ? 'the bare key in KeyInfo, and not with its certificate'
      : 'the certificate that it brings along';
  const wrong = pinned.length > 0 ? ' It is none of those that are pinned.' : '';
  const message = `The signature holds with ${how}: the file is whole. Who made it, that does not tell.${wrong}`;
  if (pinned.length > 0) findings.warn('R27', range, message);
  else findings.inform('R27', range, message);
}
