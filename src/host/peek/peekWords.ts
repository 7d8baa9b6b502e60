// What came of a look, in sentences. Pure.
import type { LookOutcome } from '../../peek/guardedLook.ts';
import type { QueueFacts } from '../../peek/queueFacts.ts';
import type { Notice } from '../../protocol/message.ts';

export const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`);

export function vanishedWords(gone: number, came: number): string {
  const parts = [
    ...(came > 0 ? [`${messages(came)} came`] : []),
    ...(gone > 0
      ? [`${messages(gone)} ${gone === 1 ? 'is' : 'are'} gone: received and deleted, moved, or expired`]
      : []),
  ];
  return parts.length === 0 ? 'Receives or states have changed.' : `${parts.join('; ')}.`;
}

/** `moved`: how many messages the dead-letter queue holds more than before. */
export function lookWords(
  { end, received, seen, near }: LookOutcome,
  moved: number,
  facts: QueueFacts | undefined,
): { readonly said: string; readonly notice?: Notice } {
  const said = `${messages(received)} received, ${seen} of them new; each has 1 receive more`;
  const { maxReceiveCount, name } = facts?.redrive ?? { maxReceiveCount: 0, name: '' };
  const went =
    moved > 0
      ? ` ${name} holds ${messages(moved)} more than before: received ${maxReceiveCount} times already, they went there.`
      : '';
  if (end === 'near' && near)
    return {
      said,
      notice: {
        severity: 'warning',
        what: `Stopped at a message that was received ${near.receives} of ${maxReceiveCount} times, and gave it back.${went}`,
        advice:
          'Another receive would bring it, or others like it, to the limit. Look into the dead-letter queue instead, or go on knowingly.',
        offers: [],
      },
    };
  if (went !== '') return { said, notice: { severity: 'info', what: went.trim(), offers: [] } };
  if (end === 'empty' && received === 0)
    return {
      said: facts?.fifo ? 'nothing to be had; groups with a message in flight give nothing' : 'nothing to be had',
    };
  return { said: end === 'enough' ? `${said}. There may be more` : said };
}
