// A document -> where it is not what the schemas of SAML metadata allow. The verdict is that of an XSD validator with the
// extended set of schemas; the messages say what was expected, and each has an exact range.
import { attributeOf, elementsOf, resolvePrefix, textOf, type Attribute, type Element } from '../xml/document.ts';
import { namespaces, wellKnownName } from '../xml/namespaces.ts';
import { checkContent } from './checkContent.ts';
import { builtinLineage } from './builtinLineage.ts';
import {
  admits,
  isKnownNamespace,
  nameOf,
  nillable,
  simpleProblem,
  typeNamed,
  typeOfAttribute,
  typeOfElement,
  type ComplexType,
  type Type,
} from './grammar.ts';
import type { SchemaProblem } from './schemaProblem.ts';

const blank = /^[ \t\r\n]*$/;

/** More are not told: a file with a thousand errors has one cause. */
const mostProblems = 200;

export function checkGrammar(root: Element): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const type = typeOfElement(nameOf(root));
  if (type === undefined) {
    problems.push({
      kind: 'root',
      element: root,
      range: root.nameRange,
      expected: ['md:EntityDescriptor', 'md:EntitiesDescriptor'],
      message: `The document begins with ${nameOf(root)}, which no schema of SAML metadata knows.`,
    });
    return problems;
  }
  new Checker(problems).element(root, type);
  return problems;
}

class Checker {
  readonly #problems: SchemaProblem[];
  readonly #ids = new Set<string>();

  constructor(problems: SchemaProblem[]) {
    this.#problems = problems;
  }

