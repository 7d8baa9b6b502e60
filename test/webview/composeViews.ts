import type { ComposeView, Draft } from '../../src/protocol/compose.ts';

export const draft: Draft = {
  body: '{"order": 7, "items": ["A1", "B2"]}',
  base64: false,
  subject: '',
  perProtocol: false,
  bodies: {},
  attributes: [
    { name: 'color', type: 'String', value: 'blue' },
    { name: 'AWS.size', type: 'Number.int', value: 'twelve' },
  ],
  delay: '',
  groupId: '',
  deduplicationId: '',
  partitionKey: '',
  hashKey: '',
  count: '3',
};

const base = { phase: 'ready', prefill: draft, problems: [], bytes: 64, results: [] } as const;
const where = { where: 'Sandbox, us-east-1', real: false } as const;

export const queue: ComposeView = {
  ...base,
  id: 'queue',
  to: { kind: 'queue', name: 'Orders', fifo: false, contentDeduplication: false, limit: 1_048_576, ...where },
  outcome: { ok: false, what: 'Sent 2 of 3 messages; 1 refused.', at: '2026-11-22T10:00:00Z' },
  results: [
    { ok: true, id: '6f0c3a52-3f0a-4e9a-9d3f-0a3a52e9a9d3' },
    { ok: true, id: '0a3a52e9-a9d3-4e9a-9d3f-6f0c3a523f0a', more: 'sequence number 18885290098457583616' },
    { ok: false, id: '3', why: 'The queue is over its limit.' },
  ],
};

export const resend: ComposeView = {
  ...base,
  id: 'resend',
  to: {
    kind: 'queue',
    name: 'Orders-of-a-shop-with-a-very-long-name-that-does-not-fit.fifo',
    fifo: true,
    contentDeduplication: false,
    limit: 262_144,
    where: 'AWS (profile work), account 123456789012, eu-west-1',
    real: true,
  },
  replaces: 'Orders-dlq.fifo',
  sending: { done: 10, total: 300 },
};

export const topic: ComposeView = {
  ...base,
  id: 'topic',
  prefill: { ...draft, subject: 'Big news', perProtocol: true, bodies: { email: 'For people', sqs: '' } },
  to: { kind: 'topic', name: 'News', fifo: false, contentDeduplication: false, limit: 262_144, ...where },
};

export const stream: ComposeView = {
  ...base,
  id: 'stream',
  prefill: { ...draft, partitionKey: 'user-1' },
  to: { kind: 'stream', name: 'clicks', fifo: false, contentDeduplication: false, limit: 1_048_576, ...where },
};

export const failed: ComposeView = {
  ...base,
  id: 'failed',
  phase: 'failed',
  notice: {
    severity: 'error',
    what: 'The queue Orders is not there.',
    advice: 'Somebody deleted it, or it is in another region. The text stays.',
    offers: [{ id: 'switchTarget', label: 'Switch target' }],
  },
};
