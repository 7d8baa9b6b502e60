// Which assertion of a message counts: the one that is where an assertion belongs and is covered by a signature that is where
// a signature belongs, made with a trusted key. Every other place for either is how signatures are wrapped, and is refused.
import type { Findings } from '../finding.ts';
import { verifySignature, type Verification } from '../signature/verifySignature.ts';
import { childrenOf, is, walk, type Element } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { secondOpinion } from './secondOpinion.ts';
import type { Trust } from './trust.ts';

export interface Verified {
  readonly assertion: Element;
  /** Base64 of the certificate whose key signed. */
  readonly certificate: string | undefined;
}

const signatureOf = (element: Element): Element[] => childrenOf(element, namespaces.ds, 'Signature');

export function findVerified(root: Element, trust: Trust, findings: Findings): Verified | undefined {
  const assertion = onlyAssertion(root, findings);
  if (!assertion) return undefined;
  const own = verifyOne(root, assertion, trust, findings);
  const outer = root === assertion ? undefined : verifyOne(root, root, trust, findings);
  if (own === 'none' && (outer === 'none' || outer === undefined)) {
    findings.error('R41', assertion.nameRange, 'Neither the assertion nor the response is signed.');
    return undefined;
  }
  const strays = strayCount(root, assertion, findings);
  if (strays > 0 || own === 'bad' || outer === 'bad') return undefined;
  const by = own === 'none' || own === undefined ? outer : own;
  return by === 'none' || by === undefined ? undefined : { assertion, certificate: by.certificate };
}

/** Exactly one in the whole message, and that a child of the response (or the message itself). */
export function onlyAssertion(root: Element, findings: Findings): Element | undefined {
  const all = [...walk(root)].filter((one) => is(one, namespaces.saml, 'Assertion'));
  const [first, second] = all;
  if (!first) {
    findings.error('R41', root.nameRange, 'There is no assertion in the message.');
    return undefined;
  }
  if (second) {
    findings.error(
      'R41',
      second.nameRange,
      `There are ${all.length} assertions in the message; exactly one may count.`,
    );
    return undefined;
  }
  if (first !== root && first.parent !== root) {
    findings.error(
      'R41',
      first.nameRange,
      `The assertion stands inside ${first.parent?.name ?? '?'}, where none belongs.`,
    );
    return undefined;
  }
  return first;
}

/** The signature of the response alone, where its assertion is encrypted. */
export const verifyEnvelope = (root: Element, trust: Trust, findings: Findings): Judged =>
  verifyOne(root, root, trust, findings);

type Judged = { readonly certificate: string | undefined } | 'none' | 'bad';

function verifyOne(root: Element, parent: Element, trust: Trust, findings: Findings): Judged {
  const [signature, second] = signatureOf(parent);
  if (!signature) return 'none';
  if (second) {
    findings.error('R41', second.nameRange, `${parent.name} has two signatures.`);
    return 'bad';
  }
  const verification = verifySignature(root, signature, { keys: trust.keys });
  for (const { range, message } of verification.form.objections) findings.error('R26', range, message);
  const objection = objectionTo(verification, parent, trust) ?? secondOpinion(root, signature, verification);
  if (objection !== undefined || verification.form.objections.length > 0) {
    if (objection !== undefined) findings.error('R41', signature.nameRange, objection);
    return 'bad';
  }
  return { certificate: verification.verdict === 'valid' ? verification.by.certificate : undefined };
}

function objectionTo(verification: Verification, parent: Element, trust: Trust): string | undefined {
  if (trust.keys.length === 0) return 'There is no certificate to verify the signature with.';
  if (verification.verdict !== 'valid') {
    const other = verification.verdict === 'invalid' && verification.cause === 'value';
    return other
      ? `The signature of ${parent.name} was not made with the key of the identity provider. Has it changed its certificate?`
      : `The signature of ${parent.name} does not hold: ${verification.why}`;
  }
  if (verification.signed !== parent)
    return `The signature in ${parent.name} covers ${verification.signed.name}, not what it stands in.`;
  return undefined;
}

/** Signatures anywhere else cover nothing that counts. */
function strayCount(root: Element, assertion: Element, findings: Findings): number {
  const strays = [...walk(root)].filter(
    (one) => is(one, namespaces.ds, 'Signature') && one.parent !== root && one.parent !== assertion,
  );
  for (const one of strays)
    findings.error('R41', one.nameRange, `A signature stands inside ${one.parent?.name ?? '?'}, where none belongs.`);
  const inside = [...walk(root)].filter(
    (one) => is(one, namespaces.ds, 'Object') && one.parent !== undefined && is(one.parent, namespaces.ds, 'Signature'),
  );
  for (const one of inside)
    findings.error('R41', one.nameRange, 'The signature carries an Object: content can hide there.');
  return strays.length + inside.length;
}