  element(element: Element, declared: string): void {
    if (this.#problems.length >= mostProblems) return;
    const name = this.#actualType(element, declared);
    if (name === undefined) return;
    const nil = this.#nil(element, declared);
    if (nil && element.children.some(({ kind }) => kind === 'element' || kind === 'text'))
      return this.#tell('nil', element, element.contentRange, [], `${element.name} is nil and must be empty.`);
    if (name === 'xs:anyType') return this.#anything(element);
    const type = typeNamed(name);
    if (!type) return this.#anything(element);
    if (type.kind === 'simple') this.#simpleElement(element, type.name, nil);
    else this.#complexElement(element, type, nil);
  }

  /** xsi:type may name a type derived from the declared one. undefined: a problem was told. */
  #actualType(element: Element, declared: string): string | undefined {
    const attribute = attributeOf(element, 'type', namespaces.xsi);
    if (attribute) {
      const named = this.#xsiType(element, attribute, declared);
      return named;
    }
    const type = declared === 'xs:anyType' ? undefined : typeNamed(declared);
    if (type?.kind === 'complex' && type.abstract) {
      this.#tell(
        'type',
        element,
        element.nameRange,
        [],
        `${element.name} needs an xsi:type that says which kind it is.`,
      );
      return undefined;
    }
    return declared;
  }

  #xsiType(element: Element, attribute: Attribute, declared: string): string | undefined {
    const [first = '', second] = attribute.value.trim().split(':');
    const namespace = resolvePrefix(element, second === undefined ? '' : first);
    const name = wellKnownName(namespace ?? '', second ?? first);
    const type = name === 'xs:anyType' ? undefined : typeNamed(name);
    const tell = (message: string) => {
      this.#tell('type', element, attribute.valueRange, [], message, attribute);
    };
    // Roles of other protocols are let pass: their schemas are theirs.
    if (namespace && declared === 'md:RoleDescriptorType' && !type && !isKnownNamespace(namespace)) return 'xs:anyType';
    if (namespace === undefined && second !== undefined)
      return void tell(`The type ${attribute.value} cannot be known: xmlns:${first} is missing.`);
    if (namespace === undefined || (!type && name !== 'xs:anyType'))
      return void tell(`The type ${attribute.value} is not known to any schema.`);
    if (type?.kind === 'complex' && type.abstract)
      return void tell(`The type ${attribute.value} is only a base of others.`);
    if (!derives(name, type, declared)) return void tell(`The type ${attribute.value} is no kind of ${declared}.`);
    return name;
  }

  #nil(element: Element, declared: string): boolean {
    const attribute = attributeOf(element, 'nil', namespaces.xsi);
    // What no schema knows is no business of theirs.
    if (!attribute || (declared === 'xs:anyType' && typeOfElement(nameOf(element)) === undefined)) return false;
    if (simpleProblem('xs:boolean', attribute.value) !== undefined || !nillable.has(nameOf(element)))
      this.#tell('nil', element, attribute, [], `${element.name} cannot be nil.`, attribute);
    return /^\s*(?:true|1)\s*$/.test(attribute.value);
  }

  #anything(element: Element): void {
    for (const attribute of plainAttributes(element)) this.#laxAttribute(element, attribute);
    for (const child of elementsOf(element)) this.lax(child);
  }

  /** Checked where it is known, let pass where it is not. */
  lax(element: Element): void {
    this.element(element, typeOfElement(nameOf(element)) ?? 'xs:anyType');
  }

  #simpleElement(element: Element, type: string, nil: boolean): void {
    for (const attribute of plainAttributes(element)) this.#unknownAttribute(element, attribute, []);
    this.#simpleContent(element, type, nil);
  }

  #simpleContent(element: Element, type: string, nil: boolean): void {
    const [child] = elementsOf(element);
    if (child)
      return this.#tell('element', child, child.nameRange, [], `${element.name} holds text only, not ${child.name}.`);
    if (nil) return;
    const value = textOf(element);
    const should = simpleProblem(type, value);
    if (should !== undefined)
      this.#tell('text', element, element.contentRange, [], `${element.name} should be ${should}.${shown(value)}`);
  }

  #complexElement(element: Element, type: ComplexType, nil: boolean): void {
    this.#attributes(element, type);
    if (type.text !== undefined) return this.#simpleContent(element, type.text, nil);
    if (!type.mixed) this.#noText(element, type);
    checkContent(element, type, {
      tell: (problem) => this.#problems.push(problem),
      known: (child, declared) => this.element(child, declared),
      lax: (child) => this.lax(child),
    });
  }

  #noText(element: Element, type: ComplexType): void {
    const empty = type.model.positions.length === 0;
    for (const child of element.children) {
      if (child.kind !== 'text' || (!empty && !child.cdata && blank.test(child.value))) continue;
      const message = empty
        ? `${element.name} must be empty.`
        : `${element.name} holds elements, and no text of its own.`;
      this.#tell('stray-text', element, child, [], message);
      return;
    }
  }

  #attributes(element: Element, type: ComplexType): void {
    const present = new Set(plainAttributes(element).map(nameOf));
    for (const attribute of plainAttributes(element)) {
      const rule = type.attributes.get(nameOf(attribute));
      if (rule) this.#attributeValue(element, attribute, rule.type);
      else this.#otherAttribute(element, attribute, type);
    }
    for (const { name, required } of type.attributes.values()) {
      if (!required || present.has(name)) continue;
      const message = `${element.name} needs the attribute ${name}.`;
      this.#problems.push({ kind: 'missing-attribute', element, range: element.nameRange, expected: [name], message });
    }
  }

  #otherAttribute(element: Element, attribute: Attribute, type: ComplexType): void {
    const wildcard = type.others.find((other) => admits(other, attribute.namespace));
    if (!wildcard) return this.#unknownAttribute(element, attribute, [...type.attributes.keys()]);
    if (wildcard.process === 'strict' && typeOfAttribute(nameOf(attribute)) === undefined)
      return this.#unknownAttribute(element, attribute, []);
    this.#laxAttribute(element, attribute, type);
  }

  #laxAttribute(element: Element, attribute: Attribute, owner?: ComplexType): void {
    const type = typeOfAttribute(nameOf(attribute));
    // Where the element has an ID of its own, validators do not look at a second one that a wildcard lets in.
    const second = type === 'xs:ID' && [...(owner?.attributes.values() ?? [])].some((rule) => rule.type === 'xs:ID');
    if (type !== undefined && !second) this.#attributeValue(element, attribute, type);
  }

  #attributeValue(element: Element, attribute: Attribute, type: string): void {
    const should = simpleProblem(type, attribute.value) ?? this.#takenId(type, attribute.value);
    if (should === undefined) return;
    const message = `${attribute.name} should be ${should}.${shown(attribute.value)}`;
    this.#tell('attribute-value', element, attribute.valueRange, [], message, attribute);
  }

  #takenId(type: string, value: string): string | undefined {
    if (type !== 'xs:ID') return undefined;
    const taken = this.#ids.has(value.trim());
    this.#ids.add(value.trim());
    return taken ? 'unlike every other ID' : undefined;
  }

  #unknownAttribute(element: Element, attribute: Attribute, expected: readonly string[]): void {
    const message = `${element.name} has no attribute ${attribute.name}.`;
    this.#tell('unknown-attribute', element, attribute.nameRange, expected, message, attribute);
  }

  #tell(
    kind: SchemaProblem['kind'],
    element: Element,
    { start, end }: SchemaProblem['range'],
    expected: readonly string[],
    message: string,
    attribute?: Attribute,
  ): void {
    this.#problems.push({ kind, element, range: { start, end }, expected, message, ...(attribute && { attribute }) });
  }
}

/** Without namespace declarations and xsi: they are no attributes to a schema. */
function plainAttributes(element: Element): Attribute[] {
  return element.attributes.filter(
    ({ namespace, local }) =>
      namespace !== namespaces.xmlns &&
      !(namespace === namespaces.xsi && ['type', 'nil', 'schemaLocation', 'noNamespaceSchemaLocation'].includes(local)),
  );
}

function derives(name: string, type: Type | undefined, declared: string): boolean {
  if (declared === 'xs:anyType' || declared === name) return true;
  if (type?.kind === 'complex') return type.lineage.includes(declared) || type.text === declared;
  return builtinLineage(name).includes(declared);
}

/** Short values only: a sentence is no place for a certificate. */
function shown(value: string): string {
  const text = value.trim();
  return text === '' ? ' It is empty.' : text.length > 60 ? '' : ` It is "${text}".`;
}
