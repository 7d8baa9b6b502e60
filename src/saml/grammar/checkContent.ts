// The elements inside an element, held to its content model. After the first that does not fit the rest is still looked at,
// but only one problem of order is told for each parent: the others follow from it.
import { elementsOf, type Element } from '../xml/document.ts';
import type { ContentModel, Position } from './contentModel.ts';
import { admits, nameOf, typeOfElement, type ComplexType } from './grammar.ts';
import type { SchemaProblem } from './schemaProblem.ts';

export interface ContentVisitor {
  tell(problem: SchemaProblem): void;
  known(child: Element, type: string): void;
  lax(child: Element): void;
}

export function checkContent(parent: Element, { model }: ComplexType, visitor: ContentVisitor): void {
  const children = elementsOf(parent);
  let at: number | undefined;
  let broken = false;
  for (const child of children) {
    const next = step(model, at, child);
    if (next !== undefined) {
      at = next;
      visit(child, model.positions[next], visitor, parent);
      continue;
    }
    if (!broken) visitor.tell(misplaced(parent, child, model, at));
    broken = true;
    const anywhere = model.positions.findIndex((position) => fits(position, child));
    if (anywhere >= 0) {
      at = anywhere;
      visit(child, model.positions[anywhere], visitor, parent);
    } else if (typeOfElement(nameOf(child)) !== undefined) visitor.lax(child);
  }
  if (!broken && !mayStop(model, at)) visitor.tell(unfinished(parent, model, at));
}

function visit(child: Element, position: Position | undefined, visitor: ContentVisitor, parent: Element): void {
  if (position?.kind === 'element') {
    visitor.known(child, position.type ?? typeOfElement(position.name) ?? 'xs:anyType');
  } else if (position?.process === 'strict' && typeOfElement(nameOf(child)) === undefined) {
    const message = `${child.name} is not known to any schema, and ${parent.name} takes only what is.`;
    visitor.tell({ kind: 'element', element: child, range: child.nameRange, expected: [], message });
  } else if (position?.process !== 'skip') visitor.lax(child);
}

function fits(position: Position, child: Element): boolean {
  return position.kind === 'element' ? position.name === nameOf(child) : admits(position, child.namespace);
}

const candidates = (model: ContentModel, at: number | undefined): readonly number[] =>
  at === undefined ? model.first : (model.follow[at] ?? []);

function step(model: ContentModel, at: number | undefined, child: Element): number | undefined {
  const fitting = candidates(model, at).filter((next) => {
    const position = model.positions[next];
    return position !== undefined && fits(position, child);
  });
  return fitting.find((next) => model.positions[next]?.kind === 'element') ?? fitting[0];
}

const mayStop = (model: ContentModel, at: number | undefined): boolean =>
  at === undefined ? model.nullable : model.last.has(at);

function expectedAt(model: ContentModel, at: number | undefined): string[] {
  const names = candidates(model, at).map((next) => {
    const position = model.positions[next];
    return position?.kind === 'element' ? position.name : 'an element of another namespace';
  });
  return [...new Set(names)];
}

function list(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 6).join(', ')} or ${names.length - 6} others`;
}

function misplaced(parent: Element, child: Element, model: ContentModel, at: number | undefined): SchemaProblem {
  const expected = expectedAt(model, at);
  const before = properPlace(parent, child, model);
  const known = model.positions.some((position) => fits(position, child));
  const stop = mayStop(model, at) ? ' or the end' : '';
  const instead = expected.length === 0 ? `the end of ${parent.name}` : `${list(expected)}${stop}`;
  const message = before
    ? `${child.name} must stand before ${before.name}.`
    : `${child.name} may not stand here in ${parent.name}; expected is ${instead}.`;
  return {
    kind: known ? 'order' : 'element',
    element: child,
    range: child.nameRange,
    expected,
    message,
    ...(before && { before }),
  };
}

/** Before which of its elder siblings the child would do no harm: there the whole row up to the child fits. */
function properPlace(parent: Element, child: Element, model: ContentModel): Element | undefined {
  const children = elementsOf(parent);
  const elder = children.slice(0, children.indexOf(child));
  if (elder.length > 300) return undefined;
  return elder.find((_, index) => {
    const row = [...elder.slice(0, index), child, ...elder.slice(index)];
    let at: number | undefined;
    return row.every((one) => {
      at = step(model, at, one);
      return at !== undefined;
    });
  });
}

function unfinished(parent: Element, model: ContentModel, at: number | undefined): SchemaProblem {
  const expected = expectedAt(model, at);
  const message = `${parent.name} is not complete; missing is ${list(expected)}.`;
  return { kind: 'missing-element', element: parent, range: parent.nameRange, expected, message };
}
