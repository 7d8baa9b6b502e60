/** One polite region a page: what is said is read out once, and replaces what was said before. */
export function liveRegion(document: Document): (text: string) => void {
  const region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  document.body.append(region);
  return (text) => {
    region.textContent = '';
    // A reader ignores a text that is the same as before; an empty moment makes it a new one.
    setTimeout(() => (region.textContent = text), 50);
  };
}
