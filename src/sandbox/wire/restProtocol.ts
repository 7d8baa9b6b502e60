// REST-JSON and REST-XML: input and output are spread over path, query, headers and body as the operation's bindings say.
import { Readable } from 'node:stream';
import type { Answered, AwsError } from '../service.ts';
import { isChunked, readWhole, RequestBody } from './body.ts';
import type { ServiceDescription } from './description.ts';
import { decodeWords, encodeWord } from './encodedWords.ts';
import { header, type WireAnswer, type WireRequest } from './exchange.ts';
import type { Dialect } from './fault.ts';
import { readText } from './form.ts';
import { jsonReader, writeBase64, writeJson } from './json.ts';
import { parseJson } from './jsonProtocol.ts';
import type { Model, Operation } from './model.ts';
import { knownError, type Protocol } from './protocol.ts';
import { labelsOf } from './restRoutes.ts';
import type { Member, Shape, Structure } from './shape.ts';
import { escapeXml, scalarText, writeXmlElement } from './xml.ts';
import { readXml } from './xmlRead.ts';

type Fields = Record<string, unknown>;

export function createRestProtocol(description: ServiceDescription, model: () => Model): Protocol {
  const dialect = description.protocol === 'restXml' ? 'restXml' : 'restJson';
  return {
    dialect,
    read: (operation, request) => readInput(model(), operation, request, dialect),
    write: (_model, operation, output, requestId) => writeOutput(description, operation, output, requestId, dialect),
    refuse: dialect === 'restXml' ? refuseXml : refuseJson,
  };
}

const isBound = ({ traits }: Member): boolean =>
  traits.httpLabel !== undefined ||
  traits.httpHeader !== undefined ||
  traits.httpQuery !== undefined ||
  traits.httpQueryParams !== undefined ||
  traits.httpPrefixHeaders !== undefined ||
  traits.httpResponseCode !== undefined;

async function readInput(model: Model, operation: Operation, request: WireRequest, dialect: Dialect): Promise<Fields> {
  const { input: shape } = operation;
  if (shape.kind !== 'structure') return {};
  const labels = labelsOf(model, operation, request);
  const query = new URLSearchParams(request.query);
  const bound: Fields = {};
  for (const member of shape.members) {
    const value = isBound(member) ? readBound(member, shape, labels, query, request) : undefined;
    if (value !== undefined) bound[member.name] = value;
  }
  return { ...(await readContent(shape, request, dialect)), ...bound };
}

function readBound(
  member: Member,
  { members }: Structure,
  labels: ReadonlyMap<string, string>,
  query: URLSearchParams,
  request: WireRequest,
): unknown {
  const { traits, shape, name } = member;
  if (traits.httpLabel !== undefined) {
    const label = labels.get(name);
    return label === undefined ? undefined : readText(shape, label);
  }
  if (traits.httpQuery !== undefined) return readQuery(shape, query.getAll(traits.httpQuery));
  if (traits.httpHeader !== undefined) return readHeader(member, traits.httpHeader.toLowerCase(), request);
  if (traits.httpPrefixHeaders !== undefined) return readPrefixed(traits.httpPrefixHeaders.toLowerCase(), request);
  if (traits.httpQueryParams !== undefined) return readOtherQuery(shape, members, query);
  return undefined;
}

function readQuery(shape: Shape, values: readonly string[]): unknown {
  if (shape.kind === 'list')
    return values.length === 0 ? undefined : values.map((value) => readText(shape.item.shape, value));
  // `?part-number-marker=` says nothing.
  if (values[0] === undefined || (values[0] === '' && shape.kind === 'number')) return undefined;
  return readText(shape, values[0]);
}

function readOtherQuery(shape: Shape, members: readonly Member[], query: URLSearchParams): Fields {
  const named = new Set(members.flatMap(({ traits }) => traits.httpQuery ?? []));
  const names = [...new Set(query.keys())].filter((name) => !named.has(name));
  const many = shape.kind === 'map' && shape.value.shape.kind === 'list';
  return Object.fromEntries(names.map((name) => [name, many ? query.getAll(name) : query.get(name)]));
}

