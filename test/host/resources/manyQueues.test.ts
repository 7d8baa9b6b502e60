// 10,000 queues, 40 ms away: what is asked, when, and how much at once. Counted where it arrives.
import { createServer, type Server } from 'node:http';
import { request as send } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Target } from '../../../src/aws/target.ts';
import { clock } from '../../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { openModel, type OpenModel } from './openModel.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const many = 10_000;
let sandbox: TestSandbox;
let counter: Counter;
let target: Target;
let open: OpenModel;

interface Counter {
  readonly endpoint: string;
  readonly server: Server;
  /** Operations in the order in which they came. */
  readonly calls: string[];
  most: number;
}

/** Stands before the sandbox and counts requests in flight: those it has, and has not answered yet. */
async function startCounter(to: string): Promise<Counter> {
  let inFlight = 0;
  const server = createServer((incoming, answer) => {
    counted.calls.push(String(incoming.headers['x-amz-target'] ?? incoming.url));
    inFlight += 1;
    counted.most = Math.max(counted.most, inFlight);
    answer.once('close', () => void (inFlight -= 1));
    const { method, headers, url } = incoming;
    const { hostname, port } = new URL(to);
    const onward = send({ hostname, port, method, headers, path: url }, (back) => {
      answer.writeHead(back.statusCode ?? 500, back.headers);
      back.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const counted: Counter = { endpoint: `http://127.0.0.1:${port}`, server, calls: [], most: 0 };
  return counted;
}

const asked = (operation: string): number => counter.calls.filter((call) => call.endsWith(`.${operation}`)).length;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const { endpoint, credentials, region } = sandbox;
  const direct = await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock);
  for (let start = 0; start < many; start += 50) {
    const names = Array.from({ length: 50 }, (_, place) => `Queue${String(start + place).padStart(5, '0')}`);
    await Promise.all(names.map((QueueName) => direct.send('sqs.CreateQueue', { QueueName })));
  }
  direct.dispose();
  counter = await startCounter(endpoint);
  await sandbox.admin('faults', { rules: [{ operation: '*', kind: 'latency', ms: 40 }] });
  target = await openTarget({ kind: 'sandbox', endpoint: counter.endpoint, credentials, region }, clock);
  open = await openModel(sandbox, { target });
  counter.calls.length = 0;
  counter.most = 0;
});
afterAll(async () => {
  target.dispose();
  counter.server.close();
  await sandbox.stop();
});

test('nothing is asked before a group is unfolded', () => {
  expect(open.texts(open.group('queue'))).toEqual(['Reading queues']);
  expect(open.model.roots().map((node) => open.model.row(node).label)).toHaveLength(5);
});

test('the first thousand rows are there after one request', async () => {
  const queues = open.group('queue');
  await vi.waitFor(() => expect(open.model.children(queues).length).toBeGreaterThan(1000), { interval: 2 });
  expect(asked('ListQueues')).toBeLessThanOrEqual(2);
  expect(open.texts(queues).at(-1)).toMatch(/^Reading queues: [1-9],000 so far$/);
});

test('the others follow one request after the other, and no detail of any is asked', async () => {
  const rows = await open.unfold(open.group('queue'));
  expect(rows).toHaveLength(many);
  expect(counter.calls.every((call) => call.endsWith('.ListQueues'))).toBe(true);
  expect(asked('ListQueues')).toBe(10);
  expect(counter.most).toBe(1);
  expect(open.drawn.filter((node) => node === open.group('queue')).length).toBeLessThanOrEqual(6);
});

test('what is seen is asked for, eight at a time, and nothing else', async () => {
  counter.calls.length = 0;
  counter.most = 0;
  const rows = open.model.children(open.group('queue'));
  await open.look(...rows.slice(0, 40));
  expect(asked('GetQueueAttributes')).toBe(40);
  expect(asked('ListDeadLetterSourceQueues')).toBe(40);
  expect(counter.calls).toHaveLength(80);
  expect(counter.most).toBeLessThanOrEqual(8);
  expect(rows.slice(0, 40).every((row) => open.model.row(row).description === 'empty')).toBe(true);
  expect(rows.slice(40).every((row) => open.model.row(row).description === '')).toBe(true);
});

test('seen again later, one call a row; seen again at once, none', async () => {
  counter.calls.length = 0;
  const rows = open.model.children(open.group('queue')).slice(0, 20);
  await open.look(...rows);
  expect(counter.calls).toHaveLength(20);
  for (const { id } of rows) open.model.seen(id);
  expect(open.model.details.loader.idle).toBe(true);
});

test('scrolled past: what is out of sight again is let go, what is in sight comes first', async () => {
  counter.calls.length = 0;
  counter.most = 0;
  const rows = open.model.children(open.group('queue'));
  const { loader } = open.model.details;
  for (const { id } of rows.slice(1000, 9000)) open.model.seen(id);
  const inSight = rows.slice(8960, 9000);
  loader.newRound();
  for (const { id } of inSight) open.model.seen(id);
  loader.dropOutdated();
  await vi.waitFor(() => expect(loader.idle).toBe(true), 20_000);
  expect(inSight.every((row) => open.model.row(row).description === 'empty')).toBe(true);
  // Eight had begun with the first rows that went by.
  expect(asked('GetQueueAttributes')).toBeLessThanOrEqual(40 + 8);
  expect(counter.most).toBeLessThanOrEqual(10);
  const late = rows.slice(1008, 8960).filter((row) => open.model.row(row).description !== '');
  expect(late).toEqual([]);
});

test('out of sight, nothing is asked', () => {
  counter.calls.length = 0;
  open.model.setVisible(false);
  for (const { id } of open.model.children(open.group('queue')).slice(5000, 5040)) open.model.seen(id);
  expect(open.model.details.loader.idle).toBe(true);
  expect(counter.calls).toEqual([]);
  open.model.setVisible(true);
});
