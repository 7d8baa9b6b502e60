import { plainMessage } from './plainMessage.ts';
import { atMost, plainLine } from './shownText.ts';

/** A name that others chose, as menus and the status bar may show it: one line, no icons, no links, nothing that turns the text round. */
export function shownName(name: string, most = 60): string {
  return atMost(plainMessage(plainLine(name).replaceAll('$(', '$ (')), most) || '(no name)';
}
