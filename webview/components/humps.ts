import { html, type TemplateResult } from 'lit';

/** A name such as ApproximateFirstReceiveTimestamp, that breaks between its words where there is no room for it. */
export const humps = (name: string): TemplateResult[] =>
  name.split(/(?<=[a-z])(?=[A-Z])/).map((word, place) => (place === 0 ? html`${word}` : html`<wbr />${word}`));
