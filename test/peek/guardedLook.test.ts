// A look where SQS counts every receive. For every limit, every history of the messages and every way a look can go and end:
// no message reaches the dead-letter queue because of it without somebody having been told, and having agreed.
import { DeleteQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { GuardedLook, NotAgreed, type LookOutcome } from '../../src/peek/guardedLook.ts';
import { MessageList } from '../../src/peek/messageList.ts';
import type { Consent } from '../../src/peek/price.ts';
import { openLookBench, type LookBench, type TestQueue } from './lookBench.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bench: LookBench;
beforeAll(async () => void (bench = await openLookBench()));
afterAll(() => bench.stop());

async function open(queue: TestQueue): Promise<{ look: GuardedLook; list: MessageList }> {
  const list = new MessageList();
  const { target, clock } = bench;
  return { look: new GuardedLook({ target, facts: await bench.facts(queue), list, clock, wait: 0 }), list };
}

const agreeing = (look: GuardedLook, to: Consent['to'] = 'price'): Consent => ({ price: look.price, to });

/** The four ways. Each gives what the look came to; afterwards nothing is held any more. */
const ways: Readonly<Record<string, (look: GuardedLook, to: Consent['to']) => Promise<LookOutcome>>> = {
  async look(look, to) {
    const outcome = await look.look(agreeing(look, to), { most: 100 });
    await bench.advance(31_000);
    return outcome;
  },
  async page(look, to) {
    const first = await look.look(agreeing(look, to), { most: 4 });
    if (first.end === 'near') return first;
    await bench.advance(20_000);
    const second = await look.look(agreeing(look, to), { most: 100 });
    await bench.advance(31_000);
    return second;
  },
  async close(look, to) {
    const outcome = await look.look(agreeing(look, to), { most: 100 });
    await look.giveBack();
    return outcome;
  },
  async crash(look, to) {
    const gone = new AbortController();
    const outcome = await look.look(agreeing(look, to), { most: 100, signal: gone.signal });
    // The process ends here: nobody gives anything back.
    await bench.advance(31_000);
    return outcome;
  },
};

const limits = [1, 2, 3, 4, 5];
const count = 12;
const cases = limits.flatMap((most) =>
  [false, true].flatMap((fifo) =>
    Object.keys(ways).flatMap((way) => Array.from({ length: most + 1 }, (_, before) => ({ most, before, way, fifo }))),
  ),
);

describe('by default', () => {
  test.each(cases)('limit $most, received $before times, $way, FIFO $fifo', async ({ most, before, way, fifo }) => {
    const { source, dead } = await bench.pair(most, fifo);
    await bench.send(source, count);
    for (let time = 0; time < before; time++) await bench.failOnce(source);
    const { look } = await open(source);
    const { level, says } = look.price;

    if (most <= 2) {
      expect(level).toBe('refused');
      await expect(ways[way]?.(look, 'price')).rejects.toBeInstanceOf(NotAgreed);
      expect((await bench.stored(source)).every(({ receives }) => receives === before)).toBe(true);
      expect(await bench.stored(dead)).toEqual([]);
      return;
    }

    // What the look may do to messages with a history was said.
    expect(says.join(' ')).toContain(`received ${most} times already goes to ${dead.name} by the look itself`);
    expect(says.join(' ')).toContain(`one that was received ${most - 1} times at the next receive`);
    const outcome = await ways[way]?.(look, 'price');
    const touched = (await bench.stored(source)).filter(({ receives }) => receives > before);
    expect((await bench.stored(source)).filter(({ state }) => state !== 'visible')).toEqual([]);
    if (before === most) return expect(outcome).toMatchObject({ end: 'empty', received: 0 });
    expect(await bench.stored(dead)).toEqual([]);
    if (before + 1 < most - 1) expect(touched).toHaveLength(count);
    else {
      // One message too many: the look stopped there, and gave it back.
      expect(outcome).toMatchObject({ end: 'near', received: 1, near: { receives: before + 1 } });
      expect(touched).toHaveLength(1);
    }
    // A consumer gets them all once more, but for the one message of whose last receive the price spoke.
    const got = await bench.failOnce(source);
    expect(got).toBe(before + 1 === most ? count - 1 : count);
    expect(await bench.stored(dead)).toHaveLength(before + 1 === most ? 1 : 0);
  });
});

describe('with an agreement to the risk', () => {
  test.each(limits.flatMap((most) => Object.keys(ways).map((way) => ({ most, way }))))(
    'limit $most, $way: all are seen, and none is in the dead-letter queue before its next receive',
    async ({ most, way }) => {
      const { source, dead } = await bench.pair(most);
      await bench.send(source, count);
      const { look, list } = await open(source);
      await ways[way]?.(look, 'risk');
      expect(list.size).toBe(count);
      expect(await bench.stored(dead)).toEqual([]);
      expect(await bench.stored(source)).toHaveLength(count);
    },
  );
});

describe('consent', () => {
  test('is to what was said: when the limit was lowered meanwhile, it does not hold', async () => {
    const { source } = await bench.pair(5);
    await bench.send(source, 3);
    const { look } = await open(source);
    const consent = agreeing(look);
    const facts = await bench.facts(source);
    look.update({ ...facts, redrive: { ...(facts.redrive ?? { arn: '', name: '' }), maxReceiveCount: 2 } });
    await expect(look.look(consent, { most: 10 })).rejects.toBeInstanceOf(NotAgreed);
    expect((await bench.stored(source)).every(({ receives }) => receives === 0)).toBe(true);
  });

  test('of a second look knows what the first has used up', async () => {
    const { source } = await bench.pair(3);
    await bench.send(source, 3);
    const { look, list } = await open(source);
    await ways['close']?.(look, 'price');
    expect(look.price).toMatchObject({ level: 'refused', refusal: expect.stringContaining('received 1 time of 3') });
    // What was seen is still there: to look at it costs nothing.
    expect(list.size).toBe(3);
  });

  test('a queue without dead letters asks for nothing but that its receives are counted', async () => {
    const queue = await bench.create();
    await bench.send(queue, 25);
    const { look, list } = await open(queue);
    expect(look.price.level).toBe('free');
    expect(await look.look(agreeing(look), { most: 20 })).toMatchObject({ end: 'enough', received: 20 });
    expect(await look.look(agreeing(look), { most: 20 })).toMatchObject({ end: 'empty', received: 5 });
    expect(list.size).toBe(25);
    expect(await look.giveBack()).toEqual({ given: 25, lapsing: 0 });
  });

  test('a dead-letter queue with a redrive policy of its own is handled the same way', async () => {
    const { source, dead } = await bench.pair(3);
    const { source: first } = await bench.pair(1);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: source.arn, maxReceiveCount: 1 });
    await bench.target.send('sqs.SetQueueAttributes', { QueueUrl: first.url, Attributes: { RedrivePolicy } });
    await bench.send(first, 4);
    await bench.failOnce(first);
    await bench.failOnce(first);
    expect(await bench.stored(source)).toHaveLength(4);
    const { look } = await open(source);
    expect(look.price).toMatchObject({ level: 'priced' });
    // SQS tells receives in both queues together: on the safe side of the limit.
    expect(await look.look(agreeing(look), { most: 10 })).toMatchObject({ end: 'near', received: 1 });
    expect(await bench.stored(dead)).toEqual([]);
  });
});

