// The query protocols' requests: a form whose dotted names are a tree (`Attributes.entry.1.key`), read by the operation's shape.
import { Malformed, WrongType } from './parseError.ts';
import { readBase64 } from './json.ts';
import type { Member, Shape } from './shape.ts';
import { readTime } from './time.ts';

export interface FormNode {
  value?: string;
  children?: Map<string, FormNode>;
}

/** ec2: every list is flat, names begin with a capital. */
export type Flavour = 'query' | 'ec2';

export function parseForm(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    fields.set(name, equals < 0 ? '' : decode(part.slice(equals + 1)));
  }
  return fields;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw new Malformed('The query string contains a syntax error');
  }
}

export function treeOf(fields: ReadonlyMap<string, string>): FormNode {
  const root: FormNode = {};
  for (const [name, value] of fields) {
    let node = root;
    for (const part of name.includes('.') ? name.split('.') : [name]) {
      const children = (node.children ??= new Map<string, FormNode>());
      let child = children.get(part);
      if (!child) children.set(part, (child = {}));
      node = child;
    }
    node.value = value;
  }
  return root;
}

export function readForm(shape: Shape, node: FormNode, flavour: Flavour): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape.members, node, flavour);
    case 'unit':
      return {};
    case 'list':
      return readList(shape.item, shape.traits.xmlFlattened !== undefined || flavour === 'ec2', node, flavour);
    case 'map':
      return readMap(shape.key, shape.value, shape.traits.xmlFlattened !== undefined, node, flavour);
    default:
      return node.value === undefined ? undefined : readText(shape, node.value);
  }
}

function readStructure(members: readonly Member[], node: FormNode, flavour: Flavour): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const member of members) {
    const child = node.children?.get(formName(member, flavour));
    const value = child && readMember(member, child, flavour);
    if (value !== undefined) fields[member.name] = value;
  }
  return fields;
}

function formName(member: Member, flavour: Flavour): string {
  const { ec2QueryName, xmlName } = member.own;
  if (flavour === 'query') return xmlName ?? member.name;
  const name = ec2QueryName ?? xmlName ?? member.name;
  return ec2QueryName ? name : name.charAt(0).toUpperCase() + name.slice(1);
}

function readMember(member: Member, node: FormNode, flavour: Flavour): unknown {
  const { shape, traits } = member;
  const flat = traits.xmlFlattened !== undefined || flavour === 'ec2';
  if (shape.kind === 'list') return readList(shape.item, flat, node, flavour);
  if (shape.kind === 'map') return readMap(shape.key, shape.value, flat, node, flavour);
  return readForm(shape, node, flavour);
}

function readList(item: Member, flat: boolean, node: FormNode, flavour: Flavour): unknown[] {
  const holder = flat ? node : (node.children?.get(item.own.xmlName ?? 'member') ?? node);
  return numbered(holder).map((child) => readMember(item, child, flavour));
}

function readMap(key: Member, value: Member, flat: boolean, node: FormNode, flavour: Flavour): Record<string, unknown> {
  const holder = flat ? node : (node.children?.get('entry') ?? node);
  const entries = numbered(holder).map((entry): [string, unknown] => {
    const made = entry.children?.get(value.own.xmlName ?? 'value');
    return [
      entry.children?.get(key.own.xmlName ?? 'key')?.value ?? '',
      made ? readMember(value, made, flavour) : undefined,
    ];
  });
  return Object.fromEntries(entries);
}

/** Children named 1, 2, 3... in the order of their numbers; gaps are passed over, as AWS does. */
function numbered(node: FormNode): FormNode[] {
  if (!node.children) return [];
  return [...node.children]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

/** A scalar from text: query fields, headers, labels and XML all say it so. */
export function readText(shape: Shape, text: string): unknown {
  switch (shape.kind) {
    case 'number':
      if (text.trim() === '' || Number.isNaN(Number(text)))
        throw new WrongType(`STRING_VALUE can not be converted to an Integer`);
      return Number(text);
    case 'bigint':
      return BigInt(text);
    case 'boolean':
      if (text !== 'true' && text !== 'false' && text !== 'True' && text !== 'False') {
        throw new WrongType(`STRING_VALUE can not be converted to a Boolean`);
      }
      return text === 'true' || text === 'True';
    case 'timestamp':
      return readTime(text);
    case 'blob':
      return readBase64(text);
    default:
      return text;
  }
}
