// Web pages of other origins at a bucket: what its rules allow, and to preflight requests AWS's own refusals.
import type { Greeting, WebAnswer, WebRequest } from '../../service.ts';
import type { S3 } from '../s3.ts';
import { corsHeaders } from './corsAnswer.ts';

export function welcomePage({ buckets }: S3, request: WebRequest): Greeting | undefined {
  if (request.bucket === undefined) return undefined;
  const bucket = buckets.get(request.bucket);
  const rules = bucket?.settings.cors;
  const { method } = request;
  const origin = request.header('origin');
  if (method === 'OPTIONS') return { kind: 'answer', answer: preflight(request, origin, bucket !== undefined, rules) };
  // Pictures and scripts of other pages: their bytes are shown, not told, and only where anybody may read them.
  if (origin === undefined) return bucket && /^(GET|HEAD)$/.test(method) ? { kind: 'headers', headers: {} } : undefined;
  // A request that says itself what it asks for is judged by that, as recorded from AWS.
  const headers = corsHeaders(rules, {
    origin,
    method: askedMethod(request) ?? method,
    headers: askedHeaders(request),
  });
  if (headers) return { kind: 'headers', headers };
  const allowed = corsHeaders(rules, { origin, method, headers: [] }) !== undefined;
  return allowed ? { kind: 'headers', headers: {} } : undefined;
}

const askedMethod = (request: WebRequest) => request.header('access-control-request-method');

const askedHeaders = (request: WebRequest): string[] =>
  (request.header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

function preflight(
  request: WebRequest,
  origin: string | undefined,
  exists: boolean,
  rules: Parameters<typeof corsHeaders>[0],
): WebAnswer {
  if (origin === undefined)
    return refused(request, 400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  const resource = request.path === '/' ? 'BUCKET' : 'OBJECT';
  const method = askedMethod(request);
  if (!exists || !rules) {
    const why = exists ? 'CORS is not enabled for this bucket.' : 'Bucket not found';
    return forbidden(request, why, exists ? (method ?? 'OPTIONS') : 'OPTIONS', 'BUCKET');
  }
  if (method === undefined) {
    return refused(request, 400, 'BadRequest', 'Invalid Access-Control-Request-Method: null');
  }
  const headers = corsHeaders(rules, { origin, method, headers: askedHeaders(request) });
  if (headers) return { status: 200, headers: { ...headers, ...ids(request) }, body: '' };
  const why =
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
  return forbidden(request, why, method, resource);
}

const forbidden = (request: WebRequest, why: string, method: string, resource: string): WebAnswer =>
  refused(
    request,
    403,
    'AccessForbidden',
    `CORSResponse: ${why}`,
    `<Method>${method}</Method><ResourceType>${resource}</ResourceType>`,
  );

function refused(request: WebRequest, status: number, code: string, message: string, more = ''): WebAnswer {
  const headers = ids(request);
  const known = `<RequestId>${request.requestId}</RequestId><HostId>${headers['x-amz-id-2']}</HostId>`;
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more.replace(/[^\w<>/]/g, '')}${known}</Error>`,
  };
}

const ids = ({ requestId }: WebRequest) => ({
  'x-amz-request-id': requestId,
  'x-amz-id-2': Buffer.from(requestId).toString('base64'),
});
