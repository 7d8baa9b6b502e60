// A request as the line one would type for the AWS CLI. In: operation and input. Out: text for a POSIX shell, safely quoted.
import { splitOperation, type OperationName, type ServiceName } from '../aws/operations.ts';

/** A parameter that the CLI reads from a file. */
export class FileName {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** What the CLI streams is given by the file's bare name. */
const streamed = ['s3.PutObject.Body', 's3.UploadPart.Body'];

export interface CliPlace {
  readonly region: string;
  readonly endpoint?: string | undefined;
  readonly profile?: string | undefined;
}

/** Where the CLI calls a service otherwise. */
const cliServices: Partial<Record<ServiceName, string>> = { s3: 's3api' };

/** The CLI's own option where it differs from the parameter's name: `--endpoint` would be taken for `--endpoint-url`. */
const renamed: Readonly<Record<string, string>> = { 'sns.Subscribe.Endpoint': 'notification-endpoint' };

export function cliLine(operation: OperationName, input: unknown, { region, endpoint, profile }: CliPlace): string {
  const { service, command } = splitOperation(operation);
  const members = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const where = [
    ...(endpoint === undefined ? [] : ['--endpoint-url', quote(endpoint)]),
    ...(profile === undefined ? [] : ['--profile', quote(profile)]),
    '--region',
    quote(region),
  ];
  const options = members.flatMap(([name, value]) =>
    value === undefined
      ? []
      : option(renamed[`${operation}.${name}`] ?? kebab(name), byName(`${operation}.${name}`, value)),
  );
  return ['aws', cliServices[service] ?? service, kebab(command), ...options, ...where].join(' ');
}

function byName(parameter: string, value: unknown): unknown {
  if (!(value instanceof FileName)) return /^(sqs|sns)\..*\.Attributes$/.test(parameter) ? allText(value) : value;
  return streamed.includes(parameter) ? value.path : `file://${value.path}`;
}

/** Attributes of queues and topics are text, numbers and policies too. A lab may write them as what they mean. */
function allText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, typeof each === 'string' ? each : JSON.stringify(each)]),
  );
}

function option(name: string, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  if (isWords(value)) return [`--${name}`, ...value];
  return [`--${name}`, quote(argument(value))];
}

/** Lists of plain words are typed as words: `--attribute-names All`. */
function isWords(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => /^[A-Za-z0-9][A-Za-z0-9_.]*$/.test(String(each)) && typeof each === 'string')
  );
}

function argument(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner,
  );
}

/** As the CLI itself does: `QueueUrl` -> `queue-url`, `MD5OfBody` -> `md5-of-body`, `AWSAccountIds` -> `aws-account-ids`, `LogoutURLs` -> `logout-urls`. */
export function kebab(name: string): string {
  return name
    .replace(/[A-Z]{2,}s$/, (acronyms) => `-${acronyms.toLowerCase()}`)
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

function quote(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
