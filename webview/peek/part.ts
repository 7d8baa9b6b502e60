/** An element that a page is made of from the start. */
export function part(tag: 'main' | 'div' | 'aside', className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
