import { svg, html, type TemplateResult } from 'lit';

// Drawn here, 16 by 16, in the text's own colour: an icon font would need a font source in the page's policy.
const shapes = {
  run: svg`<path d="M4.500 2.800v10.400L13 8z" />`,
  runTo: svg`<path d="M3.500 2.500v8L9.700 6.500zM2.500 13.500h11" />`,
  check: svg`<path d="M2.500 8.500l3.700 3.700 7.300-8" />`,
  hint: svg`<path d="M5.800 10.200a4 4 0 1 1 4.400 0v1.600H5.800zM6.500 14h3" />`,
  undo: svg`<path d="M3 3v4h4M3.400 6.800A5.200 5.200 0 1 1 4 11.600" />`,
  stop: svg`<path d="M4 4h8v8H4z" />`,
  copy: svg`<path d="M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8z" />`,
  trash: svg`<path d="M2.500 4h11M6 4V2.500h4V4M4 4l.700 9.500h6.600L12 4M6.700 6.500v4.500M9.300 6.500v4.500" />`,
  close: svg`<path d="M4 4l8 8M12 4l-8 8" />`,
  chevron: svg`<path d="M6 3.500L10.500 8 6 12.500" />`,
  waiting: svg`<circle cx="8" cy="8" r="5.500" />`,
  done: svg`<circle cx="8" cy="8" r="5.500" /><path d="M5.300 8.200l2 2 3.500-4" />`,
  failed: svg`<circle cx="8" cy="8" r="5.500" /><path d="M6 6l4 4M10 6l-4 4" />`,
  asking: svg`<circle cx="8" cy="8" r="5.500" /><path d="M6.300 6.600a1.700 1.700 0 1 1 2.500 1.500c-.6.3-.8.6-.8 1.200M8 11.200v.1" />`,
  running: svg`<path d="M13.500 8A5.500 5.500 0 1 1 8 2.500" />`,
  warning: svg`<path d="M8 2.500l6 11H2zM8 6.500v3.500M8 11.800v.1" />`,
  info: svg`<circle cx="8" cy="8" r="5.500" /><path d="M8 7.300v3.500M8 5.100v.1" />`,
  mail: svg`<path d="M2 4h12v8.500H2zM2 4.300l6 4.700 6-4.700" />`,
  external: svg`<path d="M9 2.500h4.500V7M13.500 2.500L7.500 8.500M11.500 9.500v4h-9v-9h4" />`,
  refresh: svg`<path d="M13 3v4H9M12.600 6.800A5.200 5.200 0 1 0 12 11.600" />`,
  clock: svg`<circle cx="8" cy="8" r="5.500" /><path d="M8 4.800V8l2.300 1.600" />`,
} satisfies Record<string, TemplateResult<2>>;

export type IconName = keyof typeof shapes;

/** Decoration only: what it means is always said in words beside it, seen or read out. */
export function icon(name: IconName, slot?: 'start') {
  return slot === undefined
    ? html`<svg class="icon icon-${name}" viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`
    : html`<svg class="icon icon-${name}" viewBox="0 0 16 16" aria-hidden="true" slot=${slot}>${shapes[name]}</svg>`;
}
