// The grammar of `aws-labs saml`. In: words. Out: what is meant, or a sentence.
import { parseArgs } from 'node:util';
import type { Profile } from '../saml/finding.ts';
import { UsageError } from './options.ts';

export const samlUsage = `Usage: aws-labs saml [options] <file or folder...>

Judges SAML metadata: schema, signature, certificates, endpoints, and whether IAM and Cognito would take it.
A file with a samlp:Response (XML, or the base64 of SAMLResponse) is checked against the metadata or certificate given.
Nothing is fetched, and nothing leaves this machine.

  --profile P          whom it is for: iam, cognito, sp, or any (default)
  --metadata FILE      the identity provider's metadata, to check messages against
  --certificate FILE   or its certificate (PEM or base64)
  --audience URI       the audience a message must name; --recipient URL where it must have been sent
  --pin THUMBPRINT     a certificate (SHA-1 or SHA-256) that may sign metadata; as often as needed
  --compare            two metadata files: what is new in the second
  --json               one JSON array on stdout
  --sarif              SARIF 2.1.0 on stdout, for code scanning

Exit codes: 0 no errors; 1 errors found; 2 a file could not be read, or wrong usage.`;

export interface SamlOptions {
  readonly files: readonly string[];
  readonly profile: Profile;
  readonly metadata: string | undefined;
  readonly certificate: string | undefined;
  readonly audience: string | undefined;
  readonly recipient: string | undefined;
  readonly pinned: readonly string[];
  readonly form: 'json' | 'sarif' | 'text';
  readonly compare: boolean;
  readonly help: boolean;
}

const grammar = {
  profile: { type: 'string', default: 'any' },
  metadata: { type: 'string' },
  certificate: { type: 'string' },
  audience: { type: 'string' },
  recipient: { type: 'string' },
  pin: { type: 'string', multiple: true, default: [] as string[] },
  compare: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  sarif: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const profiles: readonly Profile[] = ['any', 'iam', 'cognito', 'sp'];

export function parseSamlOptions(args: readonly string[]): SamlOptions {
  const { values, positionals } = parseWords(args);
  const profile = profiles.find((one) => one === values.profile);
  if (!profile) throw new UsageError(`--profile is any, iam, cognito or sp, not ${values.profile}.`);
  if (values.json && values.sarif) throw new UsageError('Say --json or --sarif, not both.');
  if (values.compare && positionals.length !== 2)
    throw new UsageError('--compare takes two metadata files: the old one and the new one.');
  if (positionals.length === 0 && !values.help)
    throw new UsageError('Say which file to look at; saml --help tells more.');
  return {
    files: positionals,
    profile,
    metadata: values.metadata,
    certificate: values.certificate,
    audience: values.audience,
    recipient: values.recipient,
    pinned: values.pin,
    form: values.json ? 'json' : values.sarif ? 'sarif' : 'text',
    compare: values.compare,
    help: values.help,
  };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: grammar, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} (saml --help tells more.)`);
  }
}
