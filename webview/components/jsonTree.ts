import { html, type TemplateResult } from 'lit';
import type { Json } from '../../src/protocol/message.ts';

/** Remembers which branches are open; `id` is stable across views. */
export interface Folds {
  isOpen(id: string, otherwise: boolean): boolean;
  setOpen(id: string, open: boolean): void;
}

const isBranch = (value: Json): value is readonly Json[] | { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null;

/** A JSON value as nested disclosures: arrows, Enter and Tab work as everywhere in the page. */
export function jsonTree(value: Json, id: string, folds: Folds): TemplateResult {
  return isBranch(value)
    ? html`<ul class="json">
        ${children(value, id, folds, 0)}
      </ul>`
    : html`<div class="json">${leaf(value)}</div>`;
}

function children(value: Json, id: string, folds: Folds, depth: number): TemplateResult[] {
  if (!isBranch(value)) return [];
  const entries = Object.entries(value);
  if (entries.length === 0)
    return [html`<li class="json-empty">${Array.isArray(value) ? 'empty list' : 'nothing'}</li>`];
  return entries.map(([key, each]) => html`<li>${entry(key, each, `${id}/${key}`, folds, depth)}</li>`);
}

function entry(key: string, value: Json, id: string, folds: Folds, depth: number): TemplateResult {
  const inner = typeof value === 'string' ? jsonInside(value) : value;
  if (!isBranch(inner)) return html`<span class="json-key">${key}</span>: ${leaf(inner)}`;
  return html`<details ?open=${folds.isOpen(id, depth < 2)} @toggle=${(event: Event) => toggled(event, id, folds)}>
    <summary>
      <span class="json-key">${key}</span>
      <span class="json-size">${sizeOf(inner)}${typeof value === 'string' ? ', JSON in a string' : ''}</span>
    </summary>
    <ul class="json">
      ${children(inner, id, folds, depth + 1)}
    </ul>
  </details>`;
}

function leaf(value: Json): TemplateResult {
  const kind = value === null ? 'null' : typeof value;
  return html`<span class="json-${kind}">${typeof value === 'string' ? `"${value}"` : String(value)}</span>`;
}

function sizeOf(value: Json): string {
  const count = isBranch(value) ? Object.keys(value).length : 0;
  return Array.isArray(value)
    ? `${count} ${count === 1 ? 'item' : 'items'}`
    : `${count} ${count === 1 ? 'field' : 'fields'}`;
}

/** AWS puts policies, envelopes and events into strings; a learner wants to see inside. */
export function jsonInside(text: string): Json {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch {
    return text;
  }
}

/** Own toggles only: the event does not bubble, but a nested one is dispatched on its own element. */
export function toggled(event: Event, id: string, folds: Folds): void {
  if (event.currentTarget instanceof HTMLDetailsElement) folds.setOpen(id, event.currentTarget.open);
}
