// XML as the query and REST-XML protocols answer with. Writers are compiled once a member: name, namespace and form are fixed then.
import type { Member, Shape, Structure } from './shape.ts';
import { timeFormat, writeTime } from './time.ts';
import { writeBase64 } from './json.ts';

/** Appends to the text given. */
type Write = (value: unknown) => string;

const bodies = new WeakMap<Shape, Write>();

/** What stands between the tags of a structure. */
export function writeXmlBody(structure: Structure, value: unknown, skip?: (member: Member) => boolean): string {
  if (skip) return structureWriter(structure.members.filter((member) => !skip(member)))(value);
  return bodyWriter(structure)(value);
}

export function writeXmlElement(
  name: string,
  namespace: string | undefined,
  structure: Structure,
  value: unknown,
  skip?: (member: Member) => boolean,
): string {
  const xmlns = namespace ?? structure.traits.xmlNamespace?.[1];
  const attributes = attributeText(structure.members, value);
  return `<${name}${xmlns ? ` xmlns="${xmlns}"` : ''}${attributes}>${writeXmlBody(structure, value, skip)}</${name}>`;
}

function bodyWriter(shape: Shape): Write {
  const cached = bodies.get(shape);
  if (cached) return cached;
  // Called through until it is made: a shape may contain itself.
  const holder: { made?: Write } = {};
  bodies.set(shape, (value) => holder.made?.(value) ?? '');
  holder.made =
    shape.kind === 'structure' ? structureWriter(shape.members) : (value) => escapeXml(scalarText(shape, {}, value));
  bodies.set(shape, holder.made);
  return holder.made;
}

function structureWriter(members: readonly Member[]): Write {
  const parts = members
    .filter((member) => member.traits.xmlAttribute === undefined)
    .map((member) => ({ name: member.name, write: memberWriter(member, member.own.xmlName ?? member.name) }));
  return (value) => {
    const fields = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const { name, write } of parts) {
      const given = fields[name];
      if (given !== undefined && given !== null) text += write(given);
    }
    return text;
  };
}

/** The element, or for a flattened list the elements, of one member. */
function memberWriter(member: Member, name: string): Write {
  // Compiled when first used: shapes may contain themselves.
  let made: Write | undefined;
  return (value) => (made ??= makeMemberWriter(member, name))(value);
}

function makeMemberWriter(member: Member, name: string): Write {
  const { shape, traits } = member;
  const open = `<${name}${namespaceText(traits.xmlNamespace)}`;
  const close = `</${name}>`;
  switch (shape.kind) {
    case 'structure': {
      const body = bodyWriter(shape);
      const hasAttributes = shape.members.some((inner) => inner.traits.xmlAttribute !== undefined);
      return (value) => `${open}${hasAttributes ? attributeText(shape.members, value) : ''}>${body(value)}${close}`;
    }
    case 'list': {
      if (traits.xmlFlattened !== undefined) return eachItem(memberWriter(shape.item, name));
      const items = eachItem(memberWriter(shape.item, shape.item.own.xmlName ?? 'member'));
      return (value) => `${open}>${items(value)}${close}`;
    }
    case 'map': {
      const entries = entryWriter(shape.key, shape.value, traits.xmlFlattened === undefined ? 'entry' : name);
      return traits.xmlFlattened === undefined ? (value) => `${open}>${entries(value)}${close}` : entries;
    }
    default:
      return (value) => `${open}>${escapeXml(scalarText(shape, traits, value))}${close}`;
  }
}

function eachItem(write: Write): Write {
  return (value) => {
    let text = '';
    for (const item of value as readonly unknown[]) if (item !== null && item !== undefined) text += write(item);
    return text;
  };
}

function entryWriter(key: Member, item: Member, name: string): Write {
  const keyName = key.own.xmlName ?? 'key';
  const write = memberWriter(item, item.own.xmlName ?? 'value');
  return (value) => {
    let text = '';
    for (const [entry, given] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (given !== null && given !== undefined) {
        text += `<${name}><${keyName}>${escapeXml(entry)}</${keyName}>${write(given)}</${name}>`;
      }
    }
    return text;
  };
}

function attributeText(members: readonly Member[], value: unknown): string {
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const member of members) {
    const given = member.traits.xmlAttribute === undefined ? undefined : fields[member.name];
    if (given !== undefined && given !== null) {
      const name = member.traits.xmlName ?? member.name;
      // Its prefix (S3's xsi:type) is said by the element's own namespace.
      text += ` ${name}="${escapeXml(scalarText(member.shape, member.traits, given))}"`;
    }
  }
  return text;
}

const namespaceText = (namespace: readonly [string | undefined, string] | undefined): string =>
  namespace ? ` xmlns${namespace[0] ? `:${namespace[0]}` : ''}="${namespace[1]}"` : '';

/** A scalar as text: XML elements, headers. */
export function scalarText(shape: Shape, traits: Member['traits'], value: unknown, header = false): string {
  if (shape.kind === 'timestamp')
    return writeTime(value, timeFormat(shape, traits, header ? 'http-date' : 'date-time'), shape.precise && !header);
  return shape.kind === 'blob' ? writeBase64(value) : String(value);
}

const special = /[&<>"'\r\u0085\u2028]/;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
};

export const escapeXml = (text: string): string =>
  special.test(text) ? text.replace(/[&<>"'\r\u0085\u2028]/g, (char) => entities[char] ?? char) : text;
