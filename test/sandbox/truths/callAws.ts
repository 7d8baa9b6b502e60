// Calls any operation of any service with the AWS SDK's own client, and reads refusals from the wire as they came.
// Never: retries, or checks of the client's own that could hide what the server said.
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { isObject } from './truth.ts';
import { readRefusal, type Refusal } from './refusal.ts';

export type Outcome = { readonly answer: unknown } | { readonly refusal: Refusal };

export interface AwsCaller {
  call(what: string, input: unknown, region: string): Promise<Outcome>;
  /** Why this service cannot be called from here, if so. */
  missing(service: string): Promise<string | undefined>;
  close(): void;
}

export interface CallerOptions {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface Client {
  send(command: Command): Promise<unknown>;
  destroy(): void;
}
interface Command {
  readonly input: unknown;
  readonly middlewareStack: { add(middleware: (next: Handler) => Handler, options: object): void };
}
type Handler = (args: object) => Promise<{ response: unknown }>;
type Module = Readonly<Record<string, unknown>>;

/** Packages whose name is not that of the service. */
const packages: Readonly<Record<string, string>> = {
  apigateway: 'api-gateway',
  'cognito-idp': 'cognito-identity-provider',
  events: 'eventbridge',
  logs: 'cloudwatch-logs',
  route53: 'route-53',
};

export function openCaller(options: CallerOptions): AwsCaller {
  const clients = new Map<string, Client>();

  async function clientFor(service: string, region: string): Promise<Client> {
    const key = `${service} ${region}`;
    const known = clients.get(key);
    if (known !== undefined) return known;
    const made = makeClient(await load(service), { ...options, region });
    clients.set(key, made);
    return made;
  }

  return {
    async call(what, input, region) {
      const [service = '', operation = ''] = what.split('.');
      const target = await clientFor(service, region);
      const command = new (constructor<Command>(await load(service), `${operation}Command`))(input);
      return send(target, command);
    },
    async missing(service) {
      return load(service).then(
        () => undefined,
        () => `no AWS client for ${service} is installed`,
      );
    },
    close: () => clients.forEach((each) => each.destroy()),
  };
}

function load(service: string): Promise<Module> {
  return import(/* @vite-ignore */ `@aws-sdk/client-${packages[service] ?? service}`);
}

function makeClient(module: Module, options: object): Client {
  const name = Object.keys(module).find((key) => /^[A-Z]\w*Client$/.test(key));
  return new (constructor<Client>(module, name ?? 'Client'))({
    ...options,
    maxAttempts: 1,
    forcePathStyle: true,
    md5: false, // SQS: the truths themselves judge the digests
  });
}

function constructor<T>(module: Module, name: string): new (input: unknown) => T {
  const found = module[name];
  if (typeof found !== 'function') throw new Error(`the SDK has no ${name}`);
  return found as new (input: unknown) => T;
}

async function send(client: Client, command: Command): Promise<Outcome> {
  let refusal: Refusal | undefined;
  /** Reads an error answer before the SDK does. */
  const listen = (next: Handler): Handler => {
    return async (args) => {
      const result = await next(args);
      const response = result.response;
      if (!isObject(response) || typeof response['statusCode'] !== 'number' || response['statusCode'] < 300)
        return result;
      const body = response['body'] instanceof Readable ? await textOf(response['body']) : '';
      response['body'] = Readable.from([Buffer.from(body)]);
      refusal = readRefusal(response['statusCode'], response['headers'], body);
      return result;
    };
  };
  command.middlewareStack.add(asGiven(command), { step: 'initialize', priority: 'low' });
  command.middlewareStack.add(listen, { step: 'deserialize', priority: 'low' });
  try {
    return { answer: await plain(await client.send(command)) };
  } catch (error) {
    if (refusal === undefined) throw error;
    return { refusal };
  }
}

/** The SDK puts a client's region into CreateBucket where nothing is said; the truths mean what they say. */
function asGiven(command: Command): (next: Handler) => Handler {
  const given = isObject(command.input) ? { ...command.input } : command.input;
  const creates = command.constructor.name === 'CreateBucketCommand';
  return (next) => (args) => next(creates ? { ...args, input: given } : args);
}

/** The answer as data that JMESPath can walk: bytes and streams as text, dates as ISO text, the status where botocore has it. */
async function plain(answer: unknown): Promise<unknown> {
  if (answer instanceof Readable) return textOf(answer);
  if (answer instanceof Uint8Array) return Buffer.from(answer).toString();
  if (answer instanceof Date) return answer.toISOString();
  if (Array.isArray(answer)) return Promise.all(answer.map(plain));
  if (!isObject(answer)) return answer;
  const members = Object.entries(answer).map(async ([key, value]): Promise<[string, unknown]> => {
    if (key !== '$metadata') return [key, await plain(value)];
    return ['ResponseMetadata', { HTTPStatusCode: isObject(value) ? value['httpStatusCode'] : undefined }];
  });
  return Object.fromEntries((await Promise.all(members)).filter(([, value]) => value !== undefined));
}
