// What somebody chose as a target -> what it is called, and what its clients need. Reads the configuration's endpoint, nothing else.
import type { ClientConfig, Credentials, CredentialsProvider } from './clients.ts';
import { configuredEndpoint } from './configuredEndpoint.ts';

export type TargetChoice =
  | { readonly kind: 'sandbox'; readonly endpoint: string; readonly credentials: Credentials; readonly region: string }
  /** The default chain: environment, profile, SSO, process, container, instance. `endpoint_url` of the configuration holds. */
  | {
      readonly kind: 'aws';
      readonly profile?: string;
      /** Given credentials, by the name they are kept under. */
      readonly pasted?: string;
      readonly region?: string;
      readonly credentials?: Credentials | CredentialsProvider;
    }
  | {
      readonly kind: 'endpoint';
      readonly url: string;
      readonly profile?: string;
      readonly region?: string;
      readonly credentials?: Credentials;
    };

export type TargetConfig = ClientConfig & Required<Pick<ClientConfig, 'credentials'>>;

export async function configOf(
  choice: TargetChoice,
  chain: (profile: string | undefined) => CredentialsProvider,
): Promise<TargetConfig> {
  if (choice.kind === 'sandbox')
    return { endpoint: () => choice.endpoint, region: choice.region, credentials: choice.credentials };
  const { region, profile } = choice;
  const shared = { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) };
  if (choice.kind === 'aws') {
    const endpoint = await configuredEndpoint(profile, process.env);
    return { ...shared, endpoint, credentials: choice.credentials ?? chain(profile) };
  }
  const dummy = { accessKeyId: 'test', secretAccessKey: 'test' };
  const credentials =
    choice.credentials ?? (profile !== undefined || process.env['AWS_ACCESS_KEY_ID'] ? chain(profile) : dummy);
  return {
    ...shared,
    region: region ?? process.env['AWS_REGION'] ?? 'us-east-1',
    endpoint: () => choice.url,
    credentials,
  };
}

export function labelOf(choice: TargetChoice): string {
  if (choice.kind === 'sandbox') return 'Sandbox';
  if (choice.kind === 'endpoint') return choice.url;
  if (choice.pasted !== undefined) return `AWS (pasted ${choice.pasted})`;
  return choice.profile === undefined ? 'AWS' : `AWS (profile ${choice.profile})`;
}
