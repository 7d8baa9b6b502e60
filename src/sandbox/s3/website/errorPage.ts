// The page AWS shows where a website has none of its own.
import { STATUS_CODES } from 'node:http';
import type { AwsError, WebAnswer, WebRequest } from '../../service.ts';

export function errorPage(error: AwsError, { requestId, method }: WebRequest, onTheWay?: AwsError): WebAnswer {
  const status = error.options.status ?? 400;
  const hostId = Buffer.from(requestId).toString('base64');
  const headers = {
    ...error.options.headers,
    'x-amz-request-id': requestId,
    'x-amz-id-2': hostId,
    'x-amz-error-code': error.code,
    'x-amz-error-message': error.message,
  };
  if (status === 304) return { status, headers, body: '' };
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  const ids = item('RequestId', requestId) + item('HostId', hostId);
  const more = onTheWay
    ? `<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n${facts(onTheWay)}</ul>\n`
    : '';
  const page = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<ul>\n${facts(error)}${ids}</ul>\n${more}<hr/>\n</body>\n</html>\n`;
  return {
    status,
    headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
    body: method === 'HEAD' ? '' : page,
  };
}

const facts = ({ code, message, options }: AwsError): string =>
  item('Code', code) +
  item('Message', message) +
  Object.entries(options.fields ?? {})
    .map(([name, value]) => item(name, String(value)))
    .join('');

const item = (name: string, value: string): string => `<li>${name}: ${escape(value)}</li>\n`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
