// SDK clients, each loaded when the first call needs it.
// In: where and as whom. Out: something that sends a command by name. Never: retries, which target.ts does, knowing what a call does.
import type { EndpointOf } from './configuredEndpoint.ts';
import type { ServiceName } from './operations.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Of the SDK's kind: it may be told which client asks. */
export type CredentialsProvider = (options?: object) => Promise<Credentials>;

export interface ClientConfig {
  readonly region?: string;
  readonly endpoint?: EndpointOf;
  readonly profile?: string;
  readonly credentials?: Credentials | CredentialsProvider;
}

/** What every SDK client module has, as far as we use it. */
export interface SdkModule {
  readonly commands: ReadonlyMap<string, new (input: object) => object>;
  readonly schemas: ReadonlyMap<string, unknown>;
  create(config: object): SdkClient;
}

export interface SdkClient {
  send(command: object, options?: { abortSignal?: AbortSignal }): Promise<object>;
  destroy(): void;
  readonly config: { region(): Promise<string>; credentials(): Promise<Credentials> };
}

const modules: Readonly<Record<ServiceName, () => Promise<SdkModule>>> = {
  'cognito-idp': async () =>
    fromModule(await import('@aws-sdk/client-cognito-identity-provider'), 'CognitoIdentityProviderClient'),
  ec2: async () => fromModule(await import('@aws-sdk/client-ec2'), 'EC2Client'),
  iam: async () => fromModule(await import('@aws-sdk/client-iam'), 'IAMClient'),
  kinesis: async () => fromModule(await import('@aws-sdk/client-kinesis'), 'KinesisClient'),
  s3: async () => fromModule(await import('@aws-sdk/client-s3'), 'S3Client'),
  sns: async () => fromModule(await import('@aws-sdk/client-sns'), 'SNSClient'),
  sqs: async () => fromModule(await import('@aws-sdk/client-sqs'), 'SQSClient'),
  sts: async () => fromModule(await import('@aws-sdk/client-sts'), 'STSClient'),
};

/**
 * What single services need besides. Buckets are global: the client follows one to its region; an endpoint may not know host names.
 * A queue's URL, which may come from anywhere, tells which queue is meant and not where to send signed requests.
 */
function extras(service: ServiceName, endpoint: string | undefined): object {
  if (service === 's3') return { followRegionRedirects: true, forcePathStyle: endpoint !== undefined };
  return service === 'sqs' ? { useQueueUrlAsEndpoint: false } : {};
}

export function loadModule(service: ServiceName): Promise<SdkModule> {
  return modules[service]();
}

type Constructor<T> = new (input: object) => T;

/** The checked border: the SDK's modules are taken by name, and whatever is not there fails here. */
function fromModule(module: object, client: string): SdkModule {
  const members: [string, unknown][] = Object.entries(module);
  const commands = new Map<string, Constructor<object>>();
  const schemas = new Map<string, unknown>();
  for (const [name, member] of members) {
    if (name.endsWith('Command') && isConstructor<object>(member))
      commands.set(name.slice(0, -'Command'.length), member);
    else if (name.endsWith('$')) schemas.set(name.slice(0, -1), member);
  }
  const Client = members.find(([name]) => name === client)?.[1];
  if (!isConstructor<SdkClient>(Client)) throw new Error(`${client} is missing from its package.`);
  return { commands, schemas, create: (config) => new Client(config) };
}

function isConstructor<T>(value: unknown): value is Constructor<T> {
  return typeof value === 'function';
}

/** One client a service, made on first use; `forget` ends them. */
export class Clients {
  readonly #config: ClientConfig;
  readonly #made = new Map<ServiceName, Promise<{ client: SdkClient; module: SdkModule }>>();

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  get(service: ServiceName): Promise<{ client: SdkClient; module: SdkModule }> {
    const made = this.#made.get(service) ?? this.#make(service);
    this.#made.set(service, made);
    return made;
  }

  async #make(service: ServiceName): Promise<{ client: SdkClient; module: SdkModule }> {
    const module = await loadModule(service);
    const requestHandler = { connectionTimeout: 5000, requestTimeout: 70_000, throwOnRequestTimeout: true };
    const { endpoint: endpointOf, ...config } = this.#config;
    const endpoint = endpointOf?.(service);
    const client = module.create({
      ...config,
      ...extras(service, endpoint),
      ...(endpoint !== undefined && { endpoint }),
      maxAttempts: 1,
      requestHandler,
    });
    return { module, client };
  }

  forget(): void {
    for (const made of this.#made.values()) {
      void made.then(
        ({ client }) => client.destroy(),
        () => undefined,
      );
    }
    this.#made.clear();
  }
}
