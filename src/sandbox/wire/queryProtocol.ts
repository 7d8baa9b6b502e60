// AWS query and EC2 query: the operation and its input are a form, in the body or in the URL; the output is XML.
import type { AwsError } from '../service.ts';
import type { ServiceDescription } from './description.ts';
import { header, type WireAnswer, type WireRequest } from './exchange.ts';
import { unknownOperation } from './fault.ts';
import { parseForm, readForm, treeOf } from './form.ts';
import type { Model, Operation } from './model.ts';
import { knownError, type Protocol } from './protocol.ts';
import { escapeXml, writeXmlBody } from './xml.ts';

/** The fields of URL and body together; parsed once a request. */
export function formOf(request: WireRequest): Map<string, string> {
  if (request.form) return request.form;
  const isForm = header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  const body = isForm ? request.body.toString('utf8') : '';
  return (request.form = parseForm(request.query === '' ? body : `${request.query}&${body}`));
}

export function createQueryProtocol(description: ServiceDescription, endpoint: () => string): Protocol {
  const read = (operation: Operation, request: WireRequest): Record<string, unknown> => {
    const input = readForm(operation.input, treeOf(formOf(request)), 'query') as Record<string, unknown>;
    const { urlMember } = description;
    if (urlMember && request.path.length > 1) {
      if (!takes(operation, urlMember)) throw unknownOperation(description, 'query', operation.name);
      input[urlMember] ??= endpoint() + request.path;
    }
    for (const name of description.emptyIfMissing ?? []) if (takes(operation, name)) input[name] ??= [];
    return input;
  };
  return { dialect: 'query', read, write, refuse };
}

const takes = ({ input }: Operation, name: string): boolean =>
  input.kind === 'structure' && input.members.some((member) => member.name === name);

const headersOf = (requestId: string): Record<string, string> => ({
  'x-amzn-RequestId': requestId,
  'Content-Type': 'text/xml',
});

function write(model: Model, operation: Operation, output: unknown, requestId: string): WireAnswer {
  const { name, output: shape } = operation;
  const result =
    shape.kind === 'structure' ? `<${name}Result>${writeXmlBody(shape, output ?? {})}</${name}Result>` : '';
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const xmlns = model.description.xmlNamespace ?? '';
  return {
    status: 200,
    headers: headersOf(requestId),
    body: `<?xml version="1.0"?><${name}Response xmlns="${xmlns}">${result}${metadata}</${name}Response>`,
  };
}

function refuse(model: Model | undefined, error: AwsError, requestId: string): WireAnswer {
  const { shape, queryCode, fault, queryStatus } = knownError(model, error);
  const fields =
    shape && error.options.fields ? writeXmlBody(shape, { ...error.options.fields, message: undefined }) : '';
  const { xmlNamespace: xmlns, alsoQuery, queryMessages } = model?.description ?? {};
  const message = queryMessages?.[error.code] ?? error.message;
  const detail =
    `<Error><Type>${fault === 'client' ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(queryCode)}</Code>` +
    `<Message>${escapeXml(message)}</Message>${fields}${alsoQuery ? '<Detail/>' : ''}</Error>`;
  return {
    status: queryStatus,
    headers: { ...error.options.headers, ...headersOf(requestId) },
    body: `<?xml version="1.0"?><ErrorResponse${xmlns ? ` xmlns="${xmlns}"` : ''}>${detail}<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

export const ec2Protocol: Protocol = {
  dialect: 'ec2',
  read: (operation, request) => readForm(operation.input, treeOf(formOf(request)), 'ec2') as Record<string, unknown>,
  write: (model, operation, output, requestId) => {
    const { name, output: shape } = operation;
    // Operations without output still say that they succeeded.
    const body = shape.kind === 'structure' ? writeXmlBody(shape, output ?? {}) : '<return>true</return>';
    const xmlns = model.description.xmlNamespace ?? '';
    return {
      status: 200,
      headers: ec2Headers(requestId),
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<${name}Response xmlns="${xmlns}"><requestId>${requestId}</requestId>${body}</${name}Response>`,
    };
  },
  refuse: (model, error, requestId) => {
    const { queryCode, queryStatus } = knownError(model, error);
    const detail = `<Error><Code>${escapeXml(queryCode)}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
    return {
      status: queryStatus,
      headers: { ...error.options.headers, ...ec2Headers(requestId) },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors>${detail}</Errors><RequestID>${requestId}</RequestID></Response>`,
    };
  },
};

const ec2Headers = (requestId: string): Record<string, string> => ({
  'x-amzn-RequestId': requestId,
  'Content-Type': 'text/xml;charset=UTF-8',
});
