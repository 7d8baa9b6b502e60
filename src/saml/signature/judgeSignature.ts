// The signature of a metadata document, judged: none, valid, invalid, unverifiable, and why. "Valid" is integrity only:
// the key stands in the same file, and whoever changes the file can change the key.
import type { Element, XmlDocument } from '../xml/document.ts';
import { signaturesOf } from './readSignature.ts';
import { verifySignature, type Verification } from './verifySignature.ts';

export type Verdict = 'none' | 'valid' | 'invalid' | 'unverifiable';

export interface SignatureJudgement {
  readonly verdict: Verdict;
  readonly verification: Verification | undefined;
  /** It holds again once white space is taken out: somebody has formatted the document. */
  readonly reformatted: boolean;
  /** All signatures of the document, the judged one first. */
  readonly signatures: readonly Element[];
}

export function judgeSignature({ root, outside }: XmlDocument): SignatureJudgement {
  const all = signaturesOf(root);
  const own = all.find(({ parent }) => parent === root) ?? all[0];
  if (!own) return { verdict: 'none', verification: undefined, reformatted: false, signatures: [] };
  const verification = verifySignature(root, own, { outside });
  return {
    verdict: verification.verdict,
    verification,
    reformatted: verification.verdict === 'invalid' && holdsWithoutSpace(root, own, outside),
    signatures: [own, ...all.filter((one) => one !== own)],
  };
}

function holdsWithoutSpace(root: Element, signature: Element, outside: XmlDocument['outside']): boolean {
  return (['drop', 'trim'] as const).some(
    (space) => verifySignature(root, signature, { space, outside }).verdict === 'valid',
  );
}
