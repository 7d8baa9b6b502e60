import type { SandboxConnection } from '../aws/sandboxProcess.ts';

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

export function environmentLines(values: Readonly<Record<string, string>>, shell: 'sh' | 'powershell'): string {
  const line =
    shell === 'sh'
      ? ([name, value]: [string, string]) => `export ${name}='${value}'`
      : ([name, value]: [string, string]) => `$env:${name} = '${value}'`;
  return `${Object.entries(values).map(line).join('\n')}\n`;
}
