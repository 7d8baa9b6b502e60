// xml-crypto looks too, with a parser and a canonicalization of its own. A message is believed only where both agree; of what it
// cannot do (elliptic curves, some digests, canonical XML 1.1) it has no opinion.
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import type { Verification } from '../signature/verifySignature.ts';
import { signaturesOf, type SignatureForm } from '../signature/readSignature.ts';
import { childOf, descendantsOf, valueOf, type Element } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { writeXml } from '../xml/writeXml.ts';

/** An objection, or undefined: it agrees, or has no opinion. */
export function secondOpinion(root: Element, signature: Element, verification: Verification): string | undefined {
  if (verification.verdict !== 'valid' || verification.by.certificate === undefined) return undefined;
  const xml = writeXml(root);
  const at = signaturesOf(root).indexOf(signature);
  const pem = `-----BEGIN CERTIFICATE-----\n${verification.by.certificate}\n-----END CERTIFICATE-----`;
  const signed = new SignedXml({ publicCert: pem, getCertFromKeyInfo: () => null });
  if (!knows(signed, verification.form)) return undefined;
  try {
    const node = new DOMParser()
      .parseFromString(xml, 'text/xml')
      .getElementsByTagNameNS(namespaces.ds, 'Signature')
      .item(at);
    if (!node) return 'A second verifier does not find the signature.';
    signed.loadSignature(node);
    return signed.checkSignature(xml) && signed.getSignedReferences().length === 1
      ? undefined
      : 'A second verifier does not agree that the signature holds.';
  } catch {
    return 'A second verifier does not agree that the signature holds.';
  }
}

/** Only what is signed is asked: anybody could write a strange algorithm elsewhere, to keep the second verifier out. */
function knows(signed: SignedXml, { element, method, digests }: SignatureForm): boolean {
  const info = childOf(element, namespaces.ds, 'SignedInfo') ?? element;
  const canonical = ['CanonicalizationMethod', 'Transform'].flatMap((name) =>
    descendantsOf(info, namespaces.ds, name).map((one) => valueOf(one, 'Algorithm') ?? ''),
  );
  return (
    method in signed.SignatureAlgorithms &&
    digests.every((name) => name in signed.HashAlgorithms) &&
    canonical.every((name) => name in signed.CanonicalizationAlgorithms)
  );
}
