// XML that clients send (REST-XML bodies): a tree of elements, then the operation's shape of it. No document types, no entities but XML's own.
import { readText } from './form.ts';
import { Malformed } from './parseError.ts';
import type { Member, Shape } from './shape.ts';

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

export function readXml(shape: Shape, text: string): unknown {
  return readElement(shape, parseXml(text));
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gy;

function parseXml(text: string): Element {
  const root = element('');
  const open = [root];
  let end = 0;
  for (const match of text.matchAll(token)) {
    const [all, cdata, closed, opened, attributes = '', empty] = match;
    const parent = open.at(-1);
    if (!parent) throw new Malformed('XML ends too early');
    end = match.index + all.length;
    if (opened !== undefined) {
      const made = element(localName(opened), attributes);
      parent.children.push(made);
      if (empty !== '/') open.push(made);
    } else if (closed !== undefined) {
      if (open.pop()?.name !== localName(closed) || open.length === 0)
        throw new Malformed(`</${closed}> closes nothing`);
    } else if (cdata !== undefined) parent.text += cdata;
    else if (!all.startsWith('<')) parent.text += unescape(all);
  }
  const [first, ...others] = root.children;
  if (end !== text.length || open.length !== 1 || !first || others.length > 0 || root.text.trim() !== '') {
    throw new Malformed('The body is not XML');
  }
  return first;
}

function element(name: string, attributes = ''): Element {
  const pairs = [...attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return {
    name,
    attributes: new Map(
      pairs.map(([, key = '', double, single]) => [localName(key), unescape(double ?? single ?? '')]),
    ),
    children: [],
    text: '',
  };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));?/g, (all, hex?: string, decimal?: string, name?: string) => {
        const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
        const char = name ? named[name] : code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
        if (char === undefined) throw new Malformed(`${all} is no XML entity`);
        return char;
      })
    : text;

function readElement(shape: Shape, node: Element): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape.members, node);
    case 'list':
      return children(node, shape.item.own.xmlName ?? 'member').map((child) => readElement(shape.item.shape, child));
    case 'map':
      return readEntries(shape.key, shape.value, children(node, 'entry'));
    case 'unit':
      return {};
    default:
      return readText(shape, shape.kind === 'string' ? node.text : node.text.trim());
  }
}

function readStructure(members: readonly Member[], node: Element): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const member of members) {
    const value = readMember(member, node);
    if (value !== undefined) fields[member.name] = value;
  }
  return fields;
}

function readMember(member: Member, node: Element): unknown {
  const name = member.own.xmlName ?? member.name;
  const { shape, traits } = member;
  if (traits.xmlAttribute !== undefined) {
    const attribute = node.attributes.get(localName(name));
    return attribute === undefined ? undefined : readText(shape, attribute);
  }
  const found = children(node, name);
  const [first] = found;
  if (!first) return undefined;
  if (traits.xmlFlattened !== undefined && shape.kind === 'list') {
    return found.map((child) => readElement(shape.item.shape, child));
  }
  if (traits.xmlFlattened !== undefined && shape.kind === 'map') return readEntries(shape.key, shape.value, found);
  return readElement(shape, first);
}

function readEntries(key: Member, value: Member, entries: readonly Element[]): Record<string, unknown> {
  const pairs = entries.map((entry): [string, unknown] => {
    const [name] = children(entry, key.own.xmlName ?? 'key');
    const [item] = children(entry, value.own.xmlName ?? 'value');
    return [name?.text ?? '', item && readElement(value.shape, item)];
  });
  return Object.fromEntries(pairs);
}

const children = (node: Element, name: string): Element[] => node.children.filter((child) => child.name === name);
