/**
 * The editor makes links of `[text](address)` in its messages, commands too. What a message says may come from a lab or from an answer,
 * so none of it is a link.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}
