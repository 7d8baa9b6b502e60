// What a look costs the messages it meets, said before it is made. SQS has no peek: every look is a receive, and receives are counted.
// In: what is known of the queue and of what was seen. Out: sentences, and whether we refuse by default. Pure.
import type { QueueFacts } from './queueFacts.ts';

/** `free`: nothing counts receives. `priced`: it costs a receive each. `refused`: only with an agreement of its own. */
export type PriceLevel = 'free' | 'priced' | 'refused';

export interface Price {
  readonly level: PriceLevel;
  /** Each one a fact that whoever looks has to know. */
  readonly says: readonly string[];
  /** Why it is refused by default. */
  readonly refusal?: string;
  /** Where the dead letters are, to be looked at instead. */
  readonly instead?: string;
}

/** That somebody read a price and wants the look all the same. No message is received without one. */
export interface Consent {
  readonly price: Price;
  /** `risk`: they agreed to what is refused by default. */
  readonly to: 'price' | 'risk';
}

/** Receives that are left after one more, where we stop: the next failure of a consumer, or the next look, would be the last. */
const tooNear = 1;

/** Whether a message that has been received so often is within one receive of the limit. */
export function isNear(receives: number, maxReceiveCount: number | undefined): boolean {
  return maxReceiveCount !== undefined && maxReceiveCount - receives <= tooNear;
}

/**
 * What one look costs. `known`: the highest receive count seen so far, 0 where nothing was seen.
 */
export function priceOf({ redrive, fifo, name }: Pick<QueueFacts, 'redrive' | 'fifo' | 'name'>, known: number): Price {
  const says: string[] = [];
  if (redrive === undefined)
    says.push('A look adds 1 receive to each message it meets. This queue counts them, and does nothing about it.');
  else {
    const { maxReceiveCount: most, name: dlq } = redrive;
    says.push(`A look adds 1 receive to each message it meets; this queue dead-letters after ${receives(most)}.`);
    says.push(
      most === 1
        ? `A message that was received before goes to ${dlq} by the look itself; each that is seen goes there at its next receive.`
        : `A message that was received ${times(most)} already goes to ${dlq} by the look itself, one that was received ${times(most - 1)} at the next receive. SQS does not tell which those are beforehand.`,
    );
  }
  says.push('What is seen is hidden from consumers for up to 30 seconds, and then given back.');
  if (fifo)
    says.push('A look blocks its groups while it lasts: consumers get nothing of a group of which a message is held.');
  if (redrive === undefined) return { level: 'free', says };
  const refusal = refusalOf(name, redrive.maxReceiveCount, known);
  return refusal === undefined ? { level: 'priced', says } : { level: 'refused', says, refusal, instead: redrive.name };
}

const receives = (count: number): string => (count === 1 ? '1 receive' : `${count} receives`);
const times = (count: number): string => (count === 1 ? '1 time' : `${count} times`);

function refusalOf(name: string, most: number, known: number): string | undefined {
  if (!isNear(known + 1, most)) return undefined;
  if (known === 0)
    return `${name} dead-letters after ${receives(most)}: one look ${most === 1 ? 'uses that up' : 'leaves one receive'}. So it is not looked into by default.`;
  return `A message in ${name} was received ${times(known)} of ${most}: another look brings it ${known + 1 >= most ? 'to' : 'within one of'} the limit. So it is not looked into again by default.`;
}
