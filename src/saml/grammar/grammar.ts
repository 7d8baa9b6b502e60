// All grammar tables as one: names -> what an element, a type, an attribute is. Compiled when first asked for.
import { namespaceOf, wellKnownName } from '../xml/namespaces.ts';
import { assertion } from './assertion.ts';
import { builtinProblem, isBuiltin, normalize } from './builtinTypes.ts';
import { compileContent, parseWildcard, type ContentModel, type Wildcard } from './contentModel.ts';
import {
  algorithmSupport,
  asynchronousLogout,
  attributeExtension,
  discovery,
  entityAttributes,
  holderOfKey,
  queryRequesters,
  registration,
  requestInitiation,
  saml1Metadata,
  shibboleth,
  userInterface,
  xmlAttributes,
} from './extensions.ts';
import type { ComplexTable, GrammarTable, SimpleTable } from './grammarTable.ts';
import { metadata } from './metadata.ts';
import { metadataExchange, wsAddressing, wsSecurity, wsUtility } from './wsAddressing.ts';
import { wsAuthorization, wsFederation } from './wsFederation.ts';
import { wsSecurityPolicy } from './wsSecurityPolicy.ts';
import { xmlDsig, xmlDsig11 } from './xmlDsig.ts';
import { xmlEnc, xmlEnc11 } from './xmlEnc.ts';

