// multipart/form-data (RFC 7578) out of a whole body.
import { AwsError } from '../service.ts';

export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly value: Buffer;
}

const malformed = (): AwsError =>
  new AwsError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.', {
    status: 400,
  });

/** @throws MalformedPOSTRequest */
export function parseMultipart(body: Buffer, contentType: string): readonly Part[] {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined || boundary.length > 200) throw malformed();
  const mark = Buffer.from(`--${boundary}`);
  const next = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const from = at + (parts.length === 0 && at === body.indexOf(mark) ? mark.length : next.length);
    if (body.toString('latin1', from, from + 2) === '--') return parts;
    const headEnd = body.indexOf('\r\n\r\n', from);
    const end = headEnd < 0 ? -1 : body.indexOf(next, headEnd + 2);
    if (end < 0) throw malformed();
    parts.push(partOf(body.toString('utf8', from, headEnd), body.subarray(headEnd + 4, Math.max(headEnd + 4, end))));
    at = end;
  }
  throw malformed();
}

function partOf(head: string, value: Buffer): Part {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) throw malformed();
  const filename = parameter(disposition, 'filename');
  return { name, value, ...(filename !== undefined && { filename }) };
}

/** Browsers write quotation marks inside names as %22. */
function parameter(text: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`(?:^|[;\\s])${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(text) ?? [];
  return (quoted ?? bare)?.replaceAll('%22', '"');
}
