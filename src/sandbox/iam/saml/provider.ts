// A SAML provider as IAM keeps it, and how it is found by its ARN.
import type { Iam } from '../iam.ts';
import { invalid, noSuch } from '../refusals.ts';

export interface SamlProvider {
  readonly account: string;
  readonly name: string;
  readonly arn: string;
  /** In SP metadata and sign-in addresses of its own: 'SAMLSP...'. */
  readonly uuid: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly tags: Map<string, string>;
  metadata: string;
  /** The issuer that responses must name. */
  entityID: string;
  validUntil: number;
  encryption: 'Required' | 'Allowed' | undefined;
  readonly privateKeys: Map<string, PrivateKey>;
}

export interface PrivateKey {
  readonly id: string;
  readonly pem: string;
  readonly added: number;
}

const pattern = /^arn:aws[\w-]*:iam::(\d{12}):saml-provider\/([\w._-]{1,128})$/;

/** @throws ValidationError, NoSuchEntity */
export function samlProviderFor({ state }: Iam, arn: string): SamlProvider {
  if (!pattern.test(arn)) throw invalid(`Invalid ARN: ${arn}`);
  const provider = state.samlProviders.get(arn);
  if (provider === undefined) throw noSuch(`Manifest not found for arn ${arn}`);
  return provider;
}

/** A hundred years on where the document does not say: IAM wants a date. */
const century = 100 * 365.25 * 86_400_000;

/** What the document tells of the provider; undefined where IAM would not take it. The rules load when first needed. */
export async function readDocument(
  text: string,
  now: number,
): Promise<{ readonly entityID: string; readonly validUntil: number } | undefined> {
  const { validate } = await import('../../../saml/validate.ts');
  const { accepts, entityID, metadata } = validate(text, { now });
  if (!accepts.iam || entityID === undefined) return undefined;
  const said = Date.parse(metadata?.root.attributes.find(({ local }) => local === 'validUntil')?.value ?? '');
  return { entityID, validUntil: Number.isNaN(said) ? Math.floor((now + century) / 1000) * 1000 : said };
}