function readHeader({ shape, traits }: Member, name: string, request: WireRequest): unknown {
  const text = plainHeader(name, request);
  if (text === undefined) return undefined;
  if (shape.kind === 'list') {
    // Dates of HTTP have a comma themselves.
    const isDates = shape.item.shape.kind === 'timestamp' && /^[A-Z][a-z]{2},/.test(text);
    const items = isDates ? text.match(/[^,]+,[^,]+/g) : text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g);
    return (items ?? []).map((item) => readText(shape.item.shape, item.trim().replace(/^"(.*)"$/, '$1')));
  }
  if (shape.kind === 'string' && traits.mediaType) return Buffer.from(text, 'base64').toString('utf8');
  return readText(shape, text);
}

/** Node reads headers as Latin-1; clients that send more send UTF-8. */
function textHeader(name: string, request: WireRequest): string | undefined {
  const text = header(request, name);
  return text === undefined || /^[\t\u0020-\u007e]*$/.test(text) ? text : Buffer.from(text, 'latin1').toString('utf8');
}

/** What AWS's chunks wrapped is not told of: the object has the length and encoding that it had before. */
function plainHeader(name: string, request: WireRequest): string | undefined {
  const text = textHeader(name, request);
  if (!isChunked(request)) return text;
  if (name === 'content-length') return header(request, 'x-amz-decoded-content-length');
  if (name !== 'content-encoding') return text;
  return (
    text
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== 'aws-chunked' && part !== '')
      .join(',') || undefined
  );
}

function readPrefixed(prefix: string, request: WireRequest): Fields {
  const names = Object.keys(request.headers).filter((name) => name.startsWith(prefix));
  return Object.fromEntries(
    names.map((name) => [name.slice(prefix.length), decodeWords(textHeader(name, request) ?? '')]),
  );
}

async function readContent(shape: Structure, request: WireRequest, dialect: Dialect): Promise<Fields> {
  const payload = shape.members.find(({ traits }) => traits.httpPayload !== undefined);
  if (payload && isStream(payload)) return { [payload.name]: new RequestBody(request, dialect) };
  const body = await readWhole(request, dialect);
  if (body.length === 0) return {};
  if (payload) return { [payload.name]: readPayload(payload.shape, body, dialect) };
  if (shape.members.every(isBound)) return {};
  return readDocument(shape, body, dialect) as Fields;
}

const isStream = ({ shape, traits }: Member): boolean =>
  shape.kind === 'blob' && (shape.streaming === true || traits.streaming !== undefined);

function readPayload(shape: Shape, body: Buffer, dialect: Dialect): unknown {
  if (shape.kind === 'blob') return body;
  return shape.kind === 'string' ? body.toString('utf8') : readDocument(shape, body, dialect);
}

const readDocument = (shape: Shape, body: Buffer, dialect: Dialect): unknown =>
  dialect === 'restXml' ? readXml(shape, body.toString('utf8')) : jsonReader(shape, 'jsonName')(parseJson(body));

function writeOutput(
  description: ServiceDescription,
  operation: Operation,
  output: unknown,
  requestId: string,
  dialect: Dialect,
): WireAnswer {
  const { output: shape } = operation;
  const fields = (output ?? {}) as Readonly<Fields>;
  const { httpStatusCode, httpHeaders } = saidBeside(fields);
  const headers = { ...idHeaders(requestId, dialect), ...httpHeaders };
  let status = httpStatusCode ?? operation.traits.http?.[2] ?? 200;
  if (shape.kind !== 'structure') return { status, headers, body: '' };
  for (const member of shape.members) {
    const value = fields[member.name];
    if (value === undefined || value === null) continue;
    if (member.traits.httpResponseCode !== undefined) status = Number(value);
    else writeHeaders(member, value, headers);
  }
  return { status, headers, body: writeContent(description, shape, fields, headers, dialect) };
}

/** What the model does not say: status of parts of objects and of answers without content, headers of its own. */
function saidBeside({ $metadata: said }: Readonly<Fields>): NonNullable<Answered['$metadata']> {
  // Handlers are typed: this is theirs or nothing.
  return (said as Answered['$metadata']) ?? {};
}

const idHeaders = (requestId: string, dialect: Dialect): Record<string, string> =>
  dialect === 'restXml'
    ? { 'x-amz-request-id': requestId, 'x-amz-id-2': Buffer.from(requestId).toString('base64') }
    : { 'x-amzn-RequestId': requestId };

