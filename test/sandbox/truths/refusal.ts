import { isObject } from './truth.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** An error as every AWS client must understand it, in whichever protocol it came; without a body the status is the code. */
export function readRefusal(status: number, headers: unknown, body: string): Refusal {
  const header = (name: string): string | undefined => {
    const value = isObject(headers) ? headers[name] : undefined;
    return typeof value === 'string' ? value.split(/[;:]/)[0] : undefined;
  };
  const fields = body.startsWith('<') ? xmlFields(body) : jsonFields(body);
  return {
    code: header('x-amzn-query-error') ?? header('x-amzn-errortype') ?? fields.code ?? String(status),
    message: fields.message ?? (body === '' && status === 404 ? 'Not Found' : ''),
    status,
  };
}

interface Fields {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

function xmlFields(body: string): Fields {
  return { code: element(body, 'Code'), message: element(body, 'Message') };
}

function element(body: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  return text?.replaceAll(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return entities[name] ?? whole;
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function jsonFields(body: string): Fields {
  const error = parse(body);
  if (!isObject(error)) return {};
  const pick = (...keys: string[]): string | undefined => keys.map((key) => error[key]).find(isText);
  return {
    code: pick('__type', 'code', 'Code')?.split('#').at(-1),
    message: pick('message', 'Message', 'errorMessage'),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
