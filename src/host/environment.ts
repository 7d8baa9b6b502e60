import { delimiter } from 'node:path';
import type { SandboxConnection } from '../aws/sandboxProcess.ts';
import type { ShimFiles } from './terminalShim.ts';

type Facts = Pick<SandboxConnection, 'endpoint' | 'accessKeyId' | 'secretAccessKey' | 'region'>;

/** By which every AWS client finds the sandbox. Its keys open nothing but the sandbox on this machine. */
export function environmentOf({
  endpoint,
  accessKeyId,
  secretAccessKey,
  region,
}: Facts): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

/** What could lead a client past the sandbox, to an account of the user's. `null` takes a variable away. */
const astray =
  /^AWS_(PROFILE|DEFAULT_PROFILE|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_EXPIRATION|ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.+|ENDPOINT_URL_.+|IGNORE_CONFIGURED_ENDPOINT_URLS|USE_FIPS_ENDPOINT|USE_DUALSTACK_ENDPOINT|CA_BUNDLE)$/;

/** Of a terminal of its own: `aws` is the shim, and neither profiles nor proxies come between. */
export function terminalEnvironment(
  facts: Facts,
  { bin, config, credentials }: ShimFiles,
  around: NodeJS.ProcessEnv,
): Readonly<Record<string, string | null>> {
  const path = Object.keys(around).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const direct = [around['NO_PROXY'] ?? around['no_proxy'] ?? '', '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  const gone = Object.keys(around).filter((name) => astray.test(name));
  return {
    ...Object.fromEntries(gone.map((name) => [name, null])),
    ...environmentOf(facts),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_PROFILE: null,
    AWS_DEFAULT_PROFILE: null,
    AWS_SESSION_TOKEN: null,
    NO_PROXY: direct,
    no_proxy: direct,
    [path]: [bin, around[path] ?? ''].filter(Boolean).join(delimiter),
    // A shell's own start-up files may put other folders first. The editor's shell integration goes by this after them, if it is on.
    VSCODE_ENV_PREPEND: `PATH=${bin}${delimiter}`.replaceAll(':', String.raw`\x3a`),
  };
}

export function environmentLines(values: Readonly<Record<string, string>>, shell: 'sh' | 'powershell'): string {
  const line =
    shell === 'sh'
      ? ([name, value]: [string, string]) => `export ${name}='${value}'`
      : ([name, value]: [string, string]) => `$env:${name} = '${value}'`;
  return `${Object.entries(values).map(line).join('\n')}\n`;
}