function writeHeaders({ shape, traits }: Member, value: unknown, headers: Record<string, string>): void {
  if (traits.httpPrefixHeaders !== undefined) {
    for (const [name, text] of Object.entries(value as object))
      headers[`${traits.httpPrefixHeaders}${name}`] = safe(encodeWord(String(text)));
  }
  if (traits.httpHeader === undefined) return;
  const text =
    shape.kind === 'list'
      ? (value as readonly unknown[]).map((item) => listItem(shape.item, item)).join(', ')
      : shape.kind === 'string' && traits.mediaType
        ? writeBase64(value)
        : scalarText(shape, traits, value, true);
  headers[traits.httpHeader] = safe(text);
}

const listItem = ({ shape, traits }: Member, value: unknown): string => {
  const text = scalarText(shape, traits, value, true);
  return shape.kind === 'string' && /[",]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
};

/** Headers are bytes without control characters; text beyond ASCII goes as its UTF-8 bytes, as S3 does. */
const safe = (text: string): string =>
  /^[\t\u0020-\u007e]*$/.test(text)
    ? text
    : Buffer.from(text.replaceAll(/[^\t\u0020-\u007e\u0080-\uffff]/g, ' '), 'utf8').toString('latin1');

function writeContent(
  description: ServiceDescription,
  shape: Structure,
  fields: Readonly<Fields>,
  headers: Record<string, string>,
  dialect: Dialect,
): WireAnswer['body'] {
  const payload = shape.members.find(({ traits }) => traits.httpPayload !== undefined);
  const type = (name: string): void => void (headers['Content-Type'] ??= name);
  if (payload) {
    const value = fields[payload.name];
    if (value === undefined || value === null) return '';
    if (payload.shape.kind === 'structure') {
      type(contentTypeOf(dialect));
      const name = payload.traits.xmlName ?? payload.shape.name;
      return writeDocument(description, payload.shape, value, dialect, name);
    }
    type(payload.shape.kind === 'string' ? 'text/plain' : 'application/octet-stream');
    return value instanceof Readable || value instanceof Uint8Array ? value : String(value);
  }
  if (shape.members.every(isBound)) return '';
  type(contentTypeOf(dialect));
  return writeDocument(description, shape, fields, dialect, shape.traits.xmlName ?? shape.name);
}

const contentTypeOf = (dialect: Dialect): string => (dialect === 'restXml' ? 'application/xml' : 'application/json');

function writeDocument(
  { xmlNamespace }: ServiceDescription,
  shape: Structure,
  value: unknown,
  dialect: Dialect,
  name: string,
): string {
  if (dialect === 'restJson') return writeJson(shape, unbound(shape, value), 'jsonName');
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const [only] = shape.members;
  // S3's GetBucketLocation: its one member is the document itself.
  if (only && shape.members.length === 1 && shape.traits.xmlName === only.name && only.shape.kind === 'string') {
    const text = (value as Readonly<Fields>)[only.name];
    return `${head}<${name} xmlns="${xmlNamespace ?? ''}">${text === undefined ? '' : escapeXml(String(text))}</${name}>`;
  }
  return head + writeXmlElement(name, xmlNamespace, shape, value, isBound);
}

/** Members that are said in headers are not said again. */
function unbound({ members }: Structure, value: unknown): unknown {
  const bound = members.filter(isBound);
  if (bound.length === 0) return value;
  const left = { ...(value as Fields) };
  for (const { name } of bound) delete left[name];
  return left;
}

function refuseJson(model: Model | undefined, error: AwsError, requestId: string): WireAnswer {
  const { shape, name, status, fault } = knownError(model, error);
  const message = shape?.members.find((member) => member.name.toLowerCase() === 'message')?.name ?? 'message';
  return {
    status,
    headers: {
      ...error.options.headers,
      ...idHeaders(requestId, 'restJson'),
      'x-amzn-ErrorType': name,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      Type: fault === 'client' ? 'User' : 'Service',
      ...error.options.fields,
      [message]: error.message,
    }),
  };
}

function refuseXml(model: Model | undefined, error: AwsError, requestId: string): WireAnswer {
  const { name, status } = knownError(model, error);
  const headers = { ...error.options.headers, ...idHeaders(requestId, 'restXml') };
  if (status === 304) return { status, headers, body: '' };
  const fields = Object.entries(error.options.fields ?? {}).map(
    ([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`,
  );
  const ids = `<RequestId>${requestId}</RequestId><HostId>${headers['x-amz-id-2']}</HostId>`;
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(name)}</Code><Message>${escapeXml(error.message)}</Message>${fields.join('')}${ids}</Error>`,
  };
}
