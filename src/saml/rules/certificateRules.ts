// Rules of certificates. One that stands in the file many times is told of once, where it stands first.
import type { NoCertificate, CertificateFacts } from '../certificate/readCertificate.ts';
import { isWeakHash } from '../certificate/readCertificate.ts';
import { identityProviders, placeOf, signingPlaces, type CertificatePlace } from '../metadata.ts';
import { descendantsOf } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { daysOf } from './entityRules.ts';
import type { RuleContext } from './ruleContext.ts';

const day = 24 * 3600 * 1000;

export function certificateRules(context: RuleContext): void {
  const places = descendantsOf(context.document.root, namespaces.ds, 'X509Certificate').map((one) =>
    placeOf(one, context.read),
  );
  const signing = identityProviders(context.metadata).flatMap(signingPlaces);
  const seen = new Map<string, number>();
  for (const { text } of places) seen.set(text.replace(/\s/g, ''), (seen.get(text.replace(/\s/g, '')) ?? 0) + 1);
  for (const place of places) {
    const key = place.text.replace(/\s/g, '');
    const times = seen.get(key) ?? 0;
    seen.delete(key);
    if (!place.read.ok) tellUnreadable(place, place.read.problem, context);
    else if (times > 0) {
      const again = times > 1 ? ` It stands in the file ${times} times.` : '';
      tellFacts(place, place.read.certificate, again, context);
    }
  }
  for (const { element, text } of signing) {
    const length = text.trim().length;
    if (length > 4096)
      context.findings.error(
        'R16',
        element.contentRange,
        `The signing certificate has ${length} characters; Cognito takes 4,096.`,
        {
          profiles: ['cognito'],
        },
      );
  }
  allExpired(signing, context);
}

function tellUnreadable(
  { element }: CertificatePlace,
  { message, instead }: NoCertificate,
  { findings }: RuleContext,
): void {
  const range = element.contentRange.start === element.contentRange.end ? element.tagRange : element.contentRange;
  findings.error('R12', range, message, {
    fix:
      instead === undefined
        ? undefined
        : { title: 'Keep only the base64', edits: [{ ...element.contentRange, text: instead }] },
  });
}

function tellFacts(
  { element }: CertificatePlace,
  facts: CertificateFacts,
  again: string,
  { findings, options }: RuleContext,
): void {
  const range = element.contentRange;
  const { keyType, keyBits = 0, signedWith, repeatedExtensions } = facts;
  const rsa = keyType.startsWith('RSA');
  if (rsa && keyBits < 1024)
    findings.error('R13', range, `The RSA key has ${keyBits} bits; IAM wants 1,024 at least.${again}`, {
      profiles: ['iam'],
    });
  if (repeatedExtensions.length > 0)
    findings.error('R13', range, `The certificate has the extension ${repeatedExtensions.join(', ')} twice.${again}`, {
      profiles: ['iam'],
    });
  if (rsa && keyBits < 2048)
    findings.warn('R14', range, `The RSA key has ${keyBits} bits; 2,048 are the least that is safe.${again}`);
  if (isWeakHash(signedWith))
    findings.warn('R14', range, `The certificate is signed with ${signedWith}, which can be forged.${again}`);
  const { now } = options;
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  if (facts.validTo < now)
    findings.warn(
      'R15',
      range,
      `The certificate expired on ${date(facts.validTo)}, ${daysOf(now - facts.validTo)} ago.${again}`,
    );
  else if (facts.validFrom > now)
    findings.warn('R15', range, `The certificate is not valid before ${date(facts.validFrom)}.${again}`);
  else if (facts.validTo - now < 30 * day)
    findings.warn(
      'R15',
      range,
      `The certificate expires on ${date(facts.validTo)}, in ${daysOf(facts.validTo - now)}.${again}`,
    );
}

function allExpired(signing: readonly CertificatePlace[], { findings, options }: RuleContext): void {
  const read = signing.flatMap(({ element, read: one }) => (one.ok ? [{ element, facts: one.certificate }] : []));
  const [first] = read;
  if (first && read.every(({ facts }) => facts.validTo < options.now))
    findings.error('R15', first.element.contentRange, 'Every signing certificate has expired.', {
      profiles: ['cognito'],
    });
}
