import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../src/host/parseMessage.ts';
import { labRequests } from '../../src/host/labRequests.ts';

const parse = (request: unknown, id: unknown = 1) => parseMessage(labRequests, { id, request });

describe('the border that every message from a webview crosses', () => {
  it('takes what has exactly the fields of its kind', () => {
    expect(parse({ kind: 'runStep', step: 'topic' })).toEqual({ id: 1, request: { kind: 'runStep', step: 'topic' } });
    expect(parse({ kind: 'runStep', step: 'größe-ändern' })?.request.kind).toBe('runStep');
    expect(parse({ kind: 'start', inputs: { email: 'a@b.c' } })?.request.kind).toBe('start');
    expect(parse({ kind: 'copy', item: 'topic/check/0', what: 'cli' })?.request.kind).toBe('copy');
  });

  const refused: readonly [string, unknown, unknown?][] = [
    ['an unknown kind', { kind: 'eval' }],
    ['a kind that only the prototype has', { kind: 'toString' }],
    ['a missing field', { kind: 'runStep' }],
    ['a field too many', { kind: 'runAll', step: 'topic' }],
    ['a field of another form', { kind: 'openLink', link: 'https://example.com' }],
    ['a fraction as an index', { kind: 'openLink', link: 1.5 }],
    ['a negative index', { kind: 'openProblem', problem: -1 }],
    ['an id with other characters', { kind: 'runStep', step: '<b>' }],
    ['an endless text', { kind: 'teardown', confirmation: 'x'.repeat(20_001) }],
    ['texts that are not texts', { kind: 'start', inputs: { email: 1 } }],
    ['a list', []],
    ['nothing', undefined],
    ['no number', { kind: 'runAll' }, 'one'],
  ];
  it.each(refused)('refuses %s', (_what, request, id = 1) => {
    expect(parse(request, id)).toBeUndefined();
  });
});
