// Whether a signature holds. The element that was digested is handed back in its canonical form: read values from that only.
// One parser for all: what the rules looked at is what is verified.
import type { KeyObject } from 'node:crypto';
import { publicKeyOf, rsaKeyOf } from '../certificate/readCertificate.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  textOf,
  valueOf,
  walk,
  type Comment,
  type Element,
} from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import { canonicalizations, digestOf, digests, enveloped, methods, verifyValue } from './algorithms.ts';
import { canonicalize, type CanonicalOptions } from './canonicalize.ts';
import { readSignature, type SignatureForm } from './readSignature.ts';

export interface TrialKey {
  readonly key: KeyObject;
  readonly from: 'certificate' | 'key-value' | 'given';
  /** Base64 of the certificate, where it is of one. */
  readonly certificate?: string;
}

export type Verification =
  | {
      readonly verdict: 'valid';
      readonly form: SignatureForm;
      readonly by: TrialKey;
      readonly signed: Element;
      /** The canonical text whose digest was verified. */
      readonly canonical: string;
    }
  | {
      readonly verdict: 'invalid';
      readonly form: SignatureForm;
      readonly why: string;
      readonly cause: 'digest' | 'value' | 'form';
    }
  | { readonly verdict: 'unverifiable'; readonly form: SignatureForm; readonly why: string };

export interface VerifyOptions {
  /** Only these are tried; otherwise what KeyInfo holds: integrity, no trust. */
  readonly keys?: readonly TrialKey[];
  readonly space?: CanonicalOptions['space'];
  /** What stands outside the root: processing instructions there are signed along where the whole document is. */
  readonly outside?: readonly Comment[];
}

/** Never throws. */
export function verifySignature(root: Element, element: Element, options: VerifyOptions = {}): Verification {
  const form = readSignature(element);
  const danger = form.objections.find(({ dangerous }) => dangerous);
  if (danger) return { verdict: 'unverifiable', form, why: danger.message };
  const keys = options.keys ?? keysOf(form);
  if (keys.length === 0) return { verdict: 'unverifiable', form, why: 'There is no key to verify the signature with.' };
  const signedInfo = childOf(element, namespaces.ds, 'SignedInfo');
  if (!signedInfo) return { verdict: 'unverifiable', form, why: 'There is no SignedInfo.' };
  if (!Object.hasOwn(methods, form.method))
    return { verdict: 'unverifiable', form, why: `The signature method ${form.method || '(none)'} is not supported.` };
  return verifyParts(root, form, signedInfo, keys, options);
}

function verifyParts(
  root: Element,
  form: SignatureForm,
  signedInfo: Element,
  keys: readonly TrialKey[],
  options: VerifyOptions,
): Verification {
  const { space = 'keep' } = options;
  let first: { signed: Element; canonical: string } | undefined;
  for (const reference of childrenOf(signedInfo, namespaces.ds, 'Reference')) {
    const result = digestReference(root, form.element, reference, options);
    if (result.problem !== undefined) return { verdict: result.verdict, form, why: result.problem, cause: 'digest' };
    first ??= result;
  }
  const text = canonicalize(signedInfo, {
    ...canonicalOf(childOf(signedInfo, namespaces.ds, 'CanonicalizationMethod')),
    space,
  });
  const value = childOf(form.element, namespaces.ds, 'SignatureValue');
  const by = keys.find(({ key }) => verifyValue(form.method, text, key, value ? textOf(value) : ''));
  if (!by)
    return {
      verdict: 'invalid',
      form,
      why: 'The signature value was not made with that key over this text.',
      cause: 'value',
    };
  if (!first) return { verdict: 'invalid', form, why: 'The signature covers nothing.', cause: 'form' };
  return { verdict: 'valid', form, by, ...first };
}

type Digested =
  | { readonly problem: undefined; readonly signed: Element; readonly canonical: string }
  | { readonly problem: string; readonly verdict: 'invalid' | 'unverifiable' };

function digestReference(
  root: Element,
  signature: Element,
  reference: Element,
  { space = 'keep', outside = [] }: VerifyOptions,
): Digested {
  const signed = targetOf(root, valueOf(reference, 'URI') ?? '');
  if (signed === 'none') return { problem: 'What the signature refers to is not in the document.', verdict: 'invalid' };
  if (signed === 'several')
    return { problem: 'Several elements have the ID that the signature refers to.', verdict: 'invalid' };
  const method = childOf(reference, namespaces.ds, 'DigestMethod');
  const name = (method && valueOf(method, 'Algorithm')) ?? '';
  if (!Object.hasOwn(digests, name))
    return { problem: `The digest method ${name || '(none)'} is not supported.`, verdict: 'unverifiable' };
  const transforms = childOf(reference, namespaces.ds, 'Transforms');
  const each = transforms ? childrenOf(transforms, namespaces.ds, 'Transform') : [];
  const last = each.findLast((one) => valueOf(one, 'Algorithm') !== enveloped);
  const element = canonicalize(signed, {
    ...canonicalOf(last),
    // A reference within the document never includes comments, whatever the transform says.
    comments: false,
    space,
    ...(each.some((one) => valueOf(one, 'Algorithm') === enveloped) && { without: signature }),
  });
  const canonical = valueOf(reference, 'URI') === '' ? withOutside(element, root, outside) : element;
  const value = childOf(reference, namespaces.ds, 'DigestValue');
  const stated = value ? textOf(value).replace(/\s+/g, '') : '';
  if (digestOf(name, canonical) !== stated)
    return { problem: `${signed.name} is not what was signed: it has been changed since.`, verdict: 'invalid' };
  return { problem: undefined, signed, canonical };
}

function withOutside(canonical: string, root: Element, outside: readonly Comment[]): string {
  const written = (some: readonly Comment[]) =>
    some.filter(({ kind }) => kind === 'instruction').map(({ value }) => `<?${value}?>`);
  const before = written(outside.filter(({ start }) => start < root.start));
  const after = written(outside.filter(({ start }) => start > root.start));
  return [...before, canonical, ...after].join('\n');
}

/** Inclusive canonical XML where nothing else is said. */
function canonicalOf(element: Element | undefined): CanonicalOptions {
  const method = canonicalizations[(element && valueOf(element, 'Algorithm')) ?? ''] ?? {
    exclusive: false,
    comments: false,
  };
  const list = element?.children.find((child) => child.kind === 'element' && child.local === 'InclusiveNamespaces');
  const prefixes = list?.kind === 'element' ? (valueOf(list, 'PrefixList') ?? '').split(/\s+/).filter(Boolean) : [];
  return { ...method, prefixes };
}

function targetOf(root: Element, uri: string): Element | 'none' | 'several' {
  if (uri === '') return root;
  const id = uri.slice(1);
  const found = [...walk(root)].filter((element) =>
    ['ID', 'Id', 'id'].some((name) => attributeOf(element, name)?.value === id),
  );
  return found.length > 1 ? 'several' : (found[0] ?? 'none');
}

/** A chain has two or three. */
const mostKeys = 20;

function keysOf(form: SignatureForm): TrialKey[] {
  const value = form.rsaKey && rsaKeyOf(form.rsaKey.modulus, form.rsaKey.exponent);
  return [
    ...form.certificates.slice(0, mostKeys).flatMap((certificate): TrialKey[] => {
      const key = publicKeyOf(certificate);
      return key ? [{ key, from: 'certificate', certificate }] : [];
    }),
    ...(value ? [{ key: value, from: 'key-value' } as const] : []),
  ];
}
