// A ds:Signature element -> what it says of itself, and whether it is one of the few forms that SAML allows.
// Nothing is verified here; a form that is not allowed is told and, where it could trick a verifier, not verified at all.
import {
  childOf,
  childrenOf,
  descendantsOf,
  elementsOf,
  textOf,
  valueOf,
  walk,
  type Element,
  type Range,
} from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { isCanonicalization, isHmac, enveloped } from './algorithms.ts';

export interface SignatureForm {
  readonly element: Element;
  /** What the signature stands in and should cover. */
  readonly parent: Element;
  readonly method: string;
  readonly digests: readonly string[];
  readonly uri: string | undefined;
  readonly certificates: readonly string[];
  readonly rsaKey: { readonly modulus: string; readonly exponent: string } | undefined;
  readonly objections: readonly Objection[];
}

export interface Objection {
  readonly range: Range;
  readonly message: string;
  /** Verifying it would mean running, fetching or trusting what must not be. */
  readonly dangerous: boolean;
}

/** Signatures that stand where SAML puts them: as a child of what they sign. In document order. */
export function signaturesOf(root: Element): Element[] {
  return [...walk(root)].filter(
    ({ local, namespace, parent }) => local === 'Signature' && namespace === namespaces.ds && parent,
  );
}

export function readSignature(element: Element): SignatureForm {
  const ds = namespaces.ds;
  const signedInfo = childOf(element, ds, 'SignedInfo');
  const references = signedInfo ? childrenOf(signedInfo, ds, 'Reference') : [];
  const keyInfo = childOf(element, ds, 'KeyInfo');
  const rsa = keyInfo && descendantsOf(keyInfo, ds, 'RSAKeyValue')[0];
  const modulus = rsa && childOf(rsa, ds, 'Modulus');
  const exponent = rsa && childOf(rsa, ds, 'Exponent');
  const method = signedInfo && childOf(signedInfo, ds, 'SignatureMethod');
  return {
    element,
    parent: element.parent ?? element,
    method: (method && valueOf(method, 'Algorithm')) ?? '',
    digests: references.flatMap((reference) => algorithmsOf(childrenOf(reference, ds, 'DigestMethod'))),
    uri: references[0] && valueOf(references[0], 'URI'),
    certificates: keyInfo
      ? descendantsOf(keyInfo, ds, 'X509Certificate').map((one) => textOf(one).replace(/\s+/g, ''))
      : [],
    rsaKey: modulus && exponent && { modulus: textOf(modulus), exponent: textOf(exponent) },
    objections: objectionsTo(element, references),
  };
}

const algorithmsOf = (elements: readonly Element[]): string[] => elements.map((one) => valueOf(one, 'Algorithm') ?? '');

function objectionsTo(signature: Element, references: readonly Element[]): Objection[] {
  return [
    ...signedInfoObjections(signature),
    ...referenceObjections(signature, references),
    ...references.flatMap((reference) => transformObjections(reference)),
    ...asideObjections(signature),
  ];
}

const object = ({ start, end }: Range, message: string, dangerous = false): Objection => ({
  range: { start, end },
  message,
  dangerous,
});

function signedInfoObjections(signature: Element): Objection[] {
  const all = childrenOf(signature, namespaces.ds, 'SignedInfo');
  if (all.length > 1 || descendantsOf(signature, namespaces.ds, 'SignedInfo').length > 1) {
    const [, second = signature] = descendantsOf(signature, namespaces.ds, 'SignedInfo');
    return [
      object(second.nameRange, 'The signature has two SignedInfo: readers may verify one and use the other.', true),
    ];
  }
  const [signedInfo] = all;
  if (!signedInfo) return [object(signature.nameRange, 'The signature has no SignedInfo.', true)];
  const method = childOf(signedInfo, namespaces.ds, 'SignatureMethod');
  const canonical = childOf(signedInfo, namespaces.ds, 'CanonicalizationMethod');
  const name = (method && valueOf(method, 'Algorithm')) ?? '';
  return [
    ...(method && isHmac(name)
      ? [
          object(
            method,
            'The signature is an HMAC: its "key" would be the public certificate, which everybody has.',
            true,
          ),
        ]
      : []),
    ...(canonical && !isCanonicalization(valueOf(canonical, 'Algorithm') ?? '')
      ? [object(canonical, 'The canonicalization of the signature is none of the known ones.', true)]
      : []),
  ];
}

function referenceObjections(signature: Element, references: readonly Element[]): Objection[] {
  const [first, second] = references;
  if (!first) return [object(signature.nameRange, 'The signature refers to nothing.', true)];
  if (second)
    return [
      // Each would be digested anew: a file could ask for hours.
      object(
        second.nameRange,
        `The signature has ${references.length} References; SAML allows one.`,
        references.length > 4,
      ),
    ];
  const uri = valueOf(first, 'URI');
  const parent = signature.parent;
  if (uri === undefined) return [object(first.nameRange, 'The Reference of the signature has no URI.')];
  if (uri === '') {
    return parent?.parent
      ? [object(first.nameRange, 'The Reference covers the whole document, not the element it stands in.')]
      : [];
  }
  if (!uri.startsWith('#'))
    return [object(first.nameRange, 'The Reference points outside this document. It is not fetched.', true)];
  if (parent && uri.slice(1) !== (valueOf(parent, 'ID') ?? ''))
    return [object(first.nameRange, `The Reference ${uri} is not the ${parent.name} that the signature stands in.`)];
  return [];
}

function transformObjections(reference: Element): Objection[] {
  const transforms = childOf(reference, namespaces.ds, 'Transforms');
  const each = transforms ? childrenOf(transforms, namespaces.ds, 'Transform') : [];
  const objections = each.flatMap((transform) => {
    const name = valueOf(transform, 'Algorithm') ?? '';
    if (name === enveloped || isCanonicalization(name)) return [];
    const what = /xslt/i.test(name) ? 'is an XSLT program, which is never run' : 'is not allowed in SAML';
    return [object(transform, `The transform ${name} ${what}.`, true)];
  });
  return each.length > 2 && objections.length === 0
    ? [
        object(
          each[2] ?? reference,
          'The Reference has more transforms than SAML allows (enveloped and one canonicalization).',
        ),
      ]
    : objections;
}

/** A comment inside a value makes readers see different values. */
function asideObjections(signature: Element): Objection[] {
  return [...walk(signature)].flatMap((element) => {
    if (elementsOf(element).length > 0 || !['DigestValue', 'SignatureValue'].includes(element.local)) return [];
    const aside = element.children.find(({ kind }) => kind === 'comment' || kind === 'instruction');
    return aside
      ? [object(aside, `A comment stands inside ${element.name}: readers may see different values.`, true)]
      : [];
  });
}
