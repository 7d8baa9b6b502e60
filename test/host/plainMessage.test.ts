import { expect, it } from 'vitest';
import { plainMessage } from '../../src/host/plainMessage.ts';

/** The editor's own rule for links in its messages. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

it('leaves no link in a message', () => {
  const said = 'No lab [Press here](command:workbench.action.terminal.sendSequence?%5B%5D) is there.';
  expect(said).toMatch(link);
  expect(plainMessage(said)).not.toMatch(link);
});