describe('holds', () => {
  test('are prolonged while paging, and end by themselves', async () => {
    const queue = await bench.create();
    await bench.send(queue, 9);
    const { look, list } = await open(queue);
    for (const wanted of [3, 6, 9]) {
      await look.look(agreeing(look), { most: 3 });
      expect(list.size).toBe(wanted);
      await bench.advance(20_000);
    }
    expect((await bench.stored(queue)).every(({ receives }) => receives === 1)).toBe(true);
    expect(look.holds.count).toBeGreaterThan(0);
    await bench.advance(31_000);
    expect(look.holds.count).toBe(0);
    expect([...list.all()].every(({ state }) => state === 'visible')).toBe(true);
    expect((await bench.stored(queue)).every(({ state }) => state === 'visible')).toBe(true);
  });

  test('that have ended are not touched: a consumer has the message now', async () => {
    const queue = await bench.create();
    await bench.send(queue, 1);
    const { look } = await open(queue);
    await look.look(agreeing(look), { most: 1 });
    await bench.sandbox.advance('31s'); // our own clock is late
    await bench.sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, VisibilityTimeout: 600 }));
    bench.clock.advance(29_000);
    expect(await look.giveBack()).toEqual({ given: 0, lapsing: 1 });
    expect(await bench.stored(queue)).toMatchObject([{ state: 'inflight' }]);
    bench.clock.advance(2000);
  });

  test('are given back when the look is stopped, and when a call fails', async () => {
    const queue = await bench.create();
    await bench.send(queue, 40);
    const { look } = await open(queue);
    const stop = new AbortController();
    const stopped = look.look(agreeing(look), {
      most: 40,
      signal: stop.signal,
      page: ({ seen }) => seen >= 20 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect((await bench.stored(queue)).every(({ state }) => state === 'visible')).toBe(true);

    const rules = [
      { operation: 'sqs.ReceiveMessage', kind: 'error', status: 400, code: 'ExpiredToken', skip: 2, times: 9 },
    ];
    await bench.sandbox.admin('faults', { rules });
    await expect(look.look(agreeing(look), { most: 40 })).rejects.toMatchObject({ kind: 'credentials-expired' });
    await bench.sandbox.admin('faults', undefined, 'DELETE');
    expect((await bench.stored(queue)).every(({ state }) => state === 'visible')).toBe(true);
  });

  test('throttled calls are repeated; a queue deleted meanwhile is an error, once', async () => {
    const queue = await bench.create();
    await bench.send(queue, 15);
    const { look, list } = await open(queue);
    await bench.sandbox.admin('faults', { rules: [{ operation: 'sqs.*', kind: 'throttle', times: 2 }] });
    await look.look(agreeing(look), { most: 15 });
    expect(list.size).toBe(15);
    await bench.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
    await expect(look.look(agreeing(look), { most: 15 })).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
    expect(look.holds.count).toBe(0);
  });
});