export interface AttributeRule {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

export interface ComplexType {
  readonly kind: 'complex';
  readonly name: string;
  readonly abstract: boolean;
  readonly mixed: boolean;
  /** The simple type of its text, where it has no elements. */
  readonly text: string | undefined;
  readonly model: ContentModel;
  readonly attributes: ReadonlyMap<string, AttributeRule>;
  readonly others: readonly Wildcard[];
  /** Itself first. */
  readonly lineage: readonly string[];
}

export interface SimpleType {
  readonly kind: 'simple';
  readonly name: string;
}

export type Type = ComplexType | SimpleType;

const tables: readonly GrammarTable[] = [
  metadata,
  assertion,
  xmlDsig,
  xmlDsig11,
  xmlEnc,
  xmlEnc11,
  userInterface,
  entityAttributes,
  registration,
  algorithmSupport,
  shibboleth,
  discovery,
  requestInitiation,
  holderOfKey,
  queryRequesters,
  saml1Metadata,
  attributeExtension,
  asynchronousLogout,
  xmlAttributes,
  wsFederation,
  wsAuthorization,
  wsAddressing,
  metadataExchange,
  wsSecurity,
  wsUtility,
  wsSecurityPolicy,
];

const byPrefix = new Map(tables.map((table) => [table.prefix, table]));
const elementTypes = new Map<string, string>(
  tables.flatMap(({ prefix, elements }) =>
    Object.entries(elements ?? {}).flatMap(([type, names]) =>
      names.split(' ').map((name): [string, string] => [`${prefix}:${name}`, type]),
    ),
  ),
);

/** The elements that may be nil: there is one. */
export const nillable: ReadonlySet<string> = new Set(['saml:AttributeValue']);

/** Whether there is a table for that namespace: what is not in it is then wrong, and not merely unknown. */
export const isKnownNamespace = (namespace: string): boolean =>
  namespace === namespaceOf('xs') || tables.some(({ prefix }) => namespaceOf(prefix) === namespace);

/** The type of an element that may stand anywhere, by its well-known name. */
export function typeOfElement(name: string): string | undefined {
  return elementTypes.get(name);
}

export function typeOfAttribute(name: string): string | undefined {
  const [prefix = '', local = ''] = name.split(':');
  const attributes = byPrefix.get(prefix)?.attributes ?? {};
  return Object.hasOwn(attributes, local) ? attributes[local] : undefined;
}

function simpleTable(name: string): SimpleTable | undefined {
  const [prefix = '', local = ''] = name.split(':');
  const simple = byPrefix.get(prefix)?.simple ?? {};
  return Object.hasOwn(simple, local) ? simple[local] : undefined;
}

function complexTable(name: string): ComplexTable | undefined {
  const [prefix = '', local = ''] = name.split(':');
  const types = byPrefix.get(prefix)?.types ?? {};
  return Object.hasOwn(types, local) ? types[local] : undefined;
}

const compiled = new Map<string, Type>();

/** undefined: no such type is known. `xs:anyType` is known and is undefined's opposite: see `anyType`. */
export function typeNamed(name: string): Type | undefined {
  const known = compiled.get(name);
  if (known) return known;
  const type = compileType(name);
  if (type) compiled.set(name, type);
  return type;
}

function compileType(name: string): Type | undefined {
  if (name.startsWith('xs:') ? isBuiltin(name.slice(3)) && name !== 'xs:anyType' : simpleTable(name) !== undefined)
    return { kind: 'simple', name };
  const table = complexTable(name);
  if (!table) return undefined;
  const home = name.split(':')[0] ?? '';
  const base = complexBase(table);
  const own = table.content === undefined ? [] : [{ text: table.content, home }];
  const { attributes, others } = attributesOf(table.attributes ?? '', home);
  return {
    kind: 'complex',
    name,
    abstract: table.abstract ?? false,
    mixed: table.mixed ?? (own.length === 0 && table.extends !== undefined && (base?.mixed ?? false)),
    text: table.text,
    model: compileContent([...(table.extends === undefined ? [] : contentsOf(table.extends)), ...own]),
    attributes: new Map([...(base?.attributes ?? []), ...attributes]),
    others: [...others, ...(table.extends === undefined ? [] : (base?.others ?? []))],
    lineage: [name, ...(base?.lineage ?? [])],
  };
}

function complexBase({ extends: base, restricts }: ComplexTable): ComplexType | undefined {
  const type = typeNamed(base ?? restricts ?? '');
  return type?.kind === 'complex' ? type : undefined;
}

/** What a type and those it extends say of content, the eldest first. */
function contentsOf(name: string): { text: string; home: string }[] {
  const table = complexTable(name);
  const home = name.split(':')[0] ?? '';
  if (!table) return [];
  return [
    ...(table.extends === undefined ? [] : contentsOf(table.extends)),
    ...(table.content === undefined ? [] : [{ text: `(${table.content})`, home }]),
  ];
}

function attributesOf(text: string, home: string): { attributes: [string, AttributeRule][]; others: Wildcard[] } {
  const attributes: [string, AttributeRule][] = [];
  const others: Wildcard[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const [left = '', type] = word.split('=');
    if (left === '*') others.push(parseWildcard(type ?? '#any', home));
    else if (left.startsWith('@')) {
      const [prefix = '', group = ''] = left.slice(1).split(':');
      const more = attributesOf(byPrefix.get(prefix)?.groups?.[group] ?? '', prefix);
      attributes.push(...more.attributes);
      others.push(...more.others);
    } else {
      const name = left.replace('!', '');
      const rule = { name, required: left.endsWith('!'), type: type ?? typeOfAttribute(name) ?? 'xs:anySimpleType' };
      attributes.push([name, rule]);
    }
  }
  return { attributes, others };
}

/** What a value of that simple type should be ("should be ..."), where it is not. */
export function simpleProblem(type: string | SimpleTable, value: string): string | undefined {
  if (typeof type === 'string') {
    if (type.startsWith('xs:')) return builtinProblem(type.slice(3), value);
    const table = simpleTable(type);
    return table && simpleProblem(table, value);
  }
  if ('list' in type) {
    const words = normalize(value, 'collapse').split(' ').filter(Boolean);
    return words.map((word) => simpleProblem(type.list, word)).find((problem) => problem !== undefined);
  }
  if ('union' in type) {
    const problems = type.union.map((one) => simpleProblem(one, value));
    return problems.includes(undefined) ? undefined : problems[0];
  }
  return simpleProblem(type.base, value) ?? facetProblem(type, value);
}

function facetProblem(table: Extract<SimpleTable, { base: string }>, value: string): string | undefined {
  const { values, maxLength, base, pattern, what } = table;
  const plain = base === 'xs:string' ? value : normalize(value, 'collapse');
  if (values && !values.includes(plain)) return values.length > 1 ? `one of ${values.join(', ')}` : `"${values[0]}"`;
  if (pattern && !pattern.test(plain)) return what ?? 'of another form';
  if (maxLength !== undefined && [...plain].length > maxLength) return `at most ${maxLength} characters long`;
  return undefined;
}

/** Whether a wildcard lets something of that namespace stand there. */
export function admits({ allow, home }: Wildcard, namespace: string): boolean {
  if (allow === '#any') return true;
  if (allow === '#other') return namespace !== '' && namespace !== namespaceOf(home);
  return allow.some((prefix) => (prefix === '#local' ? namespace === '' : namespace === uriOf(prefix)));
}

function uriOf(prefix: string): string {
  return prefix.includes(':') || prefix.startsWith('#') ? prefix : namespaceOf(prefix);
}

export const nameOf = (one: { namespace: string; local: string }): string => wellKnownName(one.namespace, one.local);
