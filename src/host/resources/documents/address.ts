// Where a document is: `aws-labs:/<kind>/<account>/<region>/<name>/policy.json` and `.../attributes.json`;
// objects at `aws-labs:/object/<account>/<region>/<bucket>/<key>`. A path in, what it means out, and back; nothing is looked up.

export const documentScheme = 'aws-labs';

export type SettledKind = 'topic' | 'queue' | 'bucket' | 'stream';

interface Place {
  readonly account: string;
  readonly region: string;
  /** Of the topic, queue, bucket or stream. */
  readonly name: string;
}

export interface PolicyAddress extends Place {
  readonly which: 'policy';
  readonly kind: Exclude<SettledKind, 'stream'>;
}

export interface AttributesAddress extends Place {
  readonly which: 'attributes';
  readonly kind: SettledKind;
}

export interface ObjectAddress extends Place {
  readonly which: 'object';
  readonly key: string;
}

export type Address = PolicyAddress | AttributesAddress | ObjectAddress;

const settled: readonly string[] = ['topic', 'queue', 'bucket', 'stream'] satisfies readonly SettledKind[];
const isSettled = (kind: string): kind is SettledKind => settled.includes(kind);

/** A path of which no part is empty, `.` or `..`, whatever the key: nothing in it is folded away. */
export function pathOf(address: Address): string {
  const { account, region, name } = address;
  if (address.which === 'object')
    return ['', 'object', account, region, name, ...address.key.split('/').map(encodePart)].join('/');
  return ['', address.kind, account, region, name, `${address.which}.json`].join('/');
}

/** Undefined for a path that is none of ours; folders above documents are none either. */
export function readAddress(path: string): Address | undefined {
  const [empty, kind = '', account = '', region = '', name = '', ...rest] = path.split('/');
  if (empty !== '' || !/^\d{12}$/.test(account) || !/^[a-z0-9-]+$/.test(region) || name === '') return undefined;
  const place = { account, region, name };
  if (kind === 'object') {
    if (rest.length === 0 || rest.includes('')) return undefined;
    return { which: 'object', ...place, key: rest.map(decodePart).join('/') };
  }
  if (!isSettled(kind) || rest.length !== 1) return undefined;
  if (rest[0] === 'attributes.json') return { which: 'attributes', kind, ...place };
  return rest[0] === 'policy.json' && kind !== 'stream' ? { which: 'policy', kind, ...place } : undefined;
}

/** What would be lost in a path, and the sign that it is written with. The part between two slashes is written as one itself. */
function encodePart(part: string): string {
  if (part === '') return '%2F';
  if (part === '.' || part === '..') return part.replaceAll('.', '%2E');
  // oxlint-disable-next-line no-control-regex -- just these
  return part.replaceAll(/[\u0000-\u001f\u007f%\\]/g, (sign) => encodeURIComponent(sign));
}

function decodePart(part: string): string {
  if (part === '%2F') return '';
  return part.replaceAll(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}
