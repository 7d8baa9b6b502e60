// The store of messages against a plain list of the same: whatever is done to both in whatever order, they agree.
import { describe, expect, test } from 'vitest';
import { newMessage } from '../../../src/sandbox/sqs/message.ts';
import type { Message } from '../../../src/sandbox/sqs/message.ts';
import { Messages } from '../../../src/sandbox/sqs/messages.ts';

/** The same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const retention = 1000;

const blank = {
  body: 'x',
  attributes: undefined,
  traceHeader: undefined,
  senderId: 's',
  deduplicationId: undefined,
  sequenceNumber: undefined,
  source: undefined,
  receives: 0,
  firstReceivedAt: 0,
};

function create(order: number, now: number, groupId: string | undefined, delay: number): Message {
  const message = newMessage({ ...blank, id: `m${order}`, groupId, order, sentAt: now });
  return delay > 0 ? Object.assign(message, { state: 'delayed', due: now + delay }) : message;
}

/** Numbers of what a receive of up to ten would give, from the plain list. */
function expected(list: readonly Message[], fifo: boolean): Set<number> {
  if (!fifo) return new Set(list.filter(({ state }) => state === 'visible').map(({ order }) => order));
  const open = new Map<string, boolean>();
  const free = new Set<number>();
  for (const { order, groupId = '', state } of list) {
    const goesOn = (open.get(groupId) ?? true) && state === 'visible';
    open.set(groupId, goesOn);
    if (goesOn) free.add(order);
  }
  return free;
}

function agree(messages: Messages, list: readonly Message[], now: number): boolean {
  const counts = { visible: 0, inflight: 0, delayed: 0 };
  for (const { state } of list) counts[state]++;
  const { visible, inflight, delayed } = messages.counts();
  return (
    messages.size === list.length &&
    visible === counts.visible &&
    inflight === counts.inflight &&
    delayed === counts.delayed &&
    list.every(({ order }) => messages.find(order) !== undefined) &&
    list.every(({ state, due }) => state === 'visible' || due > now - 30)
  );
}

describe.each([false, true])('fifo %s', (fifo) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i', (seed) => {
    const random = numbers(seed);
    const messages = new Messages(fifo);
    let list: Message[] = [];
    let now = 0;
    let order = 0;
    for (let step = 0; step < 2000; step++) {
      const any = list[random(list.length)];
      switch (random(8)) {
        case 0:
        case 1:
        case 2: {
          const message = create(++order, now, fifo ? `g${random(5)}` : undefined, random(3) === 0 ? random(50) : 0);
          messages.add(message);
          list.push(message);
          break;
        }
        case 3: {
          const most = 1 + random(10);
          const taken: Message[] = [];
          const free = expected(list, fifo);
          for (const message of messages.visible()) {
            if (!free.has(message.order)) throw new Error(`Message ${message.order} was given out at step ${step}.`);
            messages.hide(message, now + random(60) + 1);
            taken.push(message);
            if (taken.length === most) break;
          }
          expect(taken.length).toBe(Math.min(most, free.size));
          if (!fifo) expect(taken.map((each) => each.order)).toEqual([...free].slice(0, most));
          break;
        }
        case 4:
          if (any?.state === 'inflight') messages.reveal(any);
          break;
        case 5:
          if (any && any.state !== 'delayed') messages.hide(any, now + random(100) + 1);
          break;
        case 6:
          if (any) {
            messages.remove(any);
            list = list.filter((each) => each !== any);
          }
          break;
        default:
          now += random(30);
          messages.settle(now, retention);
          list = list.filter(({ sentAt }) => sentAt > now - retention);
      }
      if (!agree(messages, list, now)) throw new Error(`They disagree after step ${step}.`);
    }
    now += retention;
    messages.settle(now, retention);
    expect(messages.counts()).toEqual({ visible: 0, inflight: 0, delayed: 0 });
    expect(messages.nextDue()).toBe(Infinity);
  });
});
