// AWS JSON 1.0 and 1.1: the operation is named by X-Amz-Target, input and output are JSON objects.
import type { AwsError } from '../service.ts';
import type { ServiceDescription } from './description.ts';
import type { WireAnswer, WireRequest } from './exchange.ts';
import { jsonReader, writeJson } from './json.ts';
import type { Model, Operation } from './model.ts';
import { Malformed } from './parseError.ts';
import { knownError, type Protocol } from './protocol.ts';

/** Query codes of what is refused before a service sees it, for clients that came from the query protocol. */
const queryCodes: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  ExpiredTokenException: 'ExpiredToken',
  UnknownOperationException: 'InvalidAction',
};

export function createJsonProtocol(description: ServiceDescription): Protocol {
  const contentType = `application/x-amz-json-${description.jsonVersion ?? '1.0'}`;
  return {
    dialect: 'json',
    read: readJsonInput,
    write: (_model, operation, output, requestId) => ({
      status: 200,
      headers: { 'x-amzn-RequestId': requestId, 'Content-Type': contentType },
      body: output === undefined || operation.output.kind === 'unit' ? emptyBody(operation) : text(operation, output),
    }),
    refuse: (model, error, requestId) => refuse(model, error, requestId, contentType, description),
  };
}

const text = (operation: Operation, output: unknown): string => writeJson(operation.output, output, 'plain');
const emptyBody = (operation: Operation): string => (operation.output.kind === 'unit' ? '' : '{}');

function readJsonInput(operation: Operation, request: WireRequest): Record<string, unknown> {
  if (request.body.length === 0) return {};
  const read = jsonReader(operation.input, 'plain')(parseJson(request.body));
  return read as Record<string, unknown>;
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Malformed('The request body is not JSON');
  }
}

function refuse(
  model: Model | undefined,
  error: AwsError,
  requestId: string,
  contentType: string,
  { alsoQuery, jsonTypes }: ServiceDescription,
): WireAnswer {
  const { shape, name, queryCode, fault, status } = knownError(model, error);
  const type = shape ? `${shape.namespace}#${name}` : `com.amazon.coral.service#${jsonTypes?.[name] ?? name}`;
  const fields =
    shape && error.options.fields
      ? (JSON.parse(writeJson(shape, error.options.fields, 'plain')) as object)
      : error.options.fields;
  const said = queryCodes[queryCode] ?? queryCode;
  return {
    status,
    headers: {
      ...error.options.headers,
      'x-amzn-RequestId': requestId,
      'Content-Type': contentType,
      ...(alsoQuery && { 'x-amzn-query-error': `${said};${fault === 'client' ? 'Sender' : 'Receiver'}` }),
    },
    body: JSON.stringify({ __type: type, ...fields, message: error.message }),
  };
}
